package import Corpus
internal import Foundation

/// The file that a document was read from, if it is still there and still the document's.
package struct OriginalFile: Hashable, Sendable {
    /// Where it is.
    package let path: String
    /// Bytes.
    package let size: Int
    /// When it was changed, in seconds since 1970.
    package let modified: Double
    /// The name that a person knows it by.
    package let name: String

    /// Looks at a document's file.
    ///
    /// Links are followed, but not out of the folder that was indexed: somebody who can change that
    /// folder must not have other files served.
    ///
    /// - Throws: `ServiceError.notFound` where the file is gone, or is no longer a file of the folder.
    package init(_ document: Document) throws(ServiceError) {
        let given = URL(filePath: document.absolutePath)
        let root = URL(filePath: document.root).resolvingSymlinksInPath()
            .path(percentEncoded: false)
        let real = given.resolvingSymlinksInPath().path(percentEncoded: false)
        let folder = root.hasSuffix("/") ? root : root + "/"
        let attributes = try? FileManager.default.attributesOfItem(atPath: real)
        guard real == root || real.hasPrefix(folder), let attributes,
            attributes[.type] as? FileAttributeType == .typeRegular,
            FileManager.default.isReadableFile(atPath: real)
        else {
            throw .notFound("The file \(document.absolutePath) is not there any more.")
        }
        path = real
        size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        name = document.fileName
    }

    /// Tells this state of the file from others, for an `ETag`.
    package var tag: String { "\"\(size)-\(Int(modified * 1_000))\"" }

    /// The media type by the name's ending; browsers are told to save the file, whatever it is.
    package var mediaType: String {
        switch name.split(separator: ".").last?.lowercased() ?? "" {
        case "pdf": "application/pdf"
        case "txt", "md", "markdown", "rst", "org", "tex", "log", "csv", "tsv":
            "text/plain; charset=utf-8"
        case "json": "application/json"
        case "epub": "application/epub+zip"
        case "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case "odt": "application/vnd.oasis.opendocument.text"
        case "zip": "application/zip"
        default: "application/octet-stream"
        }
    }
}

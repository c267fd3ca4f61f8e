import Corpus
import Testing

@testable import Documents

/// The list of formats and what it says of their versions.
@Suite struct CatalogTests {
    @Test func everyDocumentHasAVersion() throws {
        for name in GoldenTests.names + GoldenTests.otherNames {
            let document = try DocumentReader().read(try fixture(name), path: name)
            let version = try #require(DocumentReader.version(of: document.format))
            #expect(version > DocumentReader.sharedVersion * 1000)
        }
        #expect(DocumentReader.version(of: "no such format") == nil)
    }

    /// A reader that is added or changed moves the version under which files are skipped.
    @Test func skippedFilesFollowEveryReader() {
        let own = DocumentFormat.all.map(\.version)
        #expect(own.allSatisfy { $0 > 0 })
        #expect(DocumentReader.skipVersion == DocumentReader.sharedVersion + own.reduce(0, +))
    }

    @Test func noTwoFormatsHaveTheSameSuffix() {
        let suffixes = DocumentFormat.all.flatMap(\.suffixes)
        #expect(Set(suffixes).count == suffixes.count)
        #expect(suffixes.allSatisfy { $0 == $0.lowercased() && !$0.contains(".") })
    }

    /// Stored codes: a name that changes makes old libraries' skips unreadable.
    @Test func codesOfErrorsStay() {
        let names = DocumentError.Code.allCases.map(\.rawValue)
        #expect(
            names == [
                "binary", "no-reader", "malformed", "too-large", "missing-program", "encrypted",
                "only-pictures", "too-slow", "crashed", "too-much-memory", "not-understood",
                "only-links", "empty", "unreadable",
            ]
        )
        #expect(DocumentError.missingProgram("a", package: "b").code.retry == .nextRun)
        #expect(DocumentError.onlyPictures(pages: 2).code.retry == .pictures)
        #expect(DocumentError.crashed(signal: 11).code.retry == .newReader)
    }

    /// The content decides over the name where a format has marks of its own.
    @Test(arguments: [
        ("note.txt", "From: a@b\nDate: 1 Feb 2026\nSubject: x\n\nHello.\n", "email"),
        ("42", "Received: by x\nFrom: a@b\nSubject: x\n\nHello.\n", "email"),
        ("1770.M1.host,S=700:2,S", "Return-Path: <a>\nFrom: a\nDate: x\nTo: b\n\nHi.\n", "email"),
        ("page", "<!DOCTYPE html><p>Hello.", "html"),
        ("letter.doc", "{\\rtf1 Hello.}", "rtf"),
        ("from.txt", "From: here you see the sea.\n\nHello.\n", "text"),
        ("mail.py", "From: a@b\nDate: x\nSubject: x\n\nprint()\n", "code"),
        ("mail.md", "From: a@b\nDate: x\nSubject: x\n\nHello.\n", "markdown"),
    ])
    func filesAreToldByTheirContent(name: String, text: String, format: String) throws {
        #expect(try DocumentReader().read(Array(text.utf8), path: name).format == format)
    }
}

internal import Corpus
internal import Documents
internal import Foundation

/// The date that a document gives itself.
///
/// Its day is the one that is written there, whatever the offset: a note of the last evening of a year
/// belongs to that year.
struct DocumentDay {
    /// ISO 8601, a day or an instant; nil for none.
    private(set) var text: String?
    /// What people should know about it.
    private(set) var remarks: [String] = []

    /// The fields that metadata names a date in, as readers take them.
    private static let fields = [
        "date", "fecha", "updated", "modified", "lastmod", "article:modified_time",
        "article:published_time", "published", "created", "dcterms.date", "dc.date", "pubdate",
        "publishdate", "publish_date", "date_published", "datepublished", "publicado",
        "publicación",
        "created_at", "createdat", "date_created", "datecreated", "date created", "creado",
        "creation_date", "updated_at", "updatedat", "date_modified", "datemodified",
        "date modified",
        "last_modified", "actualizado", "datum", "data",
    ]

    /// The date of a document that has been read.
    init(_ document: ParsedDocument) {
        text = document.date.map { $0.formatted(.iso8601) }
        let written = Self.fields.lazy.compactMap { document.metadata[$0]?.text }
            .first { $0.contains { !$0.isWhitespace } }
        guard let written else { return }
        do {
            let range = try DayRange(written: written)
            // An instant keeps its time if its day is the same.
            if text?.hasPrefix(range.first) != true { text = range.first }
        } catch {
            guard text == nil else { return }
            remarks.append("its date “\(written.prefix(40))” is not understood")
        }
    }
}

internal import Corpus

/// A field that a query can name.
enum QueryField {
    case keywords(KeywordField)
    case path
    case since
    case until
    case metadata(String, FieldCondition.Comparison)

    /// Names that people are told of.
    static let names: Set<String> = [
        "title", "heading", "text", "path", "since", "until", "author", "tag", "category",
        "language",
        "format", "file", "date",
    ]

    /// The field of a folded name, Spanish or English.
    init?(named name: String) {
        switch name {
        case "title", "titulo", "intitle", "titel", "titre": self = .keywords(.title)
        case "heading", "headings", "section", "seccion": self = .keywords(.headings)
        case "text", "body", "texto": self = .keywords(.text)
        case "path", "folder", "ruta", "carpeta": self = .path
        case "since", "after", "desde": self = .since
        case "until", "before", "hasta": self = .until
        case "author", "autor", "autora": self = .metadata("author", .has)
        case "tag", "tags", "etiqueta", "etiquetas": self = .metadata("tags", .equal)
        case "category", "categoria": self = .metadata("category", .has)
        case "lang", "language", "idioma": self = .metadata("language", .equal)
        case "format", "filetype", "formato", "ext", "extension", "type", "tipo":
            self = .metadata("format", .equal)
        case "file", "filename", "archivo", "fichero": self = .metadata("name", .has)
        case "date", "fecha": self = .metadata("date", .equal)
        default: return nil
        }
    }
}

struct SourceCodeReader: FormatReader {
    let format = "code"; let language: String
    static func language(ofFile name: String, suffix: String) -> String? { nil }
    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft { DocumentDraft() }
}

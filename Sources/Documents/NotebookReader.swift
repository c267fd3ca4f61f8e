struct NotebookReader: FormatReader {
    let format = "notebook"
    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft { DocumentDraft() }
}

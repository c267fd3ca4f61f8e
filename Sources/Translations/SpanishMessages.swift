/// What the program says, in Spanish: templates by the English keys (`Phrasebook` says how they are read).
///
/// Plain Spanish that does not depend on the country. A test compares the keys with the sources.
package enum SpanishMessages {
    /// The program's own messages.
    package static let templates: [String: String] = [
        index, search, answers, library, models, usage, helpSearch, helpChecks, helpOptions,
        helpLibrary, helpServers, helpMeasurements,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// The sentences of the modules below, which are recognized by their words.
    package static let told: [String: String] = [
        errors, providerErrors, documents, notes, whyNot, reasons,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

package import ArgumentParser
internal import Foundation
package import Corpus
internal import Localization
package import Retrieval
package import Vecino

/// Which library a command works on, and with which embedding model.
package struct LibraryOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "The library: a file, or postgresql://HOST/DATABASE?schema=NAME. Default: the nearest "
                + ".vecino/library.db, upwards from here.",
            valueName: "file"
        ),
        completion: .file(extensions: ["db"])
    )
    package var db: String?

    package init() {}

    /// The library's file for a command that needs one to exist.
    package func existingPath() throws -> String { try path(making: false) }

    /// `--db`, else the library found from here upwards, else, for a command that may make one, a new one
    /// here: where the commands that search will look.
    package func path(making isMade: Bool) throws -> String {
        if let path = namedPath {
            // Opened for a change, a library would be made where the name has a slip.
            guard isMade || !LibraryLocation.isMissingFile(path) else {
                throw StoreError.missing(path: path)
            }
            return path
        }
        let here = FileManager.default.currentDirectoryPath
        if let found = LibraryLocation.find(from: here) {
            // Anybody can put a library into a folder that all may write to, such as /tmp.
            guard LibraryLocation.isOwn(found) else {
                throw StoreError.notPermitted(
                    path: found,
                    detail: "it was found on the way up from here, and belongs to another user; "
                        + "name it with --db if you trust it"
                )
            }
            return found
        }
        let standard = LibraryLocation.standard(in: here)
        guard isMade else { throw StoreError.missing(path: standard) }
        return standard
    }

    /// `--db`, or `VECINO_DB`, if either was given.
    package var namedPath: String? {
        if let db { return db }
        let named = ProcessInfo.processInfo.environment["VECINO_DB"]
        return named?.isEmpty == false ? named : nil
    }
}

/// A search mode as an argument.
package enum ModeArgument: String, CaseIterable, ExpressibleByArgument {
    case hybrid, keyword, vector

    package var searchMode: SearchMode { SearchMode(rawValue: rawValue) ?? .hybrid }
}

/// What looks at the first passages again.
package struct RerankOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "Look at the first 20 passages again: late (the library's own model, token by token), or a "
                + "cross-encoder's name or folder; none overrules `vecino tune`.",
            valueName: "how"
        ),
        completion: .custom { _, _, start in
            (["late", "none"] + ModelCatalog().names(for: .reranking))
                .filter { $0.hasPrefix(start) }
        }
    )
    var rerank: String?

    package init() {}

    /// What was asked for; nil for what the library was tuned to.
    package var reranking: Reranking? { rerank.flatMap(Reranking.init) }
}

/// Which model embeds, for commands that may need one.
package struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "The embedding model: an installed one's name or folder, or "
                + "\(Provider.forms(embedding: true)). Default: the library's own.",
            valueName: "model"
        ),
        completion: .custom { _, _, start in
            let installed = ModelCatalog().names(for: .embedding).filter { $0.hasPrefix(start) }
            return installed + (await ProviderOptions.completions(of: start, embedding: true))
        }
    )
    package var model: String?

    @Option(
        name: .customLong("embed-url"),
        help: .localized(
            "The server of a provider's model, if not the usual one.",
            valueName: "url"
        )
    )
    package var embedURL: String?

    package init() {}

    /// Opens a library with the model that was named, if one was.
    ///
    /// `program` is what reads documents, for a command that does.
    package func open(
        _ path: String,
        for purpose: Library.Purpose,
        reading program: ReadingProgram? = nil
    ) throws -> Library {
        try Library.open(
            at: path,
            for: purpose,
            model: model,
            baseURL: embedURL,
            reading: program
        )
    }
}

/// Which documents a command looks at.
package struct FilterOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "Only documents whose path matches: a glob, or a path as results show it; may be "
                + "repeated.",
            valueName: "glob"
        )
    )
    package var path: [String] = []

    @Option(
        name: .customLong("where"),
        help: .localized(
            "Only documents whose front matter fulfills this, such as author=Ana, year>=2024, "
                + "tags=solar, language=es; may be repeated, all must hold.",
            valueName: "expr"
        ),
        completion: LibraryCompletions.fields
    )
    package var conditions: [String] = []

    @Option(
        name: .long,
        help: .localized(
            "Only documents of this day or later: 2024-06-01, 2024-6, \"June 2024\", \"last week\".",
            valueName: "date"
        )
    )
    package var since: String?

    @Option(
        name: .long,
        help: .localized("Only documents of this day or before.", valueName: "date")
    )
    package var until: String?

    package init() {}

    package func filter() throws -> DocumentFilter {
        DocumentFilter(
            paths: path,
            conditions: try conditions.filter { $0.contains { !$0.isWhitespace } }
                .map { try FieldCondition($0) },
            since: since,
            until: until,
            folder: FileManager.default.currentDirectoryPath
        )
    }
}

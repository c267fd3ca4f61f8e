package import ArgumentParser
internal import Foundation
internal import TerminalIO
internal import Vecino

/// What a shell offers of the library that a command line would use.
package enum LibraryCompletions {
    /// A shell shows no more at once.
    private static let mostOffered = 200

    /// The paths of documents, as the results show them.
    package static let documents = CompletionKind.custom { words, _, start in
        guard let library = library(for: words) else { return [] }
        let entries = (try? await library.documents()) ?? []
        return offered(entries.map { Terminal.shortPath($0.path) }, start)
    }

    /// Documents, and the folders that the library reads.
    package static let documentsAndFolders = CompletionKind.custom { words, _, start in
        guard let library = library(for: words) else { return [] }
        let roots = (try? await library.roots()) ?? []
        let entries = (try? await library.documents()) ?? []
        return offered((roots + entries.map(\.path)).map(Terminal.shortPath), start)
    }

    /// Fields of documents, with the sign behind them.
    static let fields = CompletionKind.custom { _, _, start in
        offered(["author=", "date>=", "format=", "language=", "name=", "tags=", "title="], start)
    }

    private static func offered(_ names: [String], _ start: String) -> [String] {
        // A name with a line's end would be several.
        let fitting = names.filter { $0.hasPrefix(start) && !$0.contains(where: \.isNewline) }
        return Array(fitting.prefix(mostOffered))
    }

    /// The library of `--db` among the words, else the one that is found from here; nil without a word
    /// where there is none, it cannot be opened, or it is another user's.
    private static func library(for words: [String]) -> Library? {
        let named = words.firstIndex(of: "--db").flatMap { words.dropFirst($0 + 1).first }
        let options = try? LibraryOptions.parse(named.map { ["--db", $0] } ?? [])
        guard let path = try? options?.existingPath() else { return nil }
        return try? Library.open(at: path, for: .searching)
    }
}

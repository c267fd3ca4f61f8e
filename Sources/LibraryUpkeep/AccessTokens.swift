internal import Corpus
package import Foundation
internal import Indexing
package import LibraryCore

/// A token with which somebody elsewhere may use a library that is served.
///
/// The library keeps a hash of it; the token itself is shown once.
package struct AccessToken: Codable, Hashable, Sendable {
    /// What its owner may do; each right has those before it.
    package enum Right: String, CaseIterable, Codable, Sendable {
        /// Searching and reading.
        case read
        /// Asking, which may cost a language model's tokens.
        case ask
        /// Changing what the library keeps of answers.
        case write
    }

    /// Its number.
    package var id: Int
    /// Whose it is, or what for.
    package var name: String
    /// What its owner may do.
    package var right: Right
    /// The hash of the token, in hexadecimal.
    package var hash: String
    /// When it was made.
    package var created: Date
    /// When it ends to be good; nil for never.
    package var expires: Date?

    /// Whether it is still good.
    package func isGood(at now: Date) -> Bool { expires.map { now < $0 } ?? true }

    /// Whether `secret` is this token; takes the same time for every secret of one length.
    func matches(_ secret: String) -> Bool {
        let mine = Array(hash.utf8), theirs = Array(Self.hash(of: secret).utf8)
        guard mine.count == theirs.count else { return false }
        return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func hash(of secret: String) -> String {
        TextHash.of(secret).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Library {
    /// Under what the tokens are kept.
    private static let tokensKey = "access-tokens"

    /// The tokens that were made and not revoked, oldest first; those that have expired too.
    package func accessTokens() async throws -> [AccessToken] {
        guard let text = try await store.read({ try await $0.preference(Self.tokensKey) }) else {
            return []
        }
        return try JSONDecoder().decode([AccessToken].self, from: Data(text.utf8))
    }

    /// Makes a token.
    ///
    /// - Parameters:
    ///   - name: whose it is, or what for.
    ///   - right: what its owner may do.
    ///   - expires: when it ends to be good; nil for never.
    /// - Returns: the secret, which is kept nowhere, and what the library keeps of it.
    /// - Throws: `StoreError`.
    package func makeAccessToken(
        name: String,
        right: AccessToken.Right,
        expires: Date?
    ) async throws -> (secret: String, token: AccessToken) {
        var random = SystemRandomNumberGenerator()
        let digits = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let secret = "vecino_" + digits.joined()
        var tokens = try await accessTokens()
        let token = AccessToken(
            id: (tokens.map(\.id).max() ?? 0) + 1,
            name: name,
            right: right,
            hash: AccessToken.hash(of: secret),
            created: Date(),
            expires: expires
        )
        tokens.append(token)
        try await keep(tokens)
        return (secret, token)
    }

    /// Makes a token worthless.
    ///
    /// - Returns: whether there was one with this number.
    /// - Throws: `StoreError`.
    package func revokeAccessToken(_ id: Int) async throws -> Bool {
        let tokens = try await accessTokens()
        let rest = tokens.filter { $0.id != id }
        if rest.count < tokens.count { try await keep(rest) }
        return rest.count < tokens.count
    }

    /// The token that `secret` is, if it is good now.
    package func accessToken(
        matching secret: String,
        at now: Date = Date()
    ) async throws -> AccessToken? {
        // All are compared, so that the time does not tell which one it was.
        try await accessTokens().filter { $0.matches(secret) }.first { $0.isGood(at: now) }
    }

    private func keep(_ tokens: [AccessToken]) async throws {
        let text = String(decoding: try JSONEncoder().encode(tokens), as: UTF8.self)
        try await store.commit(.setPreference(Self.tokensKey, to: text))
    }
}

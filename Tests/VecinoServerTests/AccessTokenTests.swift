import Foundation
import Testing
import Vecino

@testable import Operations
@testable import VecinoServer

/// Tokens for a library that is served to other machines.
@Suite struct AccessTokenTests {
    @Test func aTokenIsGoodUntilItExpiresOrIsRevoked() async throws {
        let library = try await SampleLibrary.served().library
        let now = Date()
        let first = try await library.makeAccessToken(name: "Ana", right: .ask, expires: nil)
        let second = try await library.makeAccessToken(
            name: "Leo",
            right: .read,
            expires: now.addingTimeInterval(60)
        )
        #expect(first.secret != second.secret && first.token.id != second.token.id)
        #expect(try await library.accessToken(matching: first.secret)?.right == .ask)
        #expect(try await library.accessToken(matching: second.secret, at: now) != nil)
        let later = now.addingTimeInterval(61)
        #expect(try await library.accessToken(matching: second.secret, at: later) == nil)
        #expect(try await library.accessToken(matching: first.secret, at: later) != nil)
        #expect(try await library.revokeAccessToken(first.token.id))
        #expect(try await library.revokeAccessToken(first.token.id) == false)
        #expect(try await library.accessToken(matching: first.secret) == nil)
        #expect(try await library.accessTokens().map(\.name) == ["Leo"])
    }

    @Test func whatIsKeptIsNotTheToken() async throws {
        let library = try await SampleLibrary.served().library
        let made = try await library.makeAccessToken(name: "", right: .write, expires: nil)
        let kept = String(decoding: try JSONEncoder().encode(made.token), as: UTF8.self)
        #expect(!kept.contains(made.secret) && !made.secret.contains(made.token.hash))
        for wrong in ["", "x", made.token.hash, String(made.secret.dropLast()), made.secret + " "] {
            #expect(try await library.accessToken(matching: wrong) == nil)
        }
    }
}

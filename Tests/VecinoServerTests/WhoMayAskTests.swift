#if Server
import Foundation
import HTTPTypes
import Testing

@testable import VecinoServer

/// Whose requests are answered, beyond what `Host` and `Origin` say.
@Suite struct WhoMayAskTests {
    private static let browser =
        "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/15.6 Safari/605.1.15"

    private func isRefused(_ headers: [String: String], path: String = "/api/ask") -> Bool {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        return LocalRequestsOnly.isFromElsewhere(fields, path: path)
    }

    @Test(arguments: [
        ["User-Agent": "curl/8.5.0", "Accept": "*/*"], ["User-Agent": "Python-urllib/3.11"], [:],
        ["User-Agent": browser, "Sec-Fetch-Site": "same-origin"],
        ["User-Agent": browser, "Sec-Fetch-Site": "none", "Accept": "text/html"],
        ["User-Agent": browser, "X-Vecino": "page"],
        ["User-Agent": browser, "Origin": "http://localhost:8765"],
        ["Referer": "http://127.0.0.1:8765/"], ["Referer": "http://localhost/"],
    ])
    func theUserHimself(_ headers: [String: String]) { #expect(!isRefused(headers)) }

    @Test(arguments: [
        ["Referer": "https://evil.example/"], ["Referer": "http://evil.example/127.0.0.1"],
        ["Referer": "http://127.0.0.1.evil.example/"],
        ["Referer": "http://127.0.0.1@evil.example/"],
        ["Referer": "https://127.0.0.1/"], ["Referer": "about:blank"], ["Referer": ""],
        // A page that has no referrer sent, in a browser without Fetch metadata.
        ["User-Agent": browser], ["User-Agent": browser, "Accept": "*/*"],
        ["Accept": "image/avif,image/png,*/*;q=0.5"], ["Accept": "text/html,*/*"],
        ["Accept": "text/css,*/*;q=0.1"],
        ["User-Agent": browser, "Sec-Fetch-Site": "cross-site"],
        ["User-Agent": browser, "Sec-Fetch-Site": "same-site", "X-Vecino": "page"],
        ["X-Vecino": "page", "Origin": "https://evil.example"], ["Origin": "null"],
    ])
    func othersPages(_ headers: [String: String]) { #expect(isRefused(headers)) }

    /// Behind a proxy the page's own name is the one that was called, and no other.
    @Test func anotherName() throws {
        func isRefused(_ headers: HTTPFields) -> Bool {
            LocalRequestsOnly.isFromElsewhere(headers, path: "/api/ask", own: "vecino.example:8443")
        }
        let referer = try #require(HTTPField.Name("Referer"))
        #expect(!isRefused([.origin: "https://vecino.example:8443"]))
        #expect(!isRefused([referer: "https://VECINO.example:8443/search?q=a"]))
        for other in [
            "https://evil.example", "https://vecino.example",
            "https://vecino.example:8443.evil.example",
            "https://a@vecino.example:8443", "null", "ftp://vecino.example:8443",
        ] {
            #expect(isRefused([.origin: other]) && isRefused([referer: other]))
        }
    }

    /// The page itself may be linked to, from anywhere.
    @Test func thePageIsOpen() {
        #expect(
            !isRefused(["User-Agent": Self.browser, "Referer": "https://a.example/"], path: "/")
        )
        #expect(
            !isRefused(["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"], path: "/")
        )
    }

    private static let head =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"

    private func isOwn(uid: Int, inode: Int = 4711, prefix: String = "", port: String = "D431")
        -> Bool
    {
        let rest = "01 00000000:00000000 00:00000000 00000000"
        let table = """
            \(Self.head)
               0: \(prefix)0100007F:223D \(prefix)00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
               1: \(prefix)0100007F:223D \(prefix)0100007F:\(port) \(rest)  1000        0 4710 1
               2: \(prefix)0100007F:\(port) \(prefix)0100007F:223D \(rest) \(uid)        0 \(inode) 1
            """
        return SameUserOnly.isOwn("0100007F:D431", "0100007F:223D", table: table, user: 1000)
    }

    @Test func connectionsOfTheUserAndOfRoot() {
        #expect(isOwn(uid: 1000) && isOwn(uid: 0))
        #expect(isOwn(uid: 1000, prefix: "0000000000000000FFFF0000"))
    }

    /// The system's table comes in pieces; a connection of the last one is the user's too.
    @Test func theTableIsReadToItsEnd() throws {
        let text = String(
            decoding: try #require(SameUserOnly.whole("/proc/self/maps")),
            as: UTF8.self
        )
        #expect(text.utf8.count > 8_192 && text.hasSuffix("\n") && text.contains("[stack]"))
        #expect(SameUserOnly.whole("/proc/self/nothing") == nil)
    }

    @Test func connectionsOfOthers() {
        #expect(!isOwn(uid: 1001) && !isOwn(uid: 65_534))
        // Closed by whoever had it: root is not meant.
        #expect(!isOwn(uid: 0, inode: 0))
        // Not in the table at all.
        #expect(!isOwn(uid: 1000, port: "D432"))
        #expect(!SameUserOnly.isOwn("0100007F:D431", "0100007F:223D", table: "", user: 1000))
        #expect(
            !SameUserOnly.isOwn("0100007F:D431", "0100007F:223D", table: "a\nb c\n", user: 1000)
        )
    }
}
#endif

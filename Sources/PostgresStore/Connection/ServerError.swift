#if Postgres
internal import Corpus
internal import CPQ
internal import Foundation

/// What the server or the way to it reported.
struct ServerError: Error {
    /// SQLSTATE, five characters; an empty string where no server answered.
    let state: String
    /// In the server's words.
    let message: String
    /// Whether the connection is gone.
    let isLost: Bool

    /// The sentence that a person can act on.
    ///
    /// - Parameter address: where the library is.
    /// - Returns: the error to throw.
    func explained(for address: PostgresAddress) -> StoreError {
        func server(_ detail: String) -> StoreError {
            .server(address: address.text, detail: detail)
        }
        switch state {
        case "53100": return .diskFull(path: address.text)
        case "53200": return server("it has no memory left (\(message)); nothing was changed")
        case "53300":
            return server(
                "it has no connection left to give: close others, or raise max_connections"
            )
        case "25006":
            return server(
                "it is read-only, as a replica is: name the primary, for instance with "
                    + "target_session_attrs=read-write, or only search here"
            )
        case "42501":
            return .notPermitted(
                path: address.text,
                detail: "\(message); `vecino admin grants` prints what a role needs"
            )
        case "55P03", "40001", "40P01": return .busy(path: address.text)
        case "57014": return server("a statement took longer than its statement_timeout allows")
        case "57P01", "57P02", "57P03":
            return server("it is being shut down or started: try again; what was finished is kept")
        case "28P01", "28000":
            return server(
                "it refuses the user (\(message)): set PGPASSWORD, or write the password into "
                    + "~/.pgpass"
            )
        case "3D000": return server("\(message): make it with `createdb`, or name another one")
        case "XX001", "XX002": return .damaged(path: address.text, detail: message)
        case "": return server("\(message); what was finished is kept")
        default:
            if isLost { return server("the connection was lost (\(message)): try again") }
            return server("\(message) (SQLSTATE \(state))")
        }
    }

    /// Whether the same change may succeed if it is tried again at once.
    var isPassing: Bool { isLost || state == "40001" || state == "40P01" }
}

extension ServerError {
    /// The error that a connection or one of its results reports.
    init(connection: OpaquePointer?, result: OpaquePointer?) {
        let field = unsafe result.flatMap { unsafe PQresultErrorField($0, Int32(0x43)) }
        let primary = unsafe result.flatMap { unsafe PQresultErrorField($0, Int32(0x4D)) }
        isLost = unsafe PQstatus(connection) == CONNECTION_BAD
        let text =
            unsafe primary.map { unsafe String(cString: $0) }
            ?? (unsafe PQerrorMessage(connection).map { unsafe String(cString: $0) } ?? "")
        message = Self.oneLine(text)
        state = unsafe field.map { unsafe String(cString: $0) } ?? Self.state(of: message)
    }

    /// The kind of a refusal to connect, by its message: libpq has no SQLSTATE of those.
    ///
    /// A server that speaks another language is quoted as it is.
    private static func state(of message: String) -> String {
        let kinds = [
            ("password", "28P01"), ("authentication failed", "28P01"), ("pg_hba.conf", "28000"),
            ("starting up", "57P03"), ("shutting down", "57P03"), ("too many clients", "53300"),
            ("connection slots", "53300"),
        ]
        if let kind = kinds.first(where: { message.contains($0.0) }) { return kind.1 }
        let isMissing = message.contains("database \"") && message.contains("does not exist")
        return isMissing ? "3D000" : ""
    }

    /// A message on one line, without a point at its end and without what may be a password in it.
    private static func oneLine(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let joined = ConnectionString.hidden(lines.joined(separator: "; "))
        return joined.hasSuffix(".") ? String(joined.dropLast()) : joined
    }
}
#endif

#if Postgres
internal import Corpus
internal import CPQ

/// A connection to a server, as libpq has it: every call blocks, and one thread uses it at a time.
///
/// `Connection` is what tasks use.
@safe final class Session {
    private let connection: OpaquePointer

    /// Connects.
    ///
    /// - Parameters:
    ///   - address: where to.
    ///   - seconds: how long a server may take to answer, unless the address says otherwise.
    /// - Throws: `ServerError`.
    init(to address: PostgresAddress, seconds: Int = 10) throws(ServerError) {
        // What comes before `dbname` is overruled by the connection string in it, what comes after is not.
        let options = [
            ("connect_timeout", String(seconds)), ("tcp_user_timeout", "30000"),
            ("fallback_application_name", "vecino"), ("dbname", address.connection),
            ("client_encoding", "UTF8"),
        ]
        let opened = unsafe Self.connect(options)
        guard let opened = unsafe opened, unsafe PQstatus(opened) == CONNECTION_OK else {
            let error = unsafe ServerError(connection: opened, result: nil)
            unsafe PQfinish(opened)
            throw error
        }
        unsafe connection = unsafe opened
        // A notice is nothing to print into somebody's terminal.
        _ = unsafe PQsetNoticeProcessor(opened, { _, _ in }, nil)
    }

    deinit { unsafe PQfinish(connection) }

    private static func connect(_ options: [(String, String)]) -> OpaquePointer? {
        let keywords = options.map { Array($0.0.utf8CString) }
        let values = options.map { Array($0.1.utf8CString) }
        return unsafe withPointers(to: keywords) { keywords in
            unsafe withPointers(to: values) { values in
                unsafe PQconnectdbParams(keywords, values, 1)
            }
        }
    }

    /// Runs `body` on pointers to texts, with a null pointer behind the last.
    private static func withPointers<R>(
        to texts: [[CChar]],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R
    ) -> R {
        let flat = texts.flatMap(\.self)
        return unsafe flat.withUnsafeBufferPointer { buffer in
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = unsafe []
            for text in texts {
                unsafe pointers.append(unsafe buffer.baseAddress.map { unsafe $0 + offset })
                offset += text.count
            }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }

    /// Whether the server can still be reached, as far as is known.
    var isAlive: Bool { unsafe PQstatus(connection) == CONNECTION_OK }

    /// The server's version: 180006 for 18.6.
    var serverVersion: Int { Int(unsafe PQserverVersion(connection)) }

    /// What the server says of itself: a setting that it reports to its clients.
    func reported(_ name: String) -> String? {
        unsafe PQparameterStatus(connection, name).map { unsafe String(cString: $0) }
    }

    /// What stops a statement of this session from another thread.
    func makeCanceler() -> Canceler { unsafe Canceler(PQgetCancel(connection)) }

    // MARK: Statements

    /// Runs statements that need no parameters, in one round trip.
    ///
    /// - Returns: the first row of the last one, as text.
    /// - Throws: `ServerError` of the first that fails; those behind it are not run.
    @discardableResult
    func execute(_ sql: String) throws(ServerError) -> [String?] {
        let result = unsafe PQexec(connection, sql)
        defer { unsafe PQclear(result) }
        try unsafe check(result)
        guard unsafe PQntuples(result) > 0 else { return [] }
        let columns = unsafe PQnfields(result)
        return (0..<columns).map { column in
            guard unsafe PQgetisnull(result, 0, column) == 0 else { return nil }
            return unsafe String(cString: PQgetvalue(result, 0, column))
        }
    }

    /// Runs one statement.
    ///
    /// - Throws: `ServerError`.
    @discardableResult
    func query(_ sql: String, _ parameters: [QueryParameter] = []) throws(ServerError) -> Rows {
        let encoded = parameters.map(\.encoded)
        var flat: [UInt8] = []
        var places: [Int?] = []
        for value in encoded {
            places.append(value == nil ? nil : flat.count)
            // An empty value needs a place of its own as well.
            flat += (value ?? []) + [0]
        }
        let types = parameters.map { Oid($0.type) }
        let lengths = encoded.map { Int32($0?.count ?? 0) }
        let formats = parameters.map { Int32($0.isBinary ? 1 : 0) }
        let result = unsafe flat.withUnsafeBufferPointer { buffer in
            let start = unsafe UnsafeRawPointer(buffer.baseAddress)
            let values = unsafe places.map { place in
                unsafe place.flatMap { offset in
                    unsafe start.map {
                        unsafe ($0 + offset).assumingMemoryBound(to: CChar.self)
                    }
                }
            }
            return unsafe PQexecParams(
                connection,
                sql,
                Int32(parameters.count),
                types,
                values,
                lengths,
                formats,
                1
            )
        }
        let rows = unsafe Rows(result)
        try unsafe check(result)
        return rows
    }

    /// Runs `body` between BEGIN and COMMIT; where it throws, nothing has happened.
    ///
    /// - Parameters:
    ///   - opening: the statements that begin the transaction.
    ///   - willCommit: called when only the COMMIT is left to do.
    ///   - body: what is done.
    /// - Returns: what `body` returns.
    /// - Throws: `ServerError`, and what `body` throws.
    func transaction<R>(
        _ opening: String,
        willCommit: () -> Void = {},
        _ body: () throws -> R
    ) throws -> R {
        do {
            try execute(opening)
            let value = try body()
            willCommit()
            try commit()
            return value
        } catch {
            if isAlive { _ = try? execute("ROLLBACK") }
            throw error
        }
    }

    /// A COMMIT of a transaction that has failed is answered with ROLLBACK, and no error.
    private func commit() throws(ServerError) {
        let result = unsafe PQexec(connection, "COMMIT")
        defer { unsafe PQclear(result) }
        try unsafe check(result)
        let tag = unsafe PQcmdStatus(result).map { unsafe String(cString: $0) }
        guard tag == "COMMIT" else {
            throw ServerError(state: "25P02", message: "the transaction failed", isLost: false)
        }
    }

    // MARK: Bulk

    /// Sends rows to `COPY … FROM STDIN`.
    ///
    /// - Parameters:
    ///   - sql: the COPY statement, in text format.
    ///   - rows: columns of text, nil for null; written with PostgreSQL's escapes here.
    /// - Throws: `ServerError`; then no row is there.
    func copy(_ sql: String, rows: some Sequence<[String?]>) throws(ServerError) {
        let result = unsafe PQexec(connection, sql)
        let status = unsafe PQresultStatus(result)
        let error = unsafe ServerError(connection: connection, result: result)
        unsafe PQclear(result)
        guard status == PGRES_COPY_IN else { throw error }
        var buffer: [UInt8] = []
        var isSent = true
        for row in rows where isSent {
            Self.append(row, to: &buffer)
            if buffer.count > 1 << 16 {
                isSent = send(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        isSent = isSent && send(buffer)
        let ended = unsafe PQputCopyEnd(connection, nil)
        guard isSent, ended == 1 else { throw unsafe drained(after: nil) }
        let outcome = unsafe PQgetResult(connection)
        defer { unsafe PQclear(outcome) }
        guard unsafe PQresultStatus(outcome) == PGRES_COMMAND_OK else {
            throw unsafe drained(after: outcome)
        }
        while let rest = unsafe PQgetResult(connection) { unsafe PQclear(rest) }
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        return unsafe bytes.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe PQputCopyData(connection, start, Int32(bytes.count)) == 1
        }
    }

    /// The error of a copy, with what else the server has to say read.
    private func drained(after result: OpaquePointer?) -> ServerError {
        var error = unsafe ServerError(connection: connection, result: result)
        while let rest = unsafe PQgetResult(connection) {
            if error.state.isEmpty {
                error = unsafe ServerError(connection: connection, result: rest)
            }
            unsafe PQclear(rest)
        }
        return error
    }

    /// A line of COPY's text format.
    private static func append(_ row: [String?], to buffer: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            guard let value else {
                buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
                continue
            }
            for byte in value.utf8 {
                switch byte {
                case 0: buffer.append(UInt8(ascii: " "))
                case UInt8(ascii: "\\"): buffer += [byte, byte]
                case UInt8(ascii: "\n"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
                case UInt8(ascii: "\r"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
                case UInt8(ascii: "\t"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
                default: buffer.append(byte)
                }
            }
        }
        buffer.append(UInt8(ascii: "\n"))
    }

    private func check(_ result: OpaquePointer?) throws(ServerError) {
        switch unsafe PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw unsafe ServerError(connection: connection, result: result)
        }
    }
}

/// Stops the statement that a session is running.
///
/// `@unchecked Sendable`: libpq lets any thread use a `PGcancel`, which never changes.
@safe final class Canceler: @unchecked Sendable {
    private let handle: OpaquePointer?

    fileprivate init(_ handle: OpaquePointer?) { unsafe self.handle = unsafe handle }

    deinit { unsafe PQfreeCancel(handle) }

    /// Asks the server to stop; blocks until it has been asked.
    func cancel() {
        var reason = [CChar](repeating: 0, count: 256)
        _ = unsafe PQcancel(handle, &reason, Int32(reason.count))
    }
}
#endif

internal import CLinux
internal import Synchronization

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Reads documents in processes of their own, which run the same program as this one.
///
/// A file that crashes its reader, or keeps it busy for too long, loses only itself: the process ends
/// and the next file gets another one. A process reads file after file, and as many work at the same
/// time as callers ask; all end with this value.
package final class ReaderProcesses: Sendable {
    private let command: [String]
    private let idle = Mutex<[ReaderProcess]>([])

    /// Processes that run `command`, a program and its arguments, which has to end up in
    /// `ReaderProcess.serve`.
    package init(command: [String]) {
        precondition(!command.isEmpty, "no program")
        self.command = command
    }

    deinit {
        for process in idle.withLock({ $0 }) { process.end() }
    }

    /// Reads a document as `DocumentReader.read` does.
    ///
    /// Where the system starts no more processes it is read in this one.
    ///
    /// - Throws: what the reader throws, `.crashed`, `.tooSlow`, `.tooMuchMemory` or
    ///   `.notUnderstood`.
    package func read(
        _ bytes: [UInt8],
        path: String,
        options: ReadingOptions
    ) throws(DocumentError) -> ParsedDocument {
        let reader = DocumentReader(options: options)
        guard bytes.count <= options.maximumBytes else { return try reader.read(bytes, path: path) }
        let known = idle.withLock { $0.popLast() }
        guard let process = known ?? (try? ReaderProcess(command: command)) else {
            return try reader.read(bytes, path: path)
        }
        let reply = try process.read(
            DocumentTransfer.Request(path: path, options: options, bytes: bytes)
        )
        idle.withLock { $0.append(process) }
        return try reply.get()
    }
}

/// One process that reads documents, seen from the outside, and what it does on the inside.
package struct ReaderProcess: Sendable {
    /// The variable that tells a process that it is one.
    package static let mark = "VECINO_READER_PROCESS"

    /// Bytes of address space: a reader that wants more is stopped by the system.
    private static let memory = 6 << 30

    private let process: pid_t
    private let socket: Int32

    fileprivate init(command: [String]) throws(ChildProcess.Failure) {
        var ends: [Int32] = [-1, -1]
        guard unsafe vl_socket_pair(&ends) == 0 else { throw .unstarted(FileSystem.lastReason()) }
        defer { _ = close(ends[1]) }
        do throws(ChildProcess.Failure) {
            let null = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
            defer { _ = close(null) }
            process = try ChildProcess.spawn(
                command[0],
                Array(command.dropFirst()),
                descriptors: [ends[1], null, null],
                // A crash is reported by its signal; what Swift would write about it nobody reads.
                variables: ["\(Self.mark)=1", "SWIFT_BACKTRACE=enable=no"] + Self.faults
            )
        } catch {
            _ = close(ends[0])
            throw error
        }
        socket = ends[0]
        _ = vl_limit_memory(process, Self.memory)
    }

    /// Sends a request and waits for the reply; after an error the process is gone.
    fileprivate func read(
        _ request: DocumentTransfer.Request
    ) throws(DocumentError) -> Result<ParsedDocument, DocumentError> {
        let seconds = Self.seconds(for: request)
        do throws(ReaderSocket.Failure) {
            var socket = ReaderSocket(descriptor: socket, budget: TimeBudget(seconds: seconds))
            try socket.send(DocumentTransfer.encode(request))
            let reply = try socket.receive()
            if let reply = try? DocumentTransfer.reply(reply) { return reply }
        } catch .late {
            _ = finish(SIGKILL)
            throw .tooSlow(seconds: Int(seconds.rounded(.up)))
        } catch {
            throw Self.failure(finish(nil))
        }
        _ = finish(SIGKILL)
        throw .notUnderstood
    }

    /// What a process that ended without a reply died of.
    ///
    /// Swift traps where memory runs out as it does over a fault. The memory that the process had at
    /// its peak tells the two apart; what the system kills by itself, it kills for want of memory.
    static func failure(_ end: ChildProcess.End) -> DocumentError {
        guard end.status < 0 else { return .notUnderstood }
        let signal = -end.status
        if signal == SIGXCPU { return .tooSlow(seconds: Int(end.seconds)) }
        if signal == SIGKILL || end.peakMemory > memory / 2 {
            return .tooMuchMemory(limit: memory)
        }
        return .crashed(signal: Int(signal))
    }

    /// How long a file may take.
    ///
    /// PDF and old Office files are read by programs with limits of their own, two of them, or one for
    /// each page of pictures; so may be what hangs on a message or lies in an archive.
    private static func seconds(for request: DocumentTransfer.Request) -> Double {
        let options = request.options
        let own = options.readerSeconds + Double(request.bytes.count) / 1e6
        let bytes = request.bytes
        if PDFReader.isPDF(bytes) {
            return own + options.seconds * (options.readsPictures ? 60 : 2)
        }
        let holdsFiles =
            CompoundFile.isOne(bytes) || ZipArchive.isZip(bytes) || ArchiveReader.isOne(bytes)
            || EmailReader.looksLikeMail(bytes)
        return own + (holdsFiles ? 2 * options.seconds : 0)
    }

    fileprivate func end() { _ = finish(nil) }

    /// Closes the connection, on which the process ends by itself, and returns how it ended.
    private func finish(_ signal: Int32?) -> ChildProcess.End {
        if let signal { _ = kill(-process, signal) }
        _ = close(socket)
        return ChildProcess.end(of: process, 0) ?? ChildProcess.End()
    }

    // MARK: Inside

    /// Answers requests on the standard input until it is closed.
    package static func serve() {
        var socket = ReaderSocket(descriptor: 0, budget: nil)
        while let bytes = try? socket.receive() {
            guard let request = try? DocumentTransfer.request(bytes) else { return }
            Fault.named(request.path)?.happen()
            let reply: Result<ParsedDocument, DocumentError>
            do throws(DocumentError) {
                let reader = DocumentReader(options: request.options)
                reply = .success(try reader.read(request.bytes, path: request.path))
            } catch {
                reply = .failure(error)
            }
            guard (try? socket.send(DocumentTransfer.encode(reply))) != nil else { return }
        }
    }

    /// The faults that a test asks for are known to the processes too.
    private static var faults: [String] {
        unsafe getenv(Fault.variable).map { unsafe ["\(Fault.variable)=" + String(cString: $0)] }
            ?? []
    }

    /// Something that goes wrong to order, so that tests see what becomes of it:
    /// `VECINO_READER_FAULT=crash:a.md,hang:b.md`.
    private enum Fault: String {
        case crash, hang, exit

        static let variable = "VECINO_READER_FAULT"

        static func named(_ path: String) -> Fault? {
            guard let list = unsafe getenv(variable).map({ unsafe String(cString: $0) }) else {
                return nil
            }
            for entry in list.split(separator: ",") {
                let parts = entry.split(separator: ":", maxSplits: 1)
                if parts.count == 2, path.hasSuffix(parts[1]) {
                    return Fault(rawValue: String(parts[0]))
                }
            }
            return nil
        }

        func happen() {
            switch self {
            case .crash: fatalError("a crash to order")
            case .hang: while true { sleep(1) }
            case .exit: _exit(0)
            }
        }
    }
}

/// Messages with their length before them, over a socket.
private struct ReaderSocket {
    enum Failure: Error {
        /// The other end is gone.
        case closed
        /// It has taken too long.
        case late
    }

    /// More than any document comes to.
    private static let maximumMessage = 4 << 30

    let descriptor: Int32
    /// How long it may take; nil for as long as it takes.
    var budget: TimeBudget?

    mutating func send(_ message: [UInt8]) throws(Failure) {
        let length = UInt64(message.count)
        try sendAll((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
        try sendAll(message)
    }

    mutating func receive() throws(Failure) -> [UInt8] {
        let head = try receiveAll(8)
        let length = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.maximumMessage) else { throw .closed }
        return try receiveAll(Int(length))
    }

    private mutating func sendAll(_ bytes: [UInt8]) throws(Failure) {
        var done = 0
        while done < bytes.count {
            try wait(for: POLLOUT)
            let count = unsafe bytes[done...].withUnsafeBytes {
                unsafe vl_send(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 { done += count } else { try check() }
        }
    }

    /// Memory is taken as bytes arrive, not as the length says.
    private mutating func receiveAll(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(count, 1 << 20))
        while bytes.count < count {
            try wait(for: POLLIN)
            let missing = min(count - bytes.count, 256 << 10)
            var result = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: missing) { buffer, size in
                result = unsafe recv(descriptor, buffer.baseAddress, missing, 0)
                size = max(result, 0)
            }
            if result == 0 { throw .closed }
            if result < 0 { try check() }
            bytes += piece
        }
        return bytes
    }

    /// After a call that failed: nothing if it may be tried again.
    private func check() throws(Failure) {
        guard [EINTR, EAGAIN].contains(errno) else { throw .closed }
    }

    private mutating func wait(for event: Int32) throws(Failure) {
        while true {
            if let budget, budget.isSpent { throw .late }
            var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            if let ready = budget?.wait({ unsafe poll(&polled, 1, $0) }) {
                if ready > 0 { return }
            } else if unsafe poll(&polled, 1, -1) > 0 {
                return
            }
        }
    }
}

internal import CLinux

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Runs a program that reads a document for us, so that its crash or endless loop is its own.
///
/// The program gets the document as its standard input, no more of the environment than it needs,
/// limits of memory and time, and a process group of its own, which is killed when time is up.
struct ChildProcess {
    /// What a program may use.
    struct Limits {
        /// Bytes of output.
        var output: Int
        /// Seconds until it is killed.
        var seconds: Double
        /// Bytes of address space.
        var memory = 2 << 30
    }

    /// What a program left.
    struct Outcome {
        var output: [UInt8]
        /// The beginning of what it said on its standard error.
        var complaint: String
        /// Its exit status, or the signal that ended it, negated.
        var status: Int32
    }

    /// Why there is no outcome.
    enum Failure: Error {
        /// There is no such program on the search path.
        case missing
        /// The system started no process; the payload is its reason.
        case unstarted(String)
        case tooSlow(seconds: Double)
        case tooMuchOutput
    }

    /// Whether programs get groups of their own.
    ///
    /// Those that a `ReaderProcess` starts belong to its group, so that they end with it.
    private static let ownsGroup = unsafe getenv(ReaderProcess.mark) == nil

    private static let complaintLimit = 4 << 10

    /// Runs `program` to its end.
    ///
    /// - Parameters:
    ///   - program: Its name, looked up on `PATH`.
    ///   - arguments: What follows the name; no shell sees them.
    ///   - input: What it reads on its standard input.
    ///   - limits: What it may use.
    /// - Returns: What it left, whatever its exit status.
    /// - Throws: `Failure`, after which the program does not run any more.
    static func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8],
        limits: Limits
    ) throws(Failure) -> Outcome {
        let outcomes = run([Command(program: program, arguments: arguments)], input, limits)
        return try outcomes[0].get()
    }

    /// A program and what follows its name.
    struct Command {
        var program: String
        var arguments: [String]
    }

    /// Runs several programs on the same input side by side.
    ///
    /// - Parameters:
    ///   - commands: The programs, each with its arguments.
    ///   - input: What each reads on its standard input.
    ///   - limits: What each may use; the time is that of all together.
    /// - Returns: What each left or why there is nothing of it, in their order. None runs any more.
    static func run(
        _ commands: [Command],
        _ input: [UInt8],
        _ limits: Limits
    ) -> [Result<Outcome, Failure>] {
        var running = commands.map { command in
            Result { () throws(Failure) in try Running(command, input, limits) }
        }
        var budget = TimeBudget(seconds: limits.seconds)
        collect(&running, limits, &budget)
        return running.map { one in
            one.flatMap { running in
                Result { () throws(Failure) in
                    do throws(Failure) {
                        var outcome = running.outcome
                        outcome.complaint = String(decoding: running.words, as: UTF8.self)
                        outcome.status = try wait(for: running.process, limits, &budget)
                        return outcome
                    } catch {
                        running.end()
                        throw error
                    }
                }
            }
        }
    }

    /// A program that was started, and what it has written so far.
    private struct Running {
        let process: pid_t
        let output: Int32
        let complaint: Int32
        var open: [Int32]
        var outcome = Outcome(output: [], complaint: "", status: 0)
        var words: [UInt8] = []

        init(_ command: Command, _ input: [UInt8], _ limits: Limits) throws(Failure) {
            // A file rather than a pipe: nobody has to feed it while the output is read.
            let source = memoryFile(holding: input)
            guard source >= 0 else { throw .unstarted(FileSystem.lastReason()) }
            defer { _ = closeDescriptor(source) }
            var output = try pipe()
            var complaint: Pipe
            do throws(Failure) {
                complaint = try pipe()
            } catch {
                output.close()
                throw error
            }
            do throws(Failure) {
                process = try spawn(
                    command.program,
                    command.arguments,
                    descriptors: [source, output.write, complaint.write]
                )
            } catch {
                output.close()
                complaint.close()
                throw error
            }
            _ = vl_limit_memory(process, limits.memory)
            output.closeWrite()
            complaint.closeWrite()
            self.output = output.read
            self.complaint = complaint.read
            open = [output.read, complaint.read]
        }

        /// Takes what a descriptor has; closes it at its end.
        mutating func take(from descriptor: Int32, _ limits: Limits) throws(Failure) {
            let piece = readSome(descriptor)
            if piece.isEmpty { close(descriptor) }
            if descriptor == output {
                outcome.output += piece
                guard outcome.output.count <= limits.output else { throw .tooMuchOutput }
            } else {
                words += piece.prefix(complaintLimit - words.count)
            }
        }

        private mutating func close(_ descriptor: Int32) {
            open.removeAll { $0 == descriptor }
            _ = closeDescriptor(descriptor)
        }

        /// Ends the program by force.
        func end() {
            for descriptor in open { _ = closeDescriptor(descriptor) }
            _ = kill(ownsGroup ? -process : process, SIGKILL)
            _ = status(of: process, 0)
        }
    }

    // MARK: Reading

    /// Reads what the programs write until all have closed their output.
    private static func collect(
        _ running: inout [Result<Running, Failure>],
        _ limits: Limits,
        _ budget: inout TimeBudget
    ) {
        func fail(_ index: Int, _ failure: Failure) {
            if case .success(let one) = running[index] { one.end() }
            running[index] = .failure(failure)
        }
        while true {
            var owners: [Int] = []
            var polled: [pollfd] = []
            for (index, state) in running.enumerated() {
                guard case .success(let one) = state else { continue }
                for descriptor in one.open {
                    owners.append(index)
                    polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
                }
            }
            if polled.isEmpty { return }
            if budget.isSpent {
                for index in Set(owners) { fail(index, .tooSlow(seconds: limits.seconds)) }
                return
            }
            let ready = budget.wait { unsafe poll(&polled, nfds_t(polled.count), $0) }
            guard ready > 0 else { continue }
            for (index, entry) in zip(owners, polled) where entry.revents != 0 {
                guard case .success(var one) = running[index] else { continue }
                // Not held twice, or every piece would copy what was read before.
                running[index] = .failure(.missing)
                do throws(Failure) {
                    try one.take(from: entry.fd, limits)
                    running[index] = .success(one)
                } catch {
                    one.end()
                    running[index] = .failure(error)
                }
            }
        }
    }

    private static func readSome(_ descriptor: Int32) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            var result = -1
            repeat {
                result = unsafe read(descriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            count = max(result, 0)
        }
    }

    /// Waits for a program that has closed its output, which it may do without ending.
    private static func wait(
        for process: pid_t,
        _ limits: Limits,
        _ budget: inout TimeBudget
    ) throws(Failure) -> Int32 {
        while true {
            if let status = status(of: process, WNOHANG) { return status }
            guard !budget.isSpent else { throw .tooSlow(seconds: limits.seconds) }
            budget.wait { _ in _ = usleep(500) }
        }
    }

    /// How a program ended.
    struct End {
        /// Its exit status, or the signal that ended it, negated.
        var status: Int32 = 0
        /// The most bytes of memory that it had at once.
        var peakMemory = 0
        /// Seconds of processor time.
        var seconds = 0.0
    }

    /// The status of a program that has ended; nil if it has not.
    static func status(of process: pid_t, _ options: Int32) -> Int32? {
        end(of: process, options)?.status
    }

    /// How a program ended; nil if it has not.
    static func end(of process: pid_t, _ options: Int32) -> End? {
        var status: Int32 = 0
        var used = vl_usage()
        var result = pid_t(0)
        repeat {
            result = unsafe vl_wait(process, &status, options, &used)
        } while result < 0 && errno == EINTR
        guard result != 0 else { return nil }
        // As the macros of <sys/wait.h> take it apart.
        let signal = status & 0x7F
        return End(
            status: signal == 0 ? (status >> 8) & 0xFF : -signal,
            peakMemory: used.peak_memory,
            seconds: Double(used.seconds)
        )
    }

    // MARK: Starting

    /// Both ends of a pipe.
    private struct Pipe {
        var read: Int32
        var write: Int32

        mutating func closeWrite() {
            if write >= 0 { _ = closeDescriptor(write) }
            write = -1
        }

        mutating func close() {
            closeWrite()
            _ = closeDescriptor(read)
        }
    }

    private static func pipe() throws(Failure) -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard unsafe vl_pipe(&ends) == 0 else {
            throw .unstarted(FileSystem.lastReason())
        }
        return Pipe(read: ends[0], write: ends[1])
    }

    /// Starts `program` with these descriptors as its first ones.
    static func spawn(
        _ program: String,
        _ arguments: [String],
        descriptors: [Int32],
        variables: [String] = []
    ) throws(Failure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (target, descriptor) in descriptors.enumerated() {
            _ = unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        if ownsGroup {
            unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
            unsafe posix_spawnattr_setpgroup(&attributes, 0)
        }
        var process = pid_t(0)
        let error = unsafe withStrings([program] + arguments) { arguments in
            unsafe withStrings(environment + variables) { environment in
                unsafe posix_spawnp(
                    &process,
                    program,
                    &actions,
                    &attributes,
                    arguments,
                    environment
                )
            }
        }
        if error == ENOENT { throw .missing }
        guard error == 0 else { throw .unstarted(unsafe String(cString: strerror(error))) }
        return process
    }

    private static var environment: [String] {
        let kept = ["PATH", "TMPDIR", "TESSDATA_PREFIX"].compactMap { name -> String? in
            unsafe getenv(name).map { unsafe name + "=" + String(cString: $0) }
        }
        // One thread each: the files are read side by side already.
        return kept + ["LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1"]
    }

    private static func withStrings<R>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        let copies = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe copies.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("an empty array") }
            return unsafe body(base)
        }
    }

    /// The descriptor of a file in memory, read from its beginning; negative on failure.
    private static func memoryFile(holding bytes: [UInt8]) -> Int32 {
        let file = vl_memory_file()
        guard file >= 0 else { return file }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe write(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                _ = close(file)
                return -1
            }
            written += count
        }
        _ = lseek(file, 0, SEEK_SET)
        return file
    }
}

/// `close`, where a method of that name hides it.
private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

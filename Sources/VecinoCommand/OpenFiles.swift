internal import Foundation
internal import Localization

/// Whether the system lets this process open what it needs: below that, the runtime ends it by a trap.
enum OpenFiles {
    /// For the threads of the runtime, the library with its log, and a document.
    static let forAnyCommand = 8

    /// For a server: three for each of its threads, and connections.
    static var forServing: Int { 3 * ProcessInfo.processInfo.activeProcessorCount + 16 }

    /// What to say if `count` more files cannot be opened.
    static func fault(needing count: Int) -> Message? {
        var taken: [Int32] = []
        defer { for descriptor in taken { close(descriptor) } }
        for _ in 0..<count {
            let descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else {
                return Message(
                    "vecino: the system lets this process open \(taken.count) more files, and "
                        + "\(count) are needed: raise the limit with `ulimit -n 256`."
                )
            }
            taken.append(descriptor)
        }
        return nil
    }
}

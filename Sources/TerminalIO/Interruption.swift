internal import ArgumentParser
internal import Dispatch
internal import Foundation

/// Ctrl-C and a polite kill as cancellation: the work stops at a whole state.
package enum Interruption {
    /// Runs `body`; the first of `signals` cancels it, a second one ends the program.
    package static func cancelling<R: Sendable>(
        on signals: [Int32] = [SIGINT, SIGTERM, SIGHUP],
        _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        let task = Task { try await body() }
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in signals { signal(number, SIG_DFL) }
        }
        return try await task.value
    }
}

internal import Dispatch
internal import Foundation
internal import Synchronization

/// Pictures of the pages of PDFs, and the places of their words, which poppler's programs make.
///
/// The programs run one after the other, each with limits of memory and time, because a document may be
/// hostile. What they made last is kept.
package final class PagePrinter: Sendable {
    /// What was made.
    private enum Key: Hashable {
        case picture(OriginalFile, page: Int, width: Int)
        case words(OriginalFile, page: Int)
    }

    private struct Kept {
        var made: [Key: [UInt8]] = [:]
        /// The keys, those that were used last at the end.
        var order: [Key] = []
        var bytes = 0
    }

    /// Widths of pictures in pixels.
    package static let widths: ClosedRange<Int64> = 100...2_400

    /// Bytes that are kept.
    private static let capacity = 48 << 20
    /// KiB of address space and seconds that a program may use.
    private static let limits = (memory: 2 << 20, seconds: 20)

    private let kept = Mutex(Kept())
    private let queue = DispatchQueue(label: "vecino.pages")

    /// A picture of a page as PNG.
    ///
    /// - Throws: `ServiceError`.
    package func picture(of page: Int, in file: OriginalFile, width: Int) async throws -> [UInt8] {
        try await make(
            .picture(file, page: page, width: width),
            "pdftoppm",
            [
                "-png", "-f", "\(page)", "-l", "\(page)", "-scale-to-x", "\(width)",
                "-scale-to-y", "-1", file.path,
            ],
            of: page,
            in: file
        )
    }

    /// The words of a page.
    ///
    /// - Throws: `ServiceError`.
    func words(on page: Int, of file: OriginalFile) async throws -> PageWords {
        let output = try await make(
            .words(file, page: page),
            "pdftotext",
            ["-bbox", "-enc", "UTF-8", "-f", "\(page)", "-l", "\(page)", file.path, "-"],
            of: page,
            in: file
        )
        return PageWords(String(decoding: output, as: UTF8.self), page: page)
    }

    private func make(
        _ key: Key,
        _ program: String,
        _ arguments: [String],
        of page: Int,
        in file: OriginalFile
    ) async throws -> [UInt8] {
        if let known = take(key) { return known }
        guard file.name.lowercased().hasSuffix(".pdf") || Self.isPDF(file.path) else {
            throw ServiceError.notFound("\(file.name) has no pages to show: it is no PDF.")
        }
        let made = try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { try Self.run(program, arguments) }
                )
            }
        }
        guard !made.isEmpty else {
            throw ServiceError.notFound("\(file.name) has no page \(page) that can be shown.")
        }
        keep(made, as: key)
        return made
    }

    private func take(_ key: Key) -> [UInt8]? {
        kept.withLock { kept in
            guard let made = kept.made[key] else { return nil }
            kept.order.removeAll { $0 == key }
            kept.order.append(key)
            return made
        }
    }

    private func keep(_ made: [UInt8], as key: Key) {
        kept.withLock { kept in
            guard kept.made[key] == nil else { return }
            kept.made[key] = made
            kept.order.append(key)
            kept.bytes += made.count
            while kept.bytes > Self.capacity, kept.order.count > 1 {
                kept.bytes -= kept.made.removeValue(forKey: kept.order.removeFirst())?.count ?? 0
            }
        }
    }

    private static func isPDF(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let head = (try? file.read(upToCount: 1024)) ?? Data()
        return head.firstRange(of: Data("%PDF-".utf8)) != nil
    }

    /// Runs a program of poppler's to its end and returns what it wrote; nothing if it failed.
    private static func run(_ program: String, _ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell sets the limits and becomes the program: no part of the arguments is read by it.
        let script =
            "ulimit -v \(limits.memory) && ulimit -t \(limits.seconds) && exec \"$0\" \"$@\""
        process.arguments = ["-c", script, program] + arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ServiceError.unavailable("\(program) cannot be started: \(error)")
        }
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus != 127 else {
            throw ServiceError.unavailable(
                "Pages are shown by \(program), which is not installed: install poppler-utils."
            )
        }
        return process.terminationStatus == 0 ? Array(bytes) : []
    }
}

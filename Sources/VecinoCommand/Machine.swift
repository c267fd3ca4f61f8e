internal import Foundation
internal import Vecino

/// What a measurement ran on.
enum Machine {
    static let description: String = {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(processor), \(cores) core\(cores == 1 ? "" : "s"), \(system)"
    }()

    private static var processor: String {
        let text =
            FileManager.default.contents(atPath: "/proc/cpuinfo")
            .map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":").dropFirst().first
        return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? architecture
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86-64"
        #elseif arch(arm64)
        "arm64"
        #else
        "unknown processor"
        #endif
    }

    private static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }
}

/// What `--version` prints.
enum Version {
    static let number = "0.1.0"
    static var kernels: String { Library.kernels }
    static var text: String {
        ["vecino \(number)", "kernels: \(kernels)", "SQLite: \(Library.sqliteVersion)"]
            .joined(separator: "\n") + (Library.kernelsNote.map { "\n\($0)" } ?? "")
    }
}

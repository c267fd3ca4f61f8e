internal import Foundation

/// What a measurement ran on.
package enum Machine {
    /// Processor, cores and system, in a line.
    package static let description: String = {
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

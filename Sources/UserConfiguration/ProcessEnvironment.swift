internal import Foundation

/// What this process was started with; every function that depends on it takes it as an argument and
/// has it as the default.
public enum ProcessEnvironment {
    /// The environment variables.
    public static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The folder that relative paths start from.
    public static var workingFolder: String { FileManager.default.currentDirectoryPath }

    /// Whether `variable` is set to something that means yes.
    package static func isOn(_ variable: String, in environment: [String: String]) -> Bool {
        ["1", "true", "yes", "on"].contains(environment[variable]?.lowercased() ?? "")
    }
}

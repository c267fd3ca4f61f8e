internal import Foundation
internal import HTTPTransport

/// What this process was started with; every function that depends on it takes it as an argument and
/// has it as the default.
public enum Surroundings {
    /// The environment variables.
    public static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The folder that relative paths start from.
    public static var workingFolder: String { FileManager.default.currentDirectoryPath }

    /// Whether this process was told to leave the network alone.
    public static var isOffline: Bool { Network.isForbidden }

    /// Leaves the network alone for the rest of this process.
    ///
    /// What would connect to any address, this machine's included, throws instead. It cannot be taken back.
    public static func stayOffline() { Network.forbid() }

    /// Whether `variable` is set to something that means yes.
    static func isOn(_ variable: String, in environment: [String: String]) -> Bool {
        ["1", "true", "yes", "on"].contains(environment[variable]?.lowercased() ?? "")
    }
}

internal import Documents
internal import Foundation
internal import TOMLKit

/// What a person has chosen once for all: flag, environment, project file, user file, default, the
/// first that speaks wins.
///
/// The user's file is `$XDG_CONFIG_HOME/vecino/config.toml`, the project's `.vecino/config.toml`
/// beside the library. A project's file comes with a folder and may be a stranger's: it chooses the
/// local embedding model and how many results are shown, never a provider or an address.
public struct Settings: Codable, Hashable, Sendable {
    /// The embedding model of new libraries.
    public var model: String?
    /// The language model that answers.
    public var answerModel: String?
    /// Results that a search shows.
    public var results: Int?
    /// What language models cost, by the names under which answers record them; the user's file only.
    public var prices: [String: Price]?

    private enum CodingKeys: String, CodingKey {
        case model
        case answerModel = "answer-model"
        case results, prices
    }

    /// Settings that leave every default as it is.
    public init() {}

    /// Reads the settings that hold for a library at `library`.
    ///
    /// - Throws: `SettingsError` for a file that is not TOML or has a value of the wrong kind.
    public init(
        library: String?,
        environment: [String: String] = Surroundings.environment
    ) throws(SettingsError) {
        let user = try Settings(file: Self.userFile(environment)) ?? Settings()
        var project = Settings()
        if let library {
            let folder = (library as NSString).deletingLastPathComponent
            project = try Settings(file: folder + "/config.toml") ?? Settings()
        }
        if project.model?.contains(":") == true || project.model?.contains("/") == true {
            project.model = nil
        }
        model = Self.nonEmpty(environment["VECINO_MODEL"]) ?? project.model ?? user.model
        prices = user.prices
        answerModel = Self.nonEmpty(environment["VECINO_ANSWER_MODEL"]) ?? user.answerModel
        results =
            Self.nonEmpty(environment["VECINO_RESULTS"]).flatMap(Int.init)
            ?? project.results ?? user.results
    }

    /// The user's file.
    public static func userFile(
        _ environment: [String: String] = Surroundings.environment
    ) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (nonEmpty(environment["XDG_CONFIG_HOME"]) ?? home + "/.config")
            + "/vecino/config.toml"
    }

    /// Changes one setting in the user's file and leaves its others as they are.
    public static func save(
        environment: [String: String] = Surroundings.environment,
        _ change: (inout Settings) -> Void
    ) throws {
        let file = userFile(environment)
        var settings = try Settings(file: file) ?? Settings()
        change(&settings)
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let text = try TOMLEncoder().encode(settings)
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }

    private init?(file: String) throws(SettingsError) {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        try self.init(data, file: file)
    }

    /// Reads the text of a settings file.
    init(_ data: Data, file: String) throws(SettingsError) {
        let text = String(decoding: data, as: UTF8.self)
        guard TOMLHeaders.areSound(text) else {
            throw SettingsError(file: file, detail: "a “[” that is followed by no table's name")
        }
        do {
            self = try TOMLDecoder().decode(Settings.self, from: text)
        } catch {
            throw SettingsError(file: file, detail: "\(error)")
        }
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Why a settings file was refused.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What is wrong with it.
    public let detail: String

    /// What is wrong, and what to do about it.
    public var description: String {
        "The settings in \(file) cannot be read (\(detail)): mend that file or move it away."
    }
}

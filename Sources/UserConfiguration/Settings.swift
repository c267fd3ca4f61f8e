internal import Corpus
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
    /// Where providers are reached instead of at their own address, by their names, with their keys; the
    /// user's file only.
    public var addresses: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case model
        case answerModel = "answer-model"
        case results, prices, addresses
    }

    /// Settings that leave every default as it is.
    public init() {}

    /// Reads the settings that hold for a library at `library`.
    ///
    /// - Throws: `SettingsError` for a file that is not TOML or has a value of the wrong kind.
    public init(
        library: String?,
        environment: [String: String] = ProcessEnvironment.environment
    ) throws(SettingsError) {
        let user = try Settings(file: Self.userFile(environment)) ?? Settings()
        var project = Settings()
        if let library, !LibraryAddress.isServer(library) {
            // Another program's file may have the same name: only `.vecino` is ours.
            let folder = PathName.folder(
                PathName.absolute(library, in: ProcessEnvironment.workingFolder)
            )
            if PathName.last(folder) == ".vecino" {
                project = try Settings(file: folder + "/config.toml") ?? Settings()
            }
        }
        if project.model?.contains(":") == true || project.model?.contains("/") == true {
            project.model = nil
        }
        model = Self.nonEmpty(environment["VECINO_MODEL"]) ?? project.model ?? user.model
        prices = user.prices
        addresses = user.addresses
        answerModel = Self.nonEmpty(environment["VECINO_ANSWER_MODEL"]) ?? user.answerModel
        results = try Self.results(environment) ?? project.results ?? user.results
    }

    private static func results(_ environment: [String: String]) throws(SettingsError) -> Int? {
        guard let text = nonEmpty(environment["VECINO_RESULTS"]) else { return nil }
        do throws(LimitError) {
            return try Limits.check(text, in: Limits.results, as: "VECINO_RESULTS")
        } catch {
            throw SettingsError(file: nil, detail: error.description)
        }
    }

    /// The user's file.
    public static func userFile(
        _ environment: [String: String] = ProcessEnvironment.environment
    ) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (nonEmpty(environment["XDG_CONFIG_HOME"]) ?? home + "/.config")
            + "/vecino/config.toml"
    }

    /// Changes one setting in the user's file and leaves its others as they are.
    public static func save(
        environment: [String: String] = ProcessEnvironment.environment,
        _ change: (inout Settings) -> Void
    ) throws {
        let file = userFile(environment)
        var settings = try Settings(file: file) ?? Settings()
        change(&settings)
        try FileManager.default.createDirectory(
            atPath: PathName.folder(file),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let text = try TOMLEncoder().encode(settings)
        try PrivateFile.write(Array(text.utf8), to: file)
    }

    private init?(file: String) throws(SettingsError) {
        let bytes: [UInt8]
        do throws(FileSystem.Failure) {
            bytes = try FileSystem.contents(of: file, limit: Limits.settingsBytes)
        } catch {
            // Another user's settings, as under `sudo -u`, are none.
            if error.isMissing || error.isForbidden { return nil }
            throw SettingsError(file: file, detail: error.description)
        }
        try self.init(Data(bytes), file: file)
    }

    /// Reads the text of a settings file.
    init(_ data: Data, file: String) throws(SettingsError) {
        let text = String(decoding: data, as: UTF8.self)
        guard TOMLHeaders.areSound(text) else {
            throw SettingsError(file: file, detail: "a “[” that is followed by no table's name")
        }
        let table: TOMLTable
        do { table = try TOMLTable(string: text) } catch {
            throw SettingsError(file: file, detail: "\(error)")
        }
        if let fault = Self.fault(in: table) { throw SettingsError(file: file, detail: fault) }
        do {
            self = try TOMLDecoder().decode(Settings.self, from: table)
        } catch {
            throw SettingsError(file: file, detail: "\(error)")
        }
    }

    /// The first value that is not what its name asks for; nil if there is none.
    private static func fault(in table: TOMLTable) -> String? {
        for key in [CodingKeys.model, .answerModel] {
            if let value = table[key.rawValue], value.type != .string {
                return "“\(key.rawValue)” takes a name in quotation marks"
            }
        }
        if let value = table[CodingKeys.results.rawValue] {
            let range = Limits.results
            guard let number = value.int, range.contains(number) else {
                return "“results” takes a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound), without quotation marks"
            }
        }
        if let value = table[CodingKeys.addresses.rawValue] {
            guard let addresses = value.table, addresses.allSatisfy({ $0.1.type == .string }) else {
                return "“addresses” takes a table of addresses in quotation marks"
            }
        }
        guard let value = table[CodingKeys.prices.rawValue] else { return nil }
        guard let prices = value.table else { return "“prices” takes a table of prices" }
        for (name, price) in prices {
            for part in ["prompt", "reply"] {
                let value = price.table?[part]
                let number = value?.double ?? value?.int.map(Double.init)
                guard let number, number.isFinite, (0...1e12).contains(number) else {
                    return "the price of “\(name)” takes a number from 0 for prompt and for reply"
                }
            }
        }
        return nil
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Why a settings file was refused.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file; nil if it is the environment that is wrong.
    public let file: String?
    /// What is wrong with it.
    public let detail: String

    /// What is wrong, and what to do about it.
    public var description: String {
        guard let file else { return detail }
        return
            "The settings in \(file) cannot be read (\(detail)): correct that file or move it away."
    }
}

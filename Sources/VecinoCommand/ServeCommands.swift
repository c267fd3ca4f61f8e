internal import ArgumentParser
internal import Corpus
internal import Foundation
internal import Logging
internal import Vecino
internal import VecinoServer

#if Server
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "A web page and an HTTP API for the library, on this machine only.",
        discussion: """
            The server listens on 127.0.0.1. The model and the vectors stay in memory, so searches \
            answer in milliseconds; what another `vecino index` finishes is seen at once.

            EXAMPLES
              vecino serve
              vecino serve --port 9000
              curl 'http://127.0.0.1:8765/api/search?q=solar&n=3'
            """
    )

    @Option(name: .long, help: "The port; 0 for any free one.")
    var port = 8765

    @OptionGroup(title: "Language model") var provider: ProviderOptions
    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    func validate() throws { try Limits.validate(port, in: Limits.port, as: "--port") }

    func run() async throws {
        let served = try await ServedLibrary(library: library, model: model, provider: provider)
        var logger = Logger(label: "vecino") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        try await WebServer(served, logger: logger).run(port: port) { address in
            Terminal.say("Vecino is at \(address)  (Ctrl-C ends it)")
        }
    }
}
#endif

struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract:
            "Serve the library to agents: Model Context Protocol on standard input and output.",
        discussion: """
            EXAMPLE, in an agent's configuration
              {"mcpServers": {"vecino": {
                "command": "vecino", "args": ["mcp", "--db", "notes.db"]}}}
            """
    )

    @OptionGroup(title: "Language model") var provider: ProviderOptions
    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    func run() async throws {
        let served = try await ServedLibrary(library: library, model: model, provider: provider)
        await MCPStdio.run(MCPSession(served))
    }
}

extension ServedLibrary {
    /// Opens the library that the options name, once for many requests.
    init(
        library options: LibraryOptions,
        model: ModelOptions,
        provider: ProviderOptions
    ) async throws {
        let path = try options.existingPath()
        let settings = try Settings(library: path)
        self.init(
            try Library.open(
                at: path,
                for: .serving,
                model: model.model,
                baseURL: model.embedURL
            ),
            languageModel: try await provider.languageModel(settings: settings),
            resultLimit: settings.results ?? 10,
            version: Version.number
        )
    }
}

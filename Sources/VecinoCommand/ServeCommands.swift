internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Foundation
internal import Localization
internal import Logging
internal import Operations
internal import Retrieval
internal import TerminalIO
internal import Vecino
internal import VecinoServer

#if Server
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: localized("A web page, an HTTP API and MCP for the library."),
        discussion: localized(
            """
            The server listens on 127.0.0.1, for this machine's own user. With --listen it serves \
            other machines, and answers only who has a token of `vecino token new`; put a proxy \
            with TLS before it. The model and the vectors stay in memory, so searches answer in \
            milliseconds; what another `vecino index` finishes is seen at once.

            The page adds, refreshes and removes folders. With --inbox, files that are dropped on \
            the page are kept in that folder and indexed. Callers with tokens can refresh folders, \
            but not add any.

            EXAMPLES
              vecino serve
              vecino serve --port 9000
              vecino serve --inbox ~/Inbox
              vecino serve --listen 0.0.0.0     for other machines: to tokens only
              curl 'http://127.0.0.1:8765/api/v1/search?query=solar&limit=3'
            """
        )
    )

    @Option(name: .long, help: .localized("The port; 0 for any free one."))
    var port = 8765

    @Option(
        name: .long,
        help: .localized(
            "The address to listen on. Any other than 127.0.0.1 answers to tokens only.",
            valueName: "address"
        )
    )
    var listen = "127.0.0.1"

    @Option(
        name: .long,
        help: .localized(
            "Keep files that are dropped on the page in this folder, and index them. It is made if there "
                + "is none.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var inbox: String?

    @Flag(
        name: .long,
        help: .localized("A JSON line on stderr for each request, without what was asked.")
    )
    var accessLog = false

    @OptionGroup var rerank: RerankOptions
    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws { try Limits.validate(port, in: Limits.port, as: "--port") }

    func run() async throws {
        if let message = OpenFiles.fault(needing: OpenFiles.forServing) {
            Terminal.say(message)
            throw ExitStatus.library
        }
        let path = try library.existingPath()
        let inbox = try inbox.map(Self.makeInbox)
        let served = try await ServedLibrary(
            library: library,
            model: model,
            provider: provider,
            reranking: rerank.reranking,
            jobs: IndexingJobs(
                scope: listen == "127.0.0.1" ? .everyFolder : .heldFolders,
                inbox: inbox
            ) { [model = model.model, embedURL = model.embedURL] in
                try Library.open(
                    at: path,
                    for: .indexing,
                    model: model,
                    baseURL: embedURL,
                    reading: ReadCommand.program
                )
            },
            inbox: inbox
        )
        var logger = Logger(label: "vecino") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let server = try await WebServer(
            served,
            access: listen == "127.0.0.1" ? .thisMachine : access(to: served),
            accessLog: accessLog ? AccessLog { Terminal.sayRaw($0 + "\n") } : nil,
            logger: logger
        )
        try await server.run(host: listen, port: port) { address in
            Terminal.say("Vecino is at \(address)  (Ctrl-C ends it)")
        }
    }

    /// The inbox in `folder`, which is made if there is none.
    private static func makeInbox(_ folder: String) throws -> Inbox {
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return Inbox(try Library.readableRoot(folder))
    }

    /// Who is answered on another address than this machine's own: who has a token.
    private func access(to served: ServedLibrary) async throws -> WebServer.Access {
        guard try await !served.library.accessTokens().isEmpty else {
            throw misuse(
                "--listen \(listen) answers to tokens only, and there is none: make one with "
                    + "`vecino token new --read`."
            )
        }
        let library = served.library
        return .tokens { try await library.accessToken(matching: $0)?.right.rawValue }
    }
}
#endif

extension ServedLibrary {
    /// Opens the library that the options name, once for many requests.
    init(
        library options: LibraryOptions,
        model: ModelOptions,
        provider: ProviderOptions,
        reranking: Reranking? = nil,
        jobs: IndexingJobs? = nil,
        inbox: Inbox? = nil
    ) async throws {
        let path = try options.existingPath()
        let settings = try Settings(library: path)
        self.init(
            try model.open(path, for: .serving),
            languageModel: try await provider.languageModel(settings: settings),
            reranking: reranking,
            resultLimit: settings.results ?? 10,
            jobs: jobs,
            inbox: inbox,
            version: Version.number
        )
    }
}

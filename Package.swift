// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours compiles with.
let ours: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A module of ours: a Swift target in `Sources/NAME`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: ours)
}

/// The tests of a module, in `Tests/NAMETests`, with their fixtures if they have any.
func tests(
    of name: String,
    _ dependencies: [Target.Dependency] = [],
    hasFixtures: Bool = false
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        resources: hasFixtures ? [.copy("Fixtures")] : [],
        swiftSettings: ours
    )
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
/// What is compiled only where an HTTP client is wanted.
let network: [Target.Dependency] = [
    ("AsyncHTTPClient", "async-http-client"), ("NIOCore", "swift-nio"), ("NIOHTTP1", "swift-nio"),
    ("NIOPosix", "swift-nio"),
].map { .product(name: $0.0, package: $0.1, condition: .when(traits: ["Network"])) }
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

// Linux only, with glibc or musl: folders are watched by inotify, readers run in processes that Linux fences
// in, and `/proc` says whose a connection is.
let package = Package(
    name: "vecino",
    products: [
        .library(name: "Vecino", targets: ["Vecino", "Experiments"]),
        .library(name: "VectorIndex", targets: ["VectorIndex"]),
        .executable(name: "vecino", targets: ["VecinoCommand"]),
    ],
    traits: [
        .trait(name: "Server", description: "`vecino serve`: the web page and the HTTP API."),
        .trait(
            name: "Network",
            description: "Language models, embedding models and hubs behind HTTP."
        ),
        .trait(
            name: "Postgres",
            description: "Libraries on a PostgreSQL server; needs libpq (Debian: libpq-dev)."
        ),
        .default(enabledTraits: ["Server", "Network"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // Not linked with: see OpenBLAS.swift.
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(
            name: "CXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .systemLibrary(
            name: "CCMark",
            pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
        ),
        .systemLibrary(
            name: "CCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CEditLine", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(
            name: "CPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "CVectorKernels"),
        module("VectorKernels", ["CVectorKernels", "COpenBLAS"]),
        module("RandomNumbers"),
        module("VectorIndex", ["RandomNumbers", "VectorKernels"]),
        module("SentenceEncoder", ["VectorKernels"]),
        module("HTTPTransport", network),
        module("Embedding", ["SentenceEncoder", "HTTPTransport"]),
        module("Digests", ["CCrypto"]),
        module("TextAnalysis", ["CStemmer", "RandomNumbers"]),
        module("Corpus", ["TextAnalysis"]),
        module("NumberFormats"),
        module(
            "Documents",
            [
                "Corpus", "NumberFormats", "TextAnalysis", "CXML2", "CCMark", "CLinux", "CZip",
                "CZlib", "Yams", "TOMLKit",
            ]
        ),
        module("FTS5Lists"),
        module(
            "FTS5Index",
            ["Corpus", "FTS5Lists", "TextAnalysis", "VectorKernels", "CSQLite", grdb, sqlite]
        ),
        module(
            "SQLiteStore",
            [
                "Corpus", "FTS5Index", "FTS5Lists", "TextAnalysis", "VectorIndex", "CSQLite", grdb,
                sqlite,
            ]
        ),
        module(
            "PostgresStore",
            [
                "Corpus", "TextAnalysis",
                .target(name: "CPQ", condition: .when(traits: ["Postgres"])),
            ]
        ),
        module(
            "Retrieval",
            [
                "Corpus", "Embedding", "RandomNumbers", "SentenceEncoder", "TextAnalysis",
                "VectorKernels",
            ]
        ),
        module("ChatModels", ["HTTPTransport"]),
        module("Answering", ["ChatModels", "Corpus", "TextAnalysis"]),
        module("UserConfiguration", ["Corpus", "Documents", "HTTPTransport", "TOMLKit"]),
        module(
            "Providers",
            [
                "UserConfiguration", "Corpus", "Documents", "HTTPTransport", "Embedding",
                "ChatModels",
            ]
        ),
        module(
            "ModelCatalog",
            [
                "UserConfiguration", "Providers", "Embedding", "HTTPTransport", "SentenceEncoder",
                "Digests",
            ]
        ),
        module(
            "Indexing",
            ["Corpus", "Documents", "Digests", "Embedding", "SentenceEncoder", "TextAnalysis"]
        ),
        module("Evaluation", ["RandomNumbers"]),
        module(
            "LibraryCore",
            [
                "UserConfiguration", "Corpus", "Documents", "Indexing", "ModelCatalog",
                "SQLiteStore", "PostgresStore", "Retrieval", "Embedding", "SentenceEncoder",
                "TextAnalysis", "VectorKernels",
            ]
        ),
        module(
            "LibraryAnswers",
            [
                "LibraryCore", "UserConfiguration", "Corpus", "Indexing", "Retrieval", "Answering",
                "ChatModels", "Embedding", "SentenceEncoder", "TextAnalysis", "VectorKernels",
            ]
        ),
        module(
            "LibraryUpkeep",
            [
                "LibraryCore", "Corpus", "Documents", "Indexing", "SQLiteStore", "Retrieval",
                "Embedding", "TextAnalysis",
            ]
        ),
        module(
            "Vecino",
            [
                "LibraryCore", "LibraryAnswers", "LibraryUpkeep", "UserConfiguration", "Providers",
                "Corpus", "Indexing", "ModelCatalog", "Retrieval", "Answering", "ChatModels",
                "Embedding",
            ]
        ),
        module(
            "Experiments",
            [
                "Vecino", "Corpus", "Indexing", "Retrieval", "Answering", "ChatModels", "Embedding",
                "Evaluation", "ModelCatalog", "SentenceEncoder", "TextAnalysis", "VectorIndex",
            ]
        ),
        module(
            "Operations",
            ["Vecino", "Corpus", "Retrieval", "Answering", "Embedding", "TextAnalysis"]
        ),
        module(
            "VecinoServer",
            [
                "Operations", "Vecino", "Corpus", "Retrieval", "Answering", "Embedding",
                "TextAnalysis", log,
                .product(
                    name: "Hummingbird",
                    package: "hummingbird",
                    condition: .when(traits: ["Server"])
                ),
                .product(
                    name: "HTTPTypes",
                    package: "swift-http-types",
                    condition: .when(traits: ["Server"])
                ),
                .product(
                    name: "NIOCore",
                    package: "swift-nio",
                    condition: .when(traits: ["Server"])
                ),
            ]
        ),
        module("Translations"),
        module("Localization", ["Translations", arguments]),
        module("TerminalIO", ["Localization", "CEditLine", arguments]),
        module(
            "CommandParts",
            ["TerminalIO", "Localization", "Vecino", "Corpus", "Retrieval", "Answering", arguments]
        ),
        module(
            "MeasuringCommands",
            [
                "CommandParts", "TerminalIO", "Localization", "Vecino", "Experiments", "Corpus",
                "Answering", "Evaluation", "VectorIndex", arguments,
            ]
        ),
        .executableTarget(
            name: "VecinoCommand",
            dependencies: [
                "CommandParts", "MeasuringCommands", "TerminalIO", "Localization", "Vecino",
                "Experiments", "Corpus", "Retrieval", "Answering", "Embedding", "Evaluation",
                "Operations", "VecinoServer", arguments, log,
            ],
            swiftSettings: ours
        ),

        tests(of: "VectorKernels", ["RandomNumbers"]),
        tests(of: "VectorIndex", ["RandomNumbers", "VectorKernels"]),
        tests(of: "SentenceEncoder", ["RandomNumbers", "VectorKernels"], hasFixtures: true),
        tests(of: "HTTPTransport", ["ScriptedServer"], hasFixtures: true),
        tests(
            of: "Embedding",
            ["SentenceEncoder", "HTTPTransport", "ScriptedServer"],
            hasFixtures: true
        ),
        tests(of: "Digests"),
        tests(of: "TextAnalysis", ["RandomNumbers"], hasFixtures: true),
        tests(
            of: "Documents",
            ["Corpus", "NumberFormats", "RandomNumbers", "TextAnalysis"],
            hasFixtures: true
        ),
        tests(of: "Corpus", ["StoreTesting", "TextAnalysis"]),
        tests(of: "FTS5Lists"),
        tests(
            of: "SQLiteStore",
            [
                "Corpus", "FTS5Index", "FTS5Lists", "RandomNumbers", "StoreTesting", "TextAnalysis",
                "VectorIndex", grdb,
            ]
        ),
        tests(of: "PostgresStore", ["Corpus", "RandomNumbers", "StoreTesting", "TextAnalysis"]),
        tests(
            of: "Retrieval",
            [
                "Corpus", "SQLiteStore", "StoreTesting", "TextAnalysis", "Embedding",
                "SentenceEncoder",
            ]
        ),
        tests(
            of: "ChatModels",
            ["HTTPTransport", "RandomNumbers", "ScriptedServer"],
            hasFixtures: true
        ),
        tests(
            of: "Answering",
            ["ChatModels", "Corpus", "HTTPTransport", "RandomNumbers", "TextAnalysis"],
            hasFixtures: true
        ),
        tests(of: "Evaluation", ["RandomNumbers"], hasFixtures: true),
        tests(
            of: "Vecino",
            [
                "Corpus", "Indexing", "ModelCatalog", "SQLiteStore", "Retrieval", "Answering",
                "ChatModels", "UserConfiguration", "Providers", "HTTPTransport",
            ]
        ),
        tests(of: "Experiments", ["ChatModels"]),
        tests(
            of: "VecinoServer",
            [
                "Answering", "Corpus", "Embedding", "Operations", "RandomNumbers",
                "SentenceEncoder", "StoreTesting", "TextAnalysis", "Vecino",
                .product(
                    name: "HummingbirdTesting",
                    package: "hummingbird",
                    condition: .when(traits: ["Server"])
                ), nioCore, log,
            ],
            hasFixtures: true
        ),
        tests(of: "VecinoCommand", ["Digests", "Localization", "ScriptedServer", "Translations"]),
        // A store in memory, and what every store has to do.
        .target(
            name: "StoreTesting",
            dependencies: ["Corpus", "RandomNumbers", "TextAnalysis"],
            path: "Tests/StoreTesting",
            swiftSettings: ours
        ),
        // A server that misbehaves to order, for the tests of the clients.
        .target(
            name: "ScriptedServer",
            dependencies: [nioCore, nioPosix],
            path: "Tests/ScriptedServer",
            swiftSettings: ours
        ),
    ]
)

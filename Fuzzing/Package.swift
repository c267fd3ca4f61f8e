// swift-tools-version: 6.2
import PackageDescription

// libFuzzer on every parser and decoder of ours: `scripts/fuzz` builds and runs it. A package of its own,
// because all of its Swift is compiled with the fuzzer's instruments; the modules are links to those of the
// library, and where a module has more dependencies than its parsers need, to the parsers' files.

/// `fuzzer`, or `fuzzer,address` where memory is to be watched too, which is several times slower.
let sanitizers = Context.environment["VECINO_FUZZ_SANITIZERS"] ?? "fuzzer"
let watchesMemory = sanitizers.contains("address")

let instruments: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-sanitize=\(sanitizers)", "-parse-as-library", "-enable-testing"]),
]

/// A module whose code is compiled with the instruments.
func instrumented(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: instruments)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "vecino-fuzzing",
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CCMark", pkgConfig: "libcmark-gfm"),
        .systemLibrary(name: "CStemmer"),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CZip", pkgConfig: "libzip"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "COpenBLAS"),
        .target(
            name: "CVectorKernels",
            cSettings: watchesMemory ? [.unsafeFlags(["-fsanitize=address"])] : []
        ),
        instrumented("VectorKernels", ["CVectorKernels", "COpenBLAS"]),
        instrumented("RandomNumbers"),
        instrumented("VectorIndex", ["RandomNumbers", "VectorKernels"]),
        instrumented("SentenceEncoder", ["VectorKernels"]),
        instrumented("TextAnalysis", ["CStemmer", "RandomNumbers"]),
        instrumented("Corpus", ["TextAnalysis"]),
        instrumented("NumberFormats"),
        instrumented(
            "Documents",
            [
                "Corpus", "NumberFormats", "TextAnalysis", "CXML2", "CCMark", "CLinux", "CZip",
                "CZlib", "Yams", "TOMLKit",
            ]
        ),
        instrumented("FTS5Lists"),
        instrumented(
            "FTS5Index",
            ["Corpus", "FTS5Lists", "TextAnalysis", "VectorKernels", "CSQLite", grdb, sqlite]
        ),
        instrumented(
            "SQLiteStore",
            [
                "Corpus", "FTS5Index", "FTS5Lists", "TextAnalysis", "VectorIndex", "CSQLite", grdb,
                sqlite,
            ]
        ),
        instrumented("ChatModels"),
        instrumented("ReplyParsing", ["ChatModels"]),
        instrumented("EventStreams"),
        instrumented("Filters", ["Corpus", "TextAnalysis"]),
        instrumented("UserFiles", ["Documents", "TOMLKit"]),
        .executableTarget(
            name: "FuzzParsers",
            dependencies: [
                "Documents", "NumberFormats", "TextAnalysis", "VectorIndex", "VectorKernels",
                "SentenceEncoder",
                "Corpus", "FTS5Index", "FTS5Lists", "SQLiteStore", "ReplyParsing", "EventStreams",
                "Filters",
                "UserFiles",
                "CFuzzer",
            ],
            swiftSettings: instruments,
            linkerSettings: [.unsafeFlags(["-sanitize=\(sanitizers)", "-use-ld=lld"])]
        ),
    ]
)

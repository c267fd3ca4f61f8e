// swift-tools-version: 6.2
import PackageDescription

// libFuzzer on every parser of ours: `scripts/fuzz` builds and runs it. A package of its own, because all
// of its Swift is compiled with the fuzzer's instruments; the modules are links to those of the library.

let instruments: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-sanitize=fuzzer", "-parse-as-library", "-enable-testing"]),
]

let package = Package(
    name: "vecino-fuzzing",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CCMark", pkgConfig: "libcmark-gfm"),
        .systemLibrary(name: "CStemmer"),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZip", pkgConfig: "libzip"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "TextAnalysis", dependencies: ["CStemmer"], swiftSettings: instruments),
        .target(
            name: "Documents",
            dependencies: [
                "TextAnalysis", "CXML2", "CCMark", "CLinux", "CZip", "CZlib", "Yams", "TOMLKit",
            ],
            swiftSettings: instruments
        ),
        .executableTarget(
            name: "FuzzParsers",
            dependencies: ["Documents", "TextAnalysis", "CFuzzer"],
            swiftSettings: instruments,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
        ),
    ]
)

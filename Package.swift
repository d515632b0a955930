// swift-tools-version: 6.1

import PackageDescription

/// Leaves out everything that needs SwiftNIO: the emulator, the AsyncHTTPClient transport and their tests.
/// `DATAVERSE_WITHOUT_NIO=1 swift test` builds and tests the generator, the core and the runtime in a fraction
/// of the time of a full build.
let includesNIO = Context.environment["DATAVERSE_WITHOUT_NIO"] == nil

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny")
]

/// What the benchmark measures only where SwiftNIO is there.
let benchmarkedWithNIO: [Target.Dependency] =
    includesNIO
    ? [
        "DataverseAsyncHTTPClient",
        .server("AsyncHTTPClient", from: "async-http-client"),
        .server("NIOSSL", from: "swift-nio-ssl"),
    ] : []

let package = Package(
    name: "swift-dataverse",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "Dataverse", targets: ["Dataverse"]),
        .library(name: "DataverseCurl", targets: ["DataverseCurl"]),
        .library(name: "DataverseObservability", targets: ["DataverseObservability"]),
        .library(name: "ODataCore", targets: ["ODataCore"]),
        .library(name: "BindingsGenerator", targets: ["BindingsGenerator"]),
        .library(name: "ContosoBindings", targets: ["ContosoBindings"]),
        .executable(name: "dataverse-gen", targets: ["dataverse-gen"]),
        .executable(name: "contoso-tour", targets: ["contoso-tour"]),
        .plugin(name: "DataverseBindings", targets: ["DataverseBindings"]),
        .plugin(name: "GenerateDataverseBindings", targets: ["GenerateDataverseBindings"]),
    ],
    traits: [
        .trait(
            name: "Server",
            description: "The AsyncHTTPClient transport and the emulator. Without it, SwiftNIO is not resolved."
        ),
        .trait(name: "Curl", description: "Clients use libcurl on Linux, unless they are given another transport."),
        .trait(
            name: "Credentials",
            description: "Certificates and sign-in with a browser. Without it, swift-crypto is not resolved."
        ),
        .trait(
            name: "Observability",
            description:
                "Logs, metrics and traces. Without it, swift-log, swift-metrics and swift-distributed-tracing are not resolved."
        ),
        .default(enabledTraits: ["Credentials", "Curl", "Observability", "Server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.3.0"),
    ],
    targets: [
        // MARK: Generator: reads CSDL, writes Swift. Links libxml2 and no networking.
        .systemLibrary(
            name: "CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]
        ),
        .target(name: "CSDL", dependencies: ["CLibXML2"], swiftSettings: swiftSettings),
        .target(
            name: "BuiltInTemplates",
            path: "Templates",
            exclude: ["README.md"],
            resources: [
                .embedInCode("calls.mustache"), .embedInCode("choice.mustache"), .embedInCode("column.mustache"),
                .embedInCode("columns.mustache"),
                .embedInCode("complex-types.mustache"), .embedInCode("enumerations.mustache"),
                .embedInCode("header.mustache"), .embedInCode("lookup-targets.mustache"),
                .embedInCode("operations.mustache"), .embedInCode("table.mustache"),
                .embedInCode("tables.mustache"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "BindingsGenerator",
            dependencies: [
                "CSDL", "BuiltInTemplates", "ODataCore",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [
                .embedInCode("Configuration/dataverse-gen.schema.json"),
                .embedInCode("Configuration/dataverse-gen.default.yaml"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(name: "SchemaDiff", dependencies: ["CSDL"], swiftSettings: swiftSettings),
        .target(name: "SchemaDiagrams", dependencies: ["BindingsGenerator", "CSDL"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "dataverse-gen",
            dependencies: [
                "BindingsGenerator", "SchemaDiagrams", "SchemaDiff",
                .product(name: "Yams", package: "Yams"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .plugin(name: "DataverseBindings", capability: .buildTool(), dependencies: ["dataverse-gen"]),
        .plugin(
            name: "GenerateDataverseBindings",
            capability: .command(
                intent: .custom(
                    verb: "generate-dataverse-bindings",
                    description: "Writes Swift bindings as dataverse-gen.yaml describes them"
                ),
                permissions: [.writeToPackageDirectory(reason: "Writes the generated Swift files")]
            ),
            dependencies: ["dataverse-gen"]
        ),

        // MARK: Runtime: the pure core, then the clients. Links neither libxml2 nor SwiftNIO.
        .target(
            name: "ODataCore",
            dependencies: [.product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: swiftSettings
        ),
        .target(name: "ODataTransport", dependencies: ["ODataCore"], swiftSettings: swiftSettings),
        .systemLibrary(
            name: "CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .target(
            name: "DataverseCurl",
            dependencies: ["ODataCore", "ODataTransport", "CLibCurl"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Dataverse",
            dependencies: [
                "ODataCore", "ODataTransport",
                .target(name: "DataverseCurl", condition: .when(platforms: [.linux], traits: ["Curl"])),
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Logs, metrics and traces of calls
        .target(
            name: "DataverseObservability",
            dependencies: [
                "Dataverse",
                .observability("Logging", from: "swift-log"),
                .observability("Metrics", from: "swift-metrics"),
                .observability("Tracing", from: "swift-distributed-tracing"),
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Reading OData URLs, for the emulator
        .target(name: "ODataQuery", dependencies: ["ODataCore"], swiftSettings: swiftSettings),

        // MARK: Generated sample bindings
        .target(
            name: "ContosoBindings",
            dependencies: ["Dataverse"],
            path: "Generated/ContosoBindings",
            swiftSettings: swiftSettings
        ),

        // MARK: Examples
        .executableTarget(
            name: "contoso-tour",
            dependencies: ["Dataverse", "ContosoBindings"],
            path: "Examples/ContosoTour",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "contacts",
            dependencies: [
                "Dataverse", "ContosoBindings",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Examples/ContactsCLI",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "account-list",
            dependencies: ["Dataverse", "ContosoBindings"],
            path: "Examples/AccountList",
            swiftSettings: swiftSettings
        ),

        // MARK: Benchmarks of whole processes
        .executableTarget(
            name: "client-benchmark",
            dependencies: ["Dataverse", "DataverseCurl", "ContosoBindings"] + benchmarkedWithNIO,
            path: "Benchmarks/Clients",
            swiftSettings: swiftSettings + (includesNIO ? [.define("AsyncHTTPClient")] : [])
        ),

        // MARK: Tests that need no SwiftNIO
        .target(
            name: "TestSupport",
            dependencies: ["ODataCore", "ODataTransport"],
            path: "Tests/Support",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "DataverseObservabilityTests",
            dependencies: [
                "ContosoBindings",
                "Dataverse",
                "DataverseObservability",
                "TestSupport",
                .observability("InMemoryLogging", from: "swift-log"),
                .observability("MetricsTestKit", from: "swift-metrics"),
                .observability("InMemoryTracing", from: "swift-distributed-tracing"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: swiftSettings),
        .testTarget(name: "CSDLTests", dependencies: ["CSDL", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "BindingsGeneratorTests",
            dependencies: [
                "BindingsGenerator", "Dataverse", "TestSupport",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "SchemaDiffTests",
            dependencies: ["SchemaDiff", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "SchemaDiagramsTests",
            dependencies: ["SchemaDiagrams", "BindingsGenerator", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "DataverseGenTests",
            dependencies: ["dataverse-gen", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ODataQueryTests",
            dependencies: ["ODataQuery", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "ParserFuzzing",
            dependencies: ["CSDL", "ODataCore", "ODataQuery", "TestSupport"],
            path: "Tests/Fuzzing/Library",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "fuzz-parsers",
            dependencies: ["ParserFuzzing"],
            path: "Tests/Fuzzing/Command",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ParserFuzzTests",
            dependencies: ["ParserFuzzing"],
            path: "Tests/Fuzzing/Tests",
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "ODataCoreTests", dependencies: ["ODataCore", "TestSupport"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "parity-driver",
            dependencies: ["Dataverse"],
            path: "Tests/Parity/Driver",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "DataverseTests",
            dependencies: ["Dataverse", "DataverseCurl", "ContosoBindings", "TestSupport"],
            swiftSettings: swiftSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// MARK: SwiftNIO: the emulator, the AsyncHTTPClient transport, and the tests that run over real HTTP

if includesNIO {
    package.dependencies += [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.25.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.10.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    ]
    package.products += [
        .library(name: "DataverseCredentials", targets: ["DataverseCredentials"]),
        .library(name: "DataverseAsyncHTTPClient", targets: ["DataverseAsyncHTTPClient"]),
        .library(name: "DataverseEmulator", targets: ["DataverseEmulator"]),
        .executable(name: "dataverse-emulator", targets: ["dataverse-emulator"]),
    ]
    package.targets += [
        // The credentials that need cryptography: certificates and sign-in with a browser.
        .target(
            name: "DataverseCredentials",
            dependencies: [
                "Dataverse",
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Credentials"])),
                .product(name: "_CryptoExtras", package: "swift-crypto", condition: .when(traits: ["Credentials"])),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "DataverseAsyncHTTPClient",
            dependencies: [
                "Dataverse",
                .server("AsyncHTTPClient", from: "async-http-client"),
                .server("NIOCore", from: "swift-nio"),
                .server("NIOHTTP1", from: "swift-nio"),
                .server("NIOPosix", from: "swift-nio"),
                .server("NIOSSL", from: "swift-nio-ssl"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "DataverseEmulator",
            dependencies: [
                "CSDL", "ODataCore", "ODataQuery",
                .server("Hummingbird", from: "hummingbird"),
                .server("HummingbirdTLS", from: "hummingbird"),
                .server("NIOSSL", from: "swift-nio-ssl"),
                .server("X509", from: "swift-certificates"),
                .server("SwiftASN1", from: "swift-asn1"),
                .server("Crypto", from: "swift-crypto"),
                .server("_CryptoExtras", from: "swift-crypto"),
                .server("GRDB", from: "GRDB.swift"),
                .server("GRDBSQLite", from: "GRDB.swift"),
                .server("ServiceLifecycle", from: "swift-service-lifecycle"),
                .server("Logging", from: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "dataverse-emulator",
            dependencies: [
                "DataverseEmulator", "ODataCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "account-server",
            dependencies: [
                "Dataverse", "DataverseAsyncHTTPClient", "ContosoBindings",
                .server("Hummingbird", from: "hummingbird"),
            ],
            path: "Examples/AccountServer",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "interop-driver",
            dependencies: [
                "Dataverse", "DataverseAsyncHTTPClient", "ContosoBindings",
                .server("AsyncHTTPClient", from: "async-http-client"),
                .server("NIOSSL", from: "swift-nio-ssl"),
            ],
            path: "Tests/Interop/Driver",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "emulator-load",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .server("AsyncHTTPClient", from: "async-http-client"),
                .server("Hummingbird", from: "hummingbird"),
                .server("Logging", from: "swift-log"),
                .server("NIOCore", from: "swift-nio"),
                .server("NIOHTTP1", from: "swift-nio"),
            ],
            path: "Benchmarks/EmulatorLoad",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ExampleTests",
            dependencies: ["DataverseEmulator", "contacts", "account-list", "account-server", "ContosoBindings"],
            path: "Tests/Examples",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "DataverseEmulatorTests",
            dependencies: [
                "DataverseEmulator", "dataverse-emulator", "dataverse-gen", "TestSupport",
                .server("AsyncHTTPClient", from: "async-http-client"),
                .server("NIOCore", from: "swift-nio"),
                .server("NIOPosix", from: "swift-nio"),
                .server("NIOSSL", from: "swift-nio-ssl"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "Dataverse", "DataverseAsyncHTTPClient", "DataverseCredentials", "DataverseCurl", "DataverseEmulator",
                "ContosoBindings", "TestSupport",
                .server("X509", from: "swift-certificates"),
                .server("SwiftASN1", from: "swift-asn1"),
                .server("_CryptoExtras", from: "swift-crypto"),
                .server("NIOCore", from: "swift-nio"),
                .server("NIOHTTP1", from: "swift-nio"),
                .server("NIOPosix", from: "swift-nio"),
            ],
            path: "Tests/Scenarios",
            swiftSettings: swiftSettings
        ),
    ]
}

extension Target.Dependency {
    /// A product of a package that is resolved only where the trait `Server` is on.
    static func server(_ name: String, from package: String) -> Target.Dependency {
        .product(name: name, package: package, condition: .when(traits: ["Server"]))
    }

    /// A product of a package that is resolved only where the trait `Observability` is on, or another that needs it.
    static func observability(_ name: String, from package: String) -> Target.Dependency {
        .product(name: name, package: package, condition: .when(traits: ["Observability"]))
    }
}

// MARK: Documentation: with DATAVERSE_DOCUMENTATION=1, `swift package generate-documentation` is there, see ./dev documentation

if Context.environment["DATAVERSE_DOCUMENTATION"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}

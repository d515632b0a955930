// swift-tools-version: 6.1

import PackageDescription

// In-process benchmarks, in a package of their own so that users of swift-dataverse resolve none of this.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-dataverse", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Runtime",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "Dataverse", package: "swift-dataverse"),
                .product(name: "ODataCore", package: "swift-dataverse"),
                .product(name: "ContosoBindings", package: "swift-dataverse"),
            ],
            path: "Benchmarks/Runtime",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        )
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.1

import PackageDescription

// Two apps with generated bindings. Those of PluginApp are generated while it is built, and nothing generated is checked
// in; those of CheckedInApp are written by `swift package generate-dataverse-bindings`.
let package = Package(
    name: "PluginApp",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-dataverse", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "PluginApp",
            dependencies: [.product(name: "Dataverse", package: "swift-dataverse")],
            exclude: ["metadata.xml", "dataverse-gen.yaml"],
            plugins: [.plugin(name: "DataverseBindings", package: "swift-dataverse")]
        ),
        .executableTarget(
            name: "CheckedInApp",
            dependencies: [.product(name: "Dataverse", package: "swift-dataverse")],
            exclude: ["dataverse-gen.yaml"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

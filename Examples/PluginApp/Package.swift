// swift-tools-version: 6.1

import PackageDescription

// An app whose bindings are generated while it is built, by the plugin. Nothing generated is checked in.
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
        )
    ],
    swiftLanguageModes: [.v6]
)

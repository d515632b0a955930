/// The templates of this folder, as they are inside the tool.
public enum BuiltInTemplates {
    /// The text of every template by its name, which is that of its file without `.mustache`.
    public static var all: [String: String] {
        [
            "calls": text(PackageResources.calls_mustache),
            "choice": text(PackageResources.choice_mustache),
            "column": text(PackageResources.column_mustache),
            "columns": text(PackageResources.columns_mustache),
            "complex-types": text(PackageResources.complex_types_mustache),
            "enumerations": text(PackageResources.enumerations_mustache),
            "header": text(PackageResources.header_mustache),
            "lookup-targets": text(PackageResources.lookup_targets_mustache),
            "operations": text(PackageResources.operations_mustache),
            "table": text(PackageResources.table_mustache),
            "tables": text(PackageResources.tables_mustache),
        ]
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

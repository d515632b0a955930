/// The files that a build-tool plugin has declared to SwiftPM.
///
/// SwiftPM asks for them when it plans a build, and keeps the plan when only `dataverse-gen.yaml` changes. The files of
/// the plan are therefore always written, and no others: a table that came later is in `OtherTables.swift` until the
/// next plan has a file for it, and the file of one that went is empty until then.
public struct OutputPlan: Sendable, Hashable {
    /// The names of the files.
    public var files: [String]
    /// The tables of the configuration that have a file each.
    public var tables: [String]

    /// A plan.
    ///
    /// - Parameters:
    ///   - files: The names of the files that were declared.
    ///   - tables: The tables that the configuration lists now.
    public init(files: [String], tables: [String]) {
        self.files = files
        self.tables = tables
    }
}

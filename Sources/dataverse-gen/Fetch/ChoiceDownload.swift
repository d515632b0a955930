import BindingsGenerator
import CSDL
import Foundation

/// Downloads the choices of tables and the schema names of their columns, which the metadata document lacks.
///
/// Source: Dataverse Web API, "Query table definitions using the Web API".
struct ChoiceDownload {
    let location: ServiceLocation
    let curl: Curl
    let progress: ProgressReport

    /// The columns that have choices, by their types in the metadata API.
    static let columnTypes = [
        "PicklistAttributeMetadata", "MultiSelectPicklistAttributeMetadata", "StateAttributeMetadata",
        "StatusAttributeMetadata", "BooleanAttributeMetadata",
    ]

    /// What is known about a table, as the file has it.
    private typealias Definition = [String: Any]

    /// Downloads and puts together.
    ///
    /// - Parameter patterns: names of tables, with `*` as a wildcard; all tables where empty.
    /// - Returns: the text of the file, and how many tables and choice columns are in it.
    /// - Throws: `CommandFailure` where something cannot be had.
    func run(tables patterns: [String]) throws(CommandFailure) -> (text: Data, tables: Int, columns: Int) {
        let folder = try TemporaryFolder()
        progress.begin("Downloading the definitions of tables")
        var tables = try definitions(matching: patterns, in: folder.url)
        progress.begin("Downloading the choices of \(tables.count) tables")
        let found = try choices(of: tables.compactMap { $0["LogicalName"] as? String }, in: folder.url)
        var columns = 0
        for index in tables.indices {
            guard let name = tables[index]["LogicalName"] as? String, let choices = found[name] else { continue }
            columns += choices.count
            tables[index]["Attributes"] = ChoiceDownload.merged(tables[index]["Attributes"], with: choices)
        }
        do {
            let text = try JSONSerialization.data(
                withJSONObject: tables.map { ChoiceDownload.stripped($0) },
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            )
            return (text + Data("\n".utf8), tables.count, columns)
        } catch {
            throw .badInput(Diagnostic(.error, "the definitions cannot be written as JSON: \(error)"))
        }
    }

    // MARK: Downloading

    private func definitions(matching patterns: [String], in folder: URL) throws(CommandFailure) -> [Definition] {
        let columns = "$select=LogicalName,SchemaName&$expand=Attributes($select=LogicalName,SchemaName)"
        if !patterns.isEmpty, patterns.allSatisfy({ !$0.contains("*") }) {
            let replies = try replies(
                to: patterns.map { "EntityDefinitions(LogicalName='\(ChoiceDownload.escaped($0))')?\(columns)" },
                in: folder
            )
            var tables: [Definition] = []
            for (name, reply) in zip(patterns, replies) {
                guard let reply else {
                    throw .badInput(Diagnostic(.error, "the service has no table '\(name)'"))
                }
                tables.append(reply)
            }
            return tables
        }
        let reply = try replies(to: ["EntityDefinitions?\(columns)"], in: folder)[0]
        let all = (reply?["value"] as? [Definition] ?? []).filter { $0["LogicalName"] is String }
        let names = patterns.map { NamePattern($0) }
        let tables = all.filter { table in
            names.isEmpty || names.contains { $0.matches(table["LogicalName"] as? String ?? "") }
        }
        guard !tables.isEmpty else {
            throw .badInput(Diagnostic(.error, "the service has no table that matches; it names \(all.count) tables"))
        }
        return tables.sorted { ($0["LogicalName"] as? String ?? "") < ($1["LogicalName"] as? String ?? "") }
    }

    /// The choice columns of each table.
    private func choices(of tables: [String], in folder: URL) throws(CommandFailure) -> [String: [Definition]] {
        var requests: [String] = []
        for table in tables {
            for type in ChoiceDownload.columnTypes {
                requests.append(
                    "EntityDefinitions(LogicalName='\(ChoiceDownload.escaped(table))')/Attributes/"
                        + "Microsoft.Dynamics.CRM.\(type)?$select=LogicalName,SchemaName"
                        + "&$expand=OptionSet,GlobalOptionSet"
                )
            }
        }
        var found: [String: [Definition]] = [:]
        for (index, reply) in try replies(to: requests, in: folder).enumerated() {
            let table = tables[index / ChoiceDownload.columnTypes.count]
            let type = ChoiceDownload.columnTypes[index % ChoiceDownload.columnTypes.count]
            for var column in reply?["value"] as? [Definition] ?? [] {
                column["@odata.type"] = "#Microsoft.Dynamics.CRM.\(type)"
                found[table, default: []].append(column)
            }
        }
        return found
    }

    /// The replies to requests below the service root, `nil` where there is no such thing.
    private func replies(to requests: [String], in folder: URL) throws(CommandFailure) -> [Definition?] {
        let transfers = requests.enumerated().map { index, request in
            Curl.Transfer(
                url: "\(location.root)/\(request.replacing(" ", with: "%20"))",
                file: folder.appending(path: "\(index).json")
            )
        }
        let outcomes = try curl.download(transfers) { progress.update("\($0) of \(requests.count)") }
        var replies: [Definition?] = []
        for (transfer, outcome) in zip(transfers, outcomes) {
            let body = (try? Data(contentsOf: transfer.file)) ?? Data()
            try? FileManager.default.removeItem(at: transfer.file)
            if outcome.status == 404, outcome.message.isEmpty {
                replies.append(nil)
                continue
            }
            guard outcome.isSuccess else {
                throw DownloadFailure(outcome, body: body, url: transfer.url).commandFailure
            }
            guard let reply = try? JSONSerialization.jsonObject(with: body) as? Definition else {
                throw .badInput(Diagnostic(.error, "the reply is no JSON object: \(transfer.url)"))
            }
            replies.append(reply)
        }
        return replies
    }

    private static func escaped(_ name: String) -> String {
        let quoted = name.replacing("'", with: "''")
        return quoted.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? quoted
    }

    // MARK: Putting together

    private static func merged(_ attributes: Any?, with choices: [Definition]) -> [Definition] {
        var columns: [String: Definition] = [:]
        for column in (attributes as? [Definition] ?? []) + choices {
            guard let name = column["LogicalName"] as? String else { continue }
            columns[name, default: [:]].merge(column) { $1 }
        }
        return columns.sorted { $0.key < $1.key }.map(\.value)
    }

    /// What changes from environment to environment, or says nothing, has no place in a file that is compared.
    private static let noise: Set<String> = [
        "MetadataId", "HasChanged", "IsManaged", "IntroducedVersion", "IsCustomizable", "ExternalTypeName",
        "@odata.context", "@odata.etag",
    ]

    private static func stripped(_ value: Any) -> Any {
        if let object = value as? [String: Any] {
            return object.filter { !noise.contains($0.key) && !($0.value is NSNull) }.mapValues { stripped($0) }
        }
        if let list = value as? [Any] { return list.map { stripped($0) } }
        return value
    }
}

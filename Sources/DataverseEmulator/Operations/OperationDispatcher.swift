import CSDL
import HTTPTypes
import ODataCore
import ODataQuery

/// Finds the operation that a request calls, checks its parameters, and runs its handler.
struct OperationDispatcher: Sendable {
    let schema: ServiceSchema
    let handlers: [String: OperationHandler]

    /// An operation that a path ends with.
    struct Match: Sendable {
        let name: String
        /// The declaration; `nil` for an operation that has a handler, but is not declared.
        let operation: CSDL.Operation?
        let arguments: [Argument]
        /// The segments before the operation's; empty if it is unbound.
        let binding: ResourcePath
    }

    /// The operation that a path calls; `nil` if its last segment is the name of none.
    ///
    /// Operations that have a handler can be called even if the metadata does not declare them.
    func match(_ path: ResourcePath, method: HTTPRequest.Method) -> Match? {
        guard case .name(let name, let arguments)? = path.segments.last else { return nil }
        let binding = ResourcePath(segments: Array(path.segments.dropLast()))
        let isBound = !binding.segments.isEmpty
        let unqualified = name.split(separator: ".").last.map(String.init) ?? name
        // Bound operations are called by their qualified names; only Dataverse's own clients leave them out.
        let candidates =
            isBound
            ? (schema.boundOperations[unqualified] ?? []).filter { isNamed($0, name) }.map(\.element)
            : schema.importedOperations[name] ?? []
        if candidates.isEmpty {
            let isCalled = isBound ? name.hasPrefix(Self.namespace) : schema.tables[name] == nil
            guard isCalled, handlers[unqualified] != nil else { return nil }
            return Match(name: unqualified, operation: nil, arguments: arguments ?? [], binding: binding)
        }
        let names = Set((arguments ?? []).compactMap(\.name))
        let best = candidates.first { candidate in names.isSubset(of: candidate.callParameters.map(\.name)) }
        return (best ?? candidates.first).map { operation in
            Match(name: operation.name, operation: operation, arguments: arguments ?? [], binding: binding)
        }
    }

    private static let namespace = "Microsoft.Dynamics.CRM."

    private func isNamed(_ declared: SchemaIndex.Declared<CSDL.Operation>, _ name: String) -> Bool {
        !name.contains(".") || schema.index.canonicalName(name) == declared.qualifiedName
    }

    func run(
        _ match: Match,
        _ request: EmulatorRequest,
        aliases: [String: Expression],
        boundRow: String?,
        service: EmulatedService
    ) async throws -> EmulatorResponse {
        let isAllowed: Bool =
            switch match.operation?.kind {
            case .action?: request.method == .post
            case .function?: request.method == .get
            case nil: request.method == .post || request.method == .get
            }
        guard isAllowed else { throw ServiceError.methodNotAllowed(request.method.rawValue) }
        let parameters = try parameters(match, request, aliases)
        guard let handler = handlers[match.name] else {
            let kind = match.operation?.kind.rawValue.lowercased() ?? "operation"
            throw ServiceError.unsupported("the \(kind) '\(match.name)'")
        }
        let call = OperationCall(
            name: match.name,
            parameters: parameters,
            boundRow: boundRow,
            service: service
        )
        switch try await handler(call) {
        case .none: return EmulatorResponse(.noContent)
        case .value(let value): return response(value, match, root: request.root)
        }
    }

    private func response(_ value: Value, _ match: Match, root: String) -> EmulatorResponse {
        var type = match.operation?.returnType.map {
            let name = schema.index.canonicalName($0.name)
            return $0.isCollection ? "Collection(\(name))" : name
        }
        if match.operation == nil { type = "\(Self.namespace)\(match.name)Response" }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", root + "$metadata#" + (type ?? "Edm.Untyped"))
        if case .object(let record) = value {
            for (name, member) in record.members {
                json.name(name)
                json.raw(JSONWriter.bytes(from: member))
            }
        } else {
            json.name("value")
            json.raw(JSONWriter.bytes(from: value))
        }
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }

    // MARK: Parameters

    private func parameters(
        _ match: Match,
        _ request: EmulatorRequest,
        _ aliases: [String: Expression]
    ) throws -> Record {
        var given: [(name: String, value: Value)] = []
        if request.method == .post {
            given = request.body.isEmpty ? [] : try request.object().members
        } else {
            for argument in match.arguments {
                guard let name = argument.name else {
                    throw ServiceError.badQuery("The parameters of '\(match.name)' need names.")
                }
                given.append((name, try Self.json(argument.value, aliases)))
            }
        }
        guard let operation = match.operation else {
            return Record(members: given.map { ($0.name, $0.value) })
        }
        let declared = Array(operation.callParameters)
        for (name, value) in given {
            guard let parameter = declared.first(where: { $0.name == name }) else {
                throw ServiceError.badPayload(
                    "The parameter '\(name)' is not one of the operation '\(match.name)'."
                )
            }
            try check(value, parameter)
        }
        for parameter in declared where !given.contains(where: { $0.name == parameter.name }) {
            let isOptional =
                parameter.type.isNullable
                || parameter.annotations.contains {
                    schema.index.annotation($0, hasTerm: "Org.OData.Core.V1.OptionalParameter")
                }
            if !isOptional {
                throw ServiceError.badPayload(
                    "The parameter '\(parameter.name)' of the operation '\(match.name)' is missing."
                )
            }
        }
        return Record(members: given.map { ($0.name, $0.value) })
    }

    private func check(_ value: Value, _ parameter: CSDL.Operation.Parameter) throws {
        let type: ColumnType
        if let declared = schema.index.enumType(named: parameter.type.name) {
            type = .enumeration(EnumerationSchema(declared))
        } else if let primitive = schema.index.primitiveType(named: parameter.type.name) {
            type = ColumnType(primitive, facets: parameter.type.facets)
        } else {
            return
        }
        let isFit =
            parameter.type.isCollection
            ? value.arrayValue.map { $0.allSatisfy { type.stored($0) != nil } } ?? false
            : type.stored(value).map { !$0.isNull || parameter.type.isNullable } ?? false
        guard isFit else {
            throw ServiceError.badPayload(
                "The value of the parameter '\(parameter.name)' is not of type '\(parameter.type.spelling)'."
            )
        }
    }

    /// The JSON that a literal, an array or an object in a URL stands for.
    static func json(_ expression: Expression, _ aliases: [String: Expression], depth: Int = 0) throws -> Value {
        guard depth < 100 else { throw ServiceError.badQuery("A parameter alias refers to itself.") }
        switch expression {
        case .literal(let literal): return json(literal)
        case .array(let elements): return .array(try elements.map { try json($0, aliases, depth: depth + 1) })
        case .object(let members):
            return .object(
                Record(members: try members.map { ($0.name, try json($0.value, aliases, depth: depth + 1)) })
            )
        case .path(let path):
            guard case .alias(let name) = path.root, path.steps.isEmpty else { break }
            guard let value = aliases[name] else { return .null }
            return try json(value, aliases, depth: depth + 1)
        default: break
        }
        throw ServiceError.unsupported("expressions as parameters of functions")
    }

    private static func json(_ literal: Literal) -> Value {
        switch literal {
        case .null: .null
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let text): (try? JSONReader.value(from: Array(text.utf8))) ?? .string(text)
        case .double(let number):
            number.isFinite ? .double(number) : .string(number.isNaN ? "NaN" : "\(number > 0 ? "" : "-")INF")
        case .string(let text), .guid(let text), .date(let text), .dateTimeOffset(let text), .timeOfDay(let text),
            .duration(let text), .binary(let text), .geography(let text), .geometry(let text):
            .string(text)
        case .enumeration(_, let members): .string(members.joined(separator: ","))
        }
    }
}

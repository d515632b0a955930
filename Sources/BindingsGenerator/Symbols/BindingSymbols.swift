import CSDL

/// Which Swift names the bindings of a document have, without writing them: the same builders name the elements, so
/// that the answer is that of `generate` with the same configuration.
public struct BindingSymbols: Sendable {
    /// A symbol.
    public struct Symbol: Sendable, Hashable {
        /// The type it is a member of; `nil` for a type.
        public let owner: String?
        /// Its name without backticks.
        public let name: String
        /// Names one of which a source that uses it also has, such as that of its type or of the property of the client
        /// that leads to it; none where it can be used without them.
        public let companions: [String]
    }

    /// What one asks for, so that only that is worked out.
    public struct Request: Sendable, Hashable {
        /// The names of the properties and enumeration members that are asked for.
        public var members: Set<String> = []
        /// The canonical names of entity types whose members are asked for.
        public var entityTypes: Set<String> = []
        /// Whether members of complex types are asked for.
        public var includesComplexTypes = false
        /// Whether members of enumerations are asked for.
        public var includesEnumerations = false
        /// The canonical names of bound actions and functions that are asked for.
        public var operations: Set<String> = []
        /// Whether the actions and functions that are not bound are asked for.
        public var includesServiceOperations = false
        /// Whether the properties of the clients that lead to entity sets and singletons are asked for.
        public var includesAccessors = false

        /// Asks for nothing but the names of types.
        public init() {}
    }

    private let typeNames: TypeNames
    private let wanted: Set<String>
    private var members: [String: [Symbol]] = [:]
    private var accessors: [String: Symbol] = [:]
    private var operations: [String: [Symbol]] = [:]

    /// Names the elements of documents.
    ///
    /// - Parameters:
    ///   - documents: The documents.
    ///   - configuration: What is generated and how.
    ///   - request: What is asked for.
    /// - Throws: ``GeneratorError`` where the configuration does not fit the documents.
    public init(
        _ documents: [CSDLDocument],
        configuration: GeneratorConfiguration = GeneratorConfiguration(),
        request: Request
    ) throws(GeneratorError) {
        wanted = request.members
        let index = SchemaIndex(documents)
        let schema = try BindingSymbols.select(index, configuration)
        typeNames = TypeNames(schema, configuration: configuration)
        let builder = ContextBuilder(
            schema: schema,
            names: typeNames,
            file: FileContext(sourceName: "", configuration: configuration),
            columnTemplate: .names,
            optionSets: try OptionSetsReader.read(files: configuration.optionSets).0
        )
        var types = request.entityTypes
        for operation in index.operations where request.operations.contains(operation.qualifiedName) {
            if let type = operation.element.bindingParameter?.type.name { types.insert(index.canonicalName(type)) }
        }
        for type in schema.entityTypes where BindingSymbols.isAskedFor(type, index, types) {
            add(builder.table(type).context, of: type, index)
        }
        if request.includesComplexTypes {
            for (type, context) in zip(schema.complexTypes, builder.complexTypes().context.types) {
                let declarations = [context.columns, context.lookups, context.collections]
                add(
                    declarations,
                    owner: context.name,
                    companions: [context.name],
                    to: index.lineage(of: type).map(\.qualifiedName)
                )
            }
        }
        if request.includesEnumerations {
            for (type, context) in zip(schema.enumTypes, builder.enumerations().context.types) {
                for member in context.members {
                    let symbol = Symbol(owner: context.name, name: member.name.withoutBackticks, companions: [])
                    let name = BindingSymbols.literals(in: member.literal).first ?? ""
                    members["\(type.qualifiedName)/\(name)", default: []].append(symbol)
                }
            }
        }
        if request.includesServiceOperations { addServiceOperations(builder.operations().context) }
        if request.includesAccessors { addAccessors(schema) }
    }

    /// What is selected. A name in the configuration may be that of a table which only another version of the schema has;
    /// then everything is named.
    private static func select(
        _ index: SchemaIndex,
        _ configuration: GeneratorConfiguration
    ) throws(GeneratorError) -> SelectedSchema {
        do throws(GeneratorError) {
            return try Selector(index: index, configuration: configuration).select().0
        } catch {
            var everything = configuration
            everything.include = []
            everything.exclude = []
            return try Selector(index: index, configuration: everything).select().0
        }
    }

    /// A table is asked for by its own name, or by that of a type it inherits from.
    private static func isAskedFor(
        _ type: SchemaIndex.Declared<EntityType>,
        _ index: SchemaIndex,
        _ wanted: Set<String>
    ) -> Bool {
        guard !wanted.isEmpty else { return false }
        return wanted.contains(type.qualifiedName)
            || index.lineage(of: type).contains { wanted.contains($0.qualifiedName) }
    }

    // MARK: Answers

    /// The Swift type of a type; `nil` where none is generated.
    public func type(_ qualifiedName: String) -> Symbol? {
        typeNames[qualifiedName].map { Symbol(owner: nil, name: $0, companions: []) }
    }

    /// The members made of a property or an enumeration member: one for each type that has it, inherited or not.
    public func members(_ name: String, of qualifiedName: String) -> [Symbol] {
        members["\(qualifiedName)/\(name)"] ?? []
    }

    /// The methods made of an action or function, by its qualified name or the name of its import.
    public func operation(_ name: String) -> [Symbol] { operations[name] ?? [] }

    /// The property of the clients that leads to an entity set or a singleton.
    public func accessor(of name: String) -> Symbol? { accessors[name] }

    // MARK: Collecting

    private mutating func add(
        _ context: TableContext,
        of type: SchemaIndex.Declared<EntityType>,
        _ index: SchemaIndex
    ) {
        let accessors = context.accessors.map(\.name.withoutBackticks)
        let companions = [context.name] + accessors
        add(
            [context.columns, context.lookups, context.collections],
            owner: context.name,
            companions: companions,
            to: index.lineage(of: type).map(\.qualifiedName)
        )
        for operation in context.operations {
            let symbol = Symbol(owner: context.name, name: operation.name.withoutBackticks, companions: companions)
            let path = BindingSymbols.literals(in: operation.pathName).first ?? ""
            operations[path, default: []].append(symbol)
        }
    }

    /// Each type has the properties of its entity sets first, then those of its singletons.
    private mutating func addAccessors(_ schema: SelectedSchema) {
        let named = ClientAccessors(
            schema: schema,
            vocabulary: Vocabulary(index: schema.index),
            style: typeNames.style
        )
        for type in schema.entityTypes {
            let sets = schema.index.entitySets(ofType: type.qualifiedName).map(\.element.name)
            let singletons = schema.index.singletons.filter {
                schema.index.entityType(named: $0.element.type)?.qualifiedName == type.qualifiedName
            }
            let sources = sets + singletons.map(\.element.name)
            for (source, accessor) in zip(sources, named.ofType[type.qualifiedName] ?? []) {
                let name = accessor.name.withoutBackticks
                accessors[source] = Symbol(owner: "DataverseClient", name: name, companions: [])
            }
        }
    }

    private mutating func addServiceOperations(_ context: OperationsContext) {
        for operation in context.operations + context.unreachableOperations {
            let name = operation.name.withoutBackticks
            let path = BindingSymbols.literals(in: operation.pathName).first ?? ""
            operations[path, default: []].append(Symbol(owner: "DataverseClient", name: name, companions: []))
        }
    }

    /// Finds the declarations in columns that ``ColumnTemplate/names`` wrote: `name { Column("name") }`. The literals in
    /// the getter are the names that the declaration stands for in the metadata.
    private mutating func add(_ declarations: [String?], owner: String, companions: [String], to types: [String]) {
        for declaration in declarations.compactMap(\.self) {
            for (name, source) in DeclaredNames.pairs(in: declaration) where wanted.contains(source) {
                let symbol = Symbol(owner: owner, name: name.withoutBackticks, companions: companions)
                for type in types { members[type + "/" + source, default: []].append(symbol) }
            }
        }
    }

    /// The string literals in a piece of code, without escapes, which names do not have.
    private static func literals(in code: String) -> [String] {
        let parts = code.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(Substring(parts[$0])) }
    }
}

extension String {
    fileprivate var withoutBackticks: String { hasPrefix("`") ? String(dropFirst().dropLast()) : self }
}

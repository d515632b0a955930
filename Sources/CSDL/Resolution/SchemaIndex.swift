/// Finds the elements of one or several documents by name, and what they inherit.
///
/// Names may be qualified with a namespace or with an alias. The index holds the answers that every reader of a model
/// needs; it is built once.
public struct SchemaIndex: Sendable {
    /// An element together with the schema that declares it.
    public struct Declared<Element: Sendable>: Sendable {
        /// The element.
        public let element: Element
        /// The namespace of the schema.
        public let namespace: String
        /// The name qualified with the namespace, which is how the index knows it.
        public let qualifiedName: String
        /// The name qualified with the alias of the schema, where it has one.
        public let aliasQualifiedName: String?
        /// The document, for diagnostics.
        public let sourceName: String
        /// The path that annotations from outside the element name it with.
        public let target: String
    }

    /// What the name of a type stands for.
    public enum NamedType: Sendable {
        /// A type of the `Edm` namespace.
        case primitive(PrimitiveType)
        /// An entity type.
        case entity(Declared<EntityType>)
        /// A complex type.
        case complex(Declared<ComplexType>)
        /// An enumeration type.
        case enumeration(Declared<EnumType>)
        /// A type definition.
        case definition(Declared<TypeDefinition>)
    }

    private enum Place {
        case entity(Int), complex(Int), enumeration(Int), definition(Int)
    }

    /// All entity types, in the order of the documents.
    public private(set) var entityTypes: [Declared<EntityType>] = []
    /// All complex types.
    public private(set) var complexTypes: [Declared<ComplexType>] = []
    /// All enumeration types.
    public private(set) var enumTypes: [Declared<EnumType>] = []
    /// All type definitions.
    public private(set) var typeDefinitions: [Declared<TypeDefinition>] = []
    /// All actions and functions, overloads one by one.
    public private(set) var operations: [Declared<Operation>] = []
    /// The entity sets of all containers, those of extended containers included.
    public private(set) var entitySets: [Declared<EntitySet>] = []
    /// The singletons of all containers.
    public private(set) var singletons: [Declared<Singleton>] = []
    /// The action and function imports of all containers.
    public private(set) var operationImports: [Declared<OperationImport>] = []
    /// What is wrong with the documents as a whole: names declared twice, unknown base types, circular inheritance,
    /// references to documents that are not among them.
    public private(set) var diagnostics: [Diagnostic] = []

    private var namespaceOfAlias: [String: String] = [:]
    /// Longer names before the last dot are no aliases: they need not be looked up.
    private var longestAlias = 0
    private static let primitives = Dictionary(
        uniqueKeysWithValues: PrimitiveType.allCases.map { ($0.rawValue, $0) }
    )
    private var places: [String: Place] = [:]
    private var setsOfType: [String: [Int]] = [:]
    private var derivedEntityTypes: [String: [Int]] = [:]
    private var targetedAnnotations: [String: [Annotation]] = [:]

    /// Indexes documents.
    public init(_ documents: [CSDLDocument]) {
        let linker = DocumentLinker(documents)
        let documents = linker.documents
        diagnostics = linker.diagnostics
        for document in documents {
            for include in document.references.flatMap(\.includes) {
                if let alias = include.alias { namespaceOfAlias[alias] = include.namespace }
            }
        }
        let schemas = documents.flatMap(\.schemas)
        for schema in schemas {
            if let alias = schema.alias { namespaceOfAlias[alias] = schema.namespace }
        }
        longestAlias = namespaceOfAlias.keys.map(\.utf8.count).max() ?? 0
        for schema in schemas { addTypes(of: schema) }
        for schema in schemas { addContainers(of: schema) }
        for schema in schemas { addTargetedAnnotations(of: schema) }
        for (index, type) in entityTypes.enumerated() {
            if let base = type.element.baseType { derivedEntityTypes[canonicalName(base), default: []].append(index) }
        }
        checkInheritance()
    }

    // MARK: Names

    /// A qualified name with its alias replaced by the namespace. Other names come back as they are.
    public func canonicalName(_ name: String) -> String { nameWithoutAlias(name) ?? name }

    /// A name with its alias replaced; `nil` where it has none.
    private func nameWithoutAlias(_ name: String) -> String? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")),
            name.utf8.distance(from: name.startIndex, to: dot) <= longestAlias,
            let namespace = namespaceOfAlias[String(name[..<dot])]
        else { return nil }
        return namespace + name[dot...]
    }

    /// What a qualified name stands for; `nil` where no document declares it.
    public func type(named name: String) -> NamedType? {
        // Most columns have a primitive type.
        if places[name] == nil, let primitive = SchemaIndex.primitives[name] { return .primitive(primitive) }
        return switch place(of: name) {
        case .entity(let index)?: .entity(entityTypes[index])
        case .complex(let index)?: .complex(complexTypes[index])
        case .enumeration(let index)?: .enumeration(enumTypes[index])
        case .definition(let index)?: .definition(typeDefinitions[index])
        case nil: nil
        }
    }

    /// The entity type of a qualified name.
    public func entityType(named name: String) -> Declared<EntityType>? {
        if case .entity(let index)? = place(of: name) { entityTypes[index] } else { nil }
    }

    /// The complex type of a qualified name.
    public func complexType(named name: String) -> Declared<ComplexType>? {
        if case .complex(let index)? = place(of: name) { complexTypes[index] } else { nil }
    }

    /// The enumeration type of a qualified name.
    public func enumType(named name: String) -> Declared<EnumType>? {
        if case .enumeration(let index)? = place(of: name) { enumTypes[index] } else { nil }
    }

    /// The primitive type behind a name: of a primitive type itself, or of a type definition.
    public func primitiveType(named name: String) -> PrimitiveType? {
        switch type(named: name) {
        case .primitive(let type)?: type
        case .definition(let definition)?: PrimitiveType(rawValue: definition.element.underlyingType.name)
        default: nil
        }
    }

    private func place(of name: String) -> Place? {
        places[name] ?? nameWithoutAlias(name).flatMap { places[$0] }
    }

    // MARK: Inheritance

    /// An entity type and all it inherits from, the root first.
    public func lineage(of type: Declared<EntityType>) -> [Declared<EntityType>] {
        lineage(of: type, base: \.element.baseType, lookUp: entityType(named:))
    }

    /// A complex type and all it inherits from, the root first.
    public func lineage(of type: Declared<ComplexType>) -> [Declared<ComplexType>] {
        lineage(of: type, base: \.element.baseType, lookUp: complexType(named:))
    }

    /// The key of an entity type, its own or inherited; empty where it has none.
    public func key(of type: Declared<EntityType>) -> [EntityType.KeyProperty] {
        lineage(of: type).last { !$0.element.key.isEmpty }?.element.key ?? []
    }

    /// The entity types that name this one as their base.
    public func directSubtypes(of type: Declared<EntityType>) -> [Declared<EntityType>] {
        derivedEntityTypes[type.qualifiedName, default: []].map { entityTypes[$0] }
    }

    private func lineage<Element>(
        of type: Declared<Element>,
        base: (Declared<Element>) -> String?,
        lookUp: (String) -> Declared<Element>?
    ) -> [Declared<Element>] {
        var lineage = [type]
        var current = type
        while let name = base(current), let next = lookUp(name),
            !lineage.contains(where: { $0.qualifiedName == next.qualifiedName })
        {
            lineage.append(next)
            current = next
        }
        return lineage.reversed()
    }

    // MARK: Containers and annotations

    /// The entity sets whose entities have this type, by the type's canonical name.
    public func entitySets(ofType qualifiedName: String) -> [Declared<EntitySet>] {
        setsOfType[qualifiedName, default: []].map { entitySets[$0] }
    }

    /// The annotations of an element: those written inside it and those that target it from outside.
    ///
    /// - Parameters:
    ///   - element: The element.
    ///   - target: The canonical path of the element, as in `Microsoft.Dynamics.CRM.account/name`.
    public func annotations(of element: some AnnotatedElement, target: @autoclosure () -> String) -> [Annotation] {
        guard !targetedAnnotations.isEmpty, let more = targetedAnnotations[target()] else { return element.annotations }
        return element.annotations + more
    }

    /// Whether an annotation has this term, whichever alias it is written with.
    public func annotation(_ annotation: Annotation, hasTerm term: String) -> Bool {
        annotation.term == term || canonicalName(annotation.term) == term
    }
}

// MARK: Building

extension SchemaIndex {
    private mutating func addTypes(of schema: Schema) {
        for type in schema.entityTypes where register(type, type.name, .entity(entityTypes.count), schema) {
            entityTypes.append(declared(type, type.name, schema))
        }
        for type in schema.complexTypes where register(type, type.name, .complex(complexTypes.count), schema) {
            complexTypes.append(declared(type, type.name, schema))
        }
        for type in schema.enumTypes where register(type, type.name, .enumeration(enumTypes.count), schema) {
            enumTypes.append(declared(type, type.name, schema))
        }
        for type in schema.typeDefinitions where register(type, type.name, .definition(typeDefinitions.count), schema) {
            typeDefinitions.append(declared(type, type.name, schema))
        }
        for operation in schema.operations {
            operations.append(declared(operation, operation.name, schema))
        }
    }

    private mutating func register(
        _ element: some AnnotatedElement,
        _ name: String,
        _ place: Place,
        _ schema: Schema
    ) -> Bool {
        let qualifiedName = schema.qualifiedName(name)
        guard places[qualifiedName] == nil else {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    "\(qualifiedName.quoted) is declared a second time; this declaration is ignored",
                    file: schema.sourceName,
                    position: element.position
                )
            )
            return false
        }
        places[qualifiedName] = place
        if let alias = schema.alias { places[alias + "." + name] = place }
        return true
    }

    private mutating func addContainers(of schema: Schema) {
        for container in schema.entityContainers {
            for set in container.entitySets {
                setsOfType[canonicalName(set.entityType), default: []].append(entitySets.count)
                entitySets.append(declared(set, set.name, schema, in: container))
            }
            singletons += container.singletons.map { declared($0, $0.name, schema, in: container) }
            operationImports += container.operationImports.map { declared($0, $0.name, schema, in: container) }
        }
    }

    private mutating func addTargetedAnnotations(of schema: Schema) {
        for group in schema.annotationGroups {
            targetedAnnotations[canonicalTarget(group.target), default: []] += group.annotations
        }
    }

    /// The target of an annotation group with the alias of its first segment replaced.
    private func canonicalTarget(_ target: String) -> String {
        guard let slash = target.firstIndex(of: "/") else { return canonicalName(target) }
        return canonicalName(String(target[..<slash])) + target[slash...]
    }

    private func declared<Element>(
        _ element: Element,
        _ name: String,
        _ schema: Schema,
        in container: EntityContainer? = nil
    ) -> Declared<Element> {
        Declared(
            element: element,
            namespace: schema.namespace,
            qualifiedName: schema.qualifiedName(name),
            aliasQualifiedName: schema.alias.map { $0 + "." + name },
            sourceName: schema.sourceName,
            target: schema.qualifiedName(container.map { "\($0.name)/\(name)" } ?? name)
        )
    }

    private mutating func checkInheritance() {
        for type in entityTypes {
            checkBase(of: type, named: type.element.baseType, at: type.element.position, lookUp: entityType(named:)) {
                $0.element.baseType
            }
        }
        for type in complexTypes {
            checkBase(of: type, named: type.element.baseType, at: type.element.position, lookUp: complexType(named:)) {
                $0.element.baseType
            }
        }
    }

    private mutating func checkBase<Element>(
        of type: Declared<Element>,
        named name: String?,
        at position: SourcePosition,
        lookUp: (String) -> Declared<Element>?,
        base: (Declared<Element>) -> String?
    ) {
        guard let name else { return }
        let subject = type.qualifiedName.quoted
        guard let root = lookUp(name) else {
            if name != "Edm.EntityType", name != "Edm.ComplexType" {
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        "the base type \(name.quoted) of \(subject) is unknown; nothing is inherited",
                        file: type.sourceName,
                        position: position
                    )
                )
            }
            return
        }
        var visited: Set<String> = [type.qualifiedName]
        var current: Declared<Element>? = root
        while let ancestor = current {
            guard visited.insert(ancestor.qualifiedName).inserted else {
                diagnostics.append(
                    Diagnostic(
                        .error,
                        "\(subject) inherits from itself",
                        file: type.sourceName,
                        position: position
                    )
                )
                return
            }
            current = base(ancestor).flatMap(lookUp)
        }
    }
}

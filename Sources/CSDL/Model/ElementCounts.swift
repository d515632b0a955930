/// How many elements of each kind a document contains, whether or not they can be used.
///
/// The names of the coding keys are the ones `dataverse-gen inspect --format json` prints.
public struct ElementCounts: Sendable, Hashable, Codable {
    /// `Schema` elements.
    public var schemas = 0
    /// `EntityType` elements.
    public var entityTypes = 0
    /// `ComplexType` elements.
    public var complexTypes = 0
    /// `EnumType` elements.
    public var enumTypes = 0
    /// `TypeDefinition` elements.
    public var typeDefinitions = 0
    /// `Property` elements of entity types and complex types.
    public var properties = 0
    /// `NavigationProperty` elements.
    public var navigationProperties = 0
    /// `Action` elements.
    public var actions = 0
    /// `Function` elements.
    public var functions = 0
    /// `EntitySet` elements.
    public var entitySets = 0
    /// `Singleton` elements.
    public var singletons = 0
    /// `ActionImport` elements.
    public var actionImports = 0
    /// `FunctionImport` elements.
    public var functionImports = 0
    /// `Term` elements.
    public var terms = 0
    /// `Annotation` elements.
    public var annotations = 0

    /// Makes counts of nothing.
    public init() {}

    /// The counts with their names, in the order they are printed.
    public var rows: [(name: String, count: Int)] {
        [
            ("schemas", schemas),
            ("entityTypes", entityTypes),
            ("complexTypes", complexTypes),
            ("enumTypes", enumTypes),
            ("typeDefinitions", typeDefinitions),
            ("properties", properties),
            ("navigationProperties", navigationProperties),
            ("actions", actions),
            ("functions", functions),
            ("entitySets", entitySets),
            ("singletons", singletons),
            ("actionImports", actionImports),
            ("functionImports", functionImports),
            ("terms", terms),
            ("annotations", annotations),
        ]
    }
}

import BindingsGenerator
import CSDL
import SchemaDiff

/// The Swift names of schema elements, as `generate` gives them.
struct GeneratorSymbols: SymbolNaming {
    private let symbols: BindingSymbols

    /// - Parameters:
    ///   - document: The document.
    ///   - configuration: What is generated and how.
    ///   - changes: The changes whose elements will be asked for.
    init(_ document: CSDLDocument, configuration: GeneratorConfiguration, changes: [Change]) throws(GeneratorError) {
        var request = BindingSymbols.Request()
        for change in changes { GeneratorSymbols.ask(for: change.element, &request) }
        symbols = try BindingSymbols([document], configuration: configuration, request: request)
    }

    private static func ask(for element: SchemaElement, _ request: inout BindingSymbols.Request) {
        if case .member(let kind, let name, let owner) = element {
            request.members.insert(name)
            if kind == .choice, case .member(_, let column, _) = owner { request.members.insert(column) }
        }
        switch (element.kind, element.root.kind) {
        case (.property, .complexType), (.navigationProperty, .complexType): request.includesComplexTypes = true
        case (.property, _), (.navigationProperty, _), (.choices, _), (.choice, _):
            request.entityTypes.insert(element.root.path)
        case (.enumMember, _): request.includesEnumerations = true
        case (_, .action), (_, .function):
            request.operations.insert(String(element.root.path.prefix { $0 != "(" }))
            request.includesServiceOperations = true
        case (.actionImport, _), (.functionImport, _): request.includesServiceOperations = true
        case (.entitySet, _), (.singleton, _): request.includesAccessors = true
        default: break
        }
    }

    func symbols(for element: SchemaElement) -> [SwiftSymbol] {
        GeneratorSymbols.unique(found(for: element))
    }

    private func found(for element: SchemaElement) -> [BindingSymbols.Symbol] {
        switch element {
        case .named(let kind, let name):
            switch kind {
            case .entityType, .complexType, .enumType: symbols.type(name).map { [$0] } ?? []
            case .action, .function: symbols.operation(String(name.prefix { $0 != "(" })) + unbound(name)
            default: []
            }
        case .member(let kind, let name, let owner):
            switch kind {
            case .property, .navigationProperty, .enumMember, .choices: symbols.members(name, of: owner.path)
            case .choice: found(for: owner)
            case .parameter, .result: found(for: owner)
            case .entitySet, .singleton: symbols.accessor(of: name).map { [$0] } ?? []
            case .actionImport, .functionImport: symbols.operation(name)
            default: []
            }
        }
    }

    /// An unbound operation is called by the name of its import, which mostly is its own.
    private func unbound(_ qualifiedName: String) -> [BindingSymbols.Symbol] {
        let name = qualifiedName.prefix { $0 != "(" }.split(separator: ".").last.map(String.init)
        return name.map { symbols.operation($0) } ?? []
    }

    private static func unique(_ symbols: [BindingSymbols.Symbol]) -> [SwiftSymbol] {
        Set(symbols.map { SwiftSymbol(owner: $0.owner, name: $0.name, companions: $0.companions) }).sorted()
    }
}

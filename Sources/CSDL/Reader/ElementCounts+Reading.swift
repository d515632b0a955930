extension ElementCounts {
    /// Counts one element of the edm namespace. Properties are counted by their parents, as only those of structured
    /// types count.
    mutating func add(_ name: ElementName) {
        switch name {
        case .annotation: annotations += 1
        case .navigationProperty: navigationProperties += 1
        case .schema: schemas += 1
        case .entityType: entityTypes += 1
        case .complexType: complexTypes += 1
        case .enumType: enumTypes += 1
        case .typeDefinition: typeDefinitions += 1
        case .action: actions += 1
        case .function: functions += 1
        case .entitySet: entitySets += 1
        case .singleton: singletons += 1
        case .actionImport: actionImports += 1
        case .functionImport: functionImports += 1
        case .term: terms += 1
        default: break
        }
    }
}

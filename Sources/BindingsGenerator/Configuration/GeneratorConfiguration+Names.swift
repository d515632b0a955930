import CSDL

extension GeneratorConfiguration {
    /// Checks what becomes part of the Swift source as it is.
    ///
    /// - Throws: ``GeneratorError`` where an import or a type is not a name of Swift.
    public func checkNames() throws(GeneratorError) {
        var problems: [String] = []
        for name in imports where !SwiftIdentifier.isModulePath(name) {
            problems.append("'\(name)' is not the name of a module")
        }
        for type in columnTypes {
            for name in [type.type] + [type.converter].compactMap({ $0 }) where !SwiftIdentifier.isTypeName(name) {
                problems.append("'\(name)' is not the name of a Swift type")
            }
        }
        for rename in naming.renames where !SwiftIdentifier.isValid(rename.name) {
            problems.append("'\(rename.name)' is not a Swift identifier")
        }
        guard problems.isEmpty else { throw GeneratorError(.badInput, problems.map { Diagnostic(.error, $0) }) }
    }
}

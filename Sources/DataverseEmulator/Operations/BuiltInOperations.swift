/// The operations of Dataverse that the emulator knows by itself. They can be called whether the metadata declares them
/// or not.
enum BuiltInOperations {
    static let handlers: [String: OperationHandler] = [
        EnvironmentOperations.handlers, ClosingOperations.handlers, RowOperations.handlers, SharingOperations.handlers,
        ChoiceOperations.handlers, FileOperations.handlers,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

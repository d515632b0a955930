/// An action or function: a builder of the call, and a method on both clients that makes it.
struct OperationContext: TemplateContext {
    /// A parameter of the operation.
    struct Parameter: TemplateContext {
        /// The expression that makes the argument: `OperationParameter("Status", status)`.
        let argument: String
        /// The name to unwrap where the argument is left out when it is nil; `nil` where it is always sent.
        let unwrappedName: String?

        static let shape = ContextShape(["argument": .text, "unwrappedName": .text, "isAlwaysSent": .flag])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "argument": .text(argument)
            case "unwrappedName": .text(unwrappedName)
            case "isAlwaysSent": .flag(unwrappedName == nil)
            default: nil
            }
        }
    }

    /// What an operation is called on.
    enum Binding: Sendable, Hashable {
        /// The service.
        case service
        /// The rows of an entity set.
        case collection
        /// One row.
        case row
    }

    /// The comment, indented but for its first line.
    let documentation: String
    /// The name of the methods, in backticks where needed.
    var name: String
    /// `action` or `function`.
    let kind: String
    /// What the call names, as a literal.
    let pathName: String
    /// The parameters as declared, without the row: `status: Int32`, `note: String? = nil`.
    let declarations: [String]
    /// The parameters handed on: `status: status`, `note: note`.
    let forwarded: [String]
    /// The type of the result; `nil` where there is none.
    let output: String?
    /// How the result is read: `.complex()`.
    let result: String
    let parameters: [Parameter]
    let binding: Binding
    /// The row type, in the declaration of a method that is called on a row.
    var rowType: String
    /// What builds the call: `Account.Operations.close`, of the table that the operation is bound to.
    var builder: String

    static let shape = ContextShape([
        "documentation": .text, "name": .text, "kind": .text, "pathName": .text, "declaration": .text,
        "rowDeclaration": .text, "forwarding": .text, "output": .text, "callOutput": .text, "result": .text,
        "isOnRow": .flag, "isOnCollection": .flag, "hasParameters": .flag, "hasOmissibleParameters": .flag,
        "hasOnlySentParameters": .flag, "parameters": Parameter.list, "parameterList": .text, "isDiscardable": .flag,
        "builder": .text,
    ])

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name": .text(self.name)
        case "kind": .text(kind)
        case "pathName": .text(pathName)
        case "declaration": .text(OperationContext.list(declarations, width: declarationWidth, indentation: 4))
        case "rowDeclaration":
            .text(
                OperationContext.list(
                    ["on row: RowKey<\(rowType)>"] + declarations,
                    width: declarationWidth,
                    indentation: 4
                )
            )
        case "forwarding": .text(OperationContext.list(forwarded, width: 70, indentation: 8))
        case "output": .text(output)
        case "callOutput": .text(output ?? "Void")
        case "result": .text(result)
        case "builder": .text(builder)
        case "isOnRow": .flag(binding == .row)
        case "isOnCollection": .flag(binding == .collection)
        case "hasParameters": .flag(!parameters.isEmpty)
        case "hasOmissibleParameters": .flag(hasOmissibleParameters)
        case "hasOnlySentParameters": .flag(!parameters.isEmpty && !hasOmissibleParameters)
        case "isDiscardable": .flag(kind == "action" && output != nil)
        case "parameters": .contexts(parameters)
        case "parameterList":
            .text(
                OperationContext.list(parameters.map(\.argument), width: 50, indentation: 8)
            )
        default: nil
        }
    }

    /// What is left of 120 characters for the parameters in the longest of the declarations.
    private var declarationWidth: Int {
        let rest = "    public static func () -> OperationCall<> {".utf8.count
        return 120 - rest - name.utf8.count - (output ?? "Void").utf8.count
    }

    /// Items between parentheses or brackets: on one line, or where that would be long on a line each.
    static func list(_ items: [String], width: Int, indentation: Int) -> String {
        let line = items.joined(separator: ", ")
        guard line.utf8.count > width else { return line }
        let space = "\n" + String(repeating: " ", count: indentation)
        return items.map { space + "    " + $0 }.joined(separator: ",") + space
    }

    private var hasOmissibleParameters: Bool { parameters.contains { $0.unwrappedName != nil } }
}

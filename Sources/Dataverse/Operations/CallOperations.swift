import HTTPTypes

/// What a bound action or function is called on.
enum OperationBinding: Sendable, Hashable {
    /// Nothing: it belongs to the service.
    case service
    /// The rows of an entity set.
    case collection(EntitySetSource)
    /// One row.
    case row(KeyPredicate, of: EntitySetSource)
    /// The singleton with a name.
    case singleton(String)
}

// Source: OData Protocol 4.01, sections 11.5.4 "Functions" and 11.5.5 "Actions".
extension CallContext {
    /// Calls an action or a function.
    func call<Output>(
        _ operation: OperationCall<Output>,
        on binding: OperationBinding
    ) -> ODataOperation<Output> {
        perform(requestToCall(operation, on: binding), reading: .result(of: operation))
    }

    func requestToCall(
        _ operation: OperationCall<some Any>,
        on binding: OperationBinding
    ) -> ODataOperation<ServiceRequest?> {
        path(of: binding).map { request(for: operation, below: $0) }
    }

    private func path(of binding: OperationBinding) -> ODataOperation<String> {
        switch binding {
        case .service: .done("")
        case .collection(let source): entitySetName(of: source).map { $0 + "/" }
        case .row(let key, let source): entitySetName(of: source).map { "\($0)\(key.urlText)/" }
        case .singleton(let name): .done(PercentEncoding.pathSegment(name) + "/")
        }
    }

    /// Arguments of functions go through parameter aliases, which take any literal.
    private func request(for operation: OperationCall<some Any>, below prefix: String) -> ServiceRequest {
        let path = prefix + PercentEncoding.pathSegment(operation.name)
        switch operation.kind {
        case .action:
            let arguments = Record(members: operation.parameters.map { ($0.name, $0.json) })
            return ServiceRequest(.post, path, body: JSONWriter.bytes(from: .object(arguments)))
        case .function:
            let names = operation.parameters.map { PercentEncoding.pathSegment($0.name) }
            let aliases = names.enumerated().map { "\($0.element)=@p\($0.offset + 1)" }.joined(separator: ",")
            let options = operation.parameters.enumerated().map { ("@p\($0.offset + 1)", $0.element.urlLiteral) }
            return ServiceRequest(.get, "\(path)(\(aliases))" + QueryText.joined(options))
        }
    }
}

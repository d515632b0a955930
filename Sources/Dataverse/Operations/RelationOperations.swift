import HTTPTypes

// Sources: OData Protocol 4.01, section 11.4.6 "Modifying Relationships between Entities"; Dataverse Web API,
// "Associate and disassociate table rows".
extension CallContext {
    /// Adds a row to a collection of another row.
    func associate(
        _ reference: Reference<some ODataRow>,
        with navigationProperty: String,
        of key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToAssociate(reference, with: navigationProperty, of: key, in: source), reading: .nothing)
    }

    func requestToAssociate(
        _ reference: Reference<some ODataRow>,
        with navigationProperty: String,
        of key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        request(.post, to: reference, of: navigationProperty, key, in: source)
    }

    /// Takes a row out of a collection of another row.
    func disassociate<Target: ODataRow>(
        _ reference: Reference<Target>,
        from navigationProperty: String,
        of key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToDisassociate(reference, from: navigationProperty, of: key, in: source), reading: .nothing)
    }

    func requestToDisassociate<Target: ODataRow>(
        _ reference: Reference<Target>,
        from navigationProperty: String,
        of key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).map { path in
            ServiceRequest(.delete, "\(path)\(reference.id.keyPredicate().urlText)/$ref")
        }
    }

    /// Makes a lookup refer to a row.
    func setReference(
        _ reference: Reference<some ODataRow>,
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToSetReference(reference, of: navigationProperty, key, in: source), reading: .nothing)
    }

    func requestToSetReference(
        _ reference: Reference<some ODataRow>,
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        request(.put, to: reference, of: navigationProperty, key, in: source)
    }

    /// Makes a lookup refer to no row.
    func removeReference(
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToRemoveReference(of: navigationProperty, key, in: source), reading: .nothing)
    }

    func requestToRemoveReference(
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).map { path in
            ServiceRequest(.delete, "\(path)/$ref")
        }
    }

    private func request(
        _ method: HTTPRequest.Method,
        to reference: Reference<some ODataRow>,
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).map { path in
            let body: Record = [AnnotationName.id: .string(service.root.url + reference.bindingURL)]
            return ServiceRequest(method, "\(path)/$ref", body: JSONWriter.bytes(from: .object(body)))
        }
    }
}

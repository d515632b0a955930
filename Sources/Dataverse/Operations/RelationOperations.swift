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
        entitySetName(of: .related(navigationProperty, of: key, in: source)).flatMap { path in
            let url = service.root.url + reference.bindingURL
            let body: Record = [AnnotationName.id: .string(url)]
            return send(ServiceRequest(.post, "\(path)/$ref", body: JSONWriter.bytes(from: .object(body))))
        }.map { _ in }
    }

    /// Takes a row out of a collection of another row.
    func disassociate<Target: ODataRow>(
        _ reference: Reference<Target>,
        from navigationProperty: String,
        of key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).flatMap { path in
            send(ServiceRequest(.delete, "\(path)\(reference.id.keyPredicate().urlText)/$ref"))
        }.map { _ in }
    }

    /// Makes a lookup refer to a row.
    func setReference(
        _ reference: Reference<some ODataRow>,
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).flatMap { path in
            let body: Record = [AnnotationName.id: .string(service.root.url + reference.bindingURL)]
            return send(ServiceRequest(.put, "\(path)/$ref", body: JSONWriter.bytes(from: .object(body))))
        }.map { _ in }
    }

    /// Makes a lookup refer to no row.
    func removeReference(
        of navigationProperty: String,
        _ key: KeyPredicate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        entitySetName(of: .related(navigationProperty, of: key, in: source)).flatMap { path in
            send(ServiceRequest(.delete, "\(path)/$ref"))
        }.map { _ in }
    }
}

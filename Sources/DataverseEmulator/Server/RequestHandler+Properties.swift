import GRDB
import HTTPTypes
import ODataCore

extension RequestHandler {
    // MARK: Properties

    /// Answers a request for a column of a row.
    func respond(_ column: ColumnSchema, of owner: RowLocation) throws -> EmulatorResponse {
        if column.role == .file || column.isImageUpload(request) { return try respond(file: column, of: owner) }
        switch request.method {
        case .get:
            let value = try value(of: column, owner)
            guard !value.isNull else { return EmulatorResponse(.noContent) }
            var json = JSONBuffer()
            json.beginObject()
            json.member("@odata.context", contextURL(try relativeAddress(of: owner) + "/" + column.name))
            json.name("value")
            json.value(value, as: column.type)
            json.endObject()
            return EmulatorResponse(.ok, body: json.bytes)
        case .put:
            guard let value = try request.object()["value"] else {
                throw ServiceError.badPayload("The body must have the member 'value'.")
            }
            return try set(column, of: owner, to: value)
        case .delete: return try set(column, of: owner, to: .null)
        default: throw notAllowed
        }
    }

    private func set(_ column: ColumnSchema, of owner: RowLocation, to value: Value) throws -> EmulatorResponse {
        try requireVersion(of: owner)
        try store.update(owner, with: Record(members: [(column.name, value)]))
        return EmulatorResponse(.noContent)
    }

    /// `…/name/$value`: the value without JSON around it.
    func rawValue(of column: ColumnSchema, _ owner: RowLocation) throws -> EmulatorResponse {
        if column.role == .file || column.role == .image { return try download(column, of: owner) }
        guard request.method == .get else { throw ServiceError.unsupported("writing a raw value") }
        let value = try value(of: column, owner)
        guard !value.isNull else { return EmulatorResponse(.noContent) }
        var response = EmulatorResponse(.ok)
        if case .blob(let data) = value.storage {
            response.body = Array(data)
            response.fields[.contentType] = "application/octet-stream"
        } else {
            var json = JSONBuffer()
            json.value(value, as: column.type)
            let parsed = try? JSONReader.value(from: json.bytes)
            response.body = parsed?.stringValue.map { Array($0.utf8) } ?? json.bytes
            response.fields[.contentType] = "text/plain"
        }
        return response
    }

    private func value(of column: ColumnSchema, _ owner: RowLocation) throws -> DatabaseValue {
        if column.type == .stream { throw ServiceError.unsupported("the stream '\(column.name)'") }
        return try store.values([column.role == .versionNumber ? HiddenColumn.version : column.name], of: owner)[0]
    }

    private func relativeAddress(of location: RowLocation) throws -> String {
        String(try address(of: location).dropFirst(request.root.utf8.count))
    }

    // MARK: Lookups

    /// Answers a request for the row that a lookup refers to.
    func respond(_ lookup: LookupSchema, of owner: RowLocation) throws -> EmulatorResponse {
        guard let target = try store.target(of: lookup, in: owner) else {
            guard request.method == .get else { throw notAllowed }
            return EmulatorResponse(.noContent)
        }
        guard request.method == .get else { throw ServiceError.unsupported("changing a row through a lookup") }
        return try respond(row: target, of: target.table)
    }

    /// `…/primarycontactid/$ref`: reading, setting and clearing what a lookup refers to.
    func respond(referenceOf lookup: LookupSchema, of owner: RowLocation) throws -> EmulatorResponse {
        switch request.method {
        case .get:
            guard let target = try store.target(of: lookup, in: owner) else { return EmulatorResponse(.noContent) }
            return try reference(to: target)
        case .put, .post:
            try requireVersion(of: owner)
            var values: [String: DatabaseValue] = [:]
            try store.link(lookup, to: try referenceInBody(), in: &values, of: owner.table)
            try store.set(values, of: owner)
            return EmulatorResponse(.noContent)
        case .delete:
            try requireVersion(of: owner)
            var values: [String: DatabaseValue] = [:]
            store.clear(lookup, in: &values)
            try store.set(values, of: owner)
            return EmulatorResponse(.noContent)
        default: throw notAllowed
        }
    }

    /// `{"@odata.id": "…"}` for a row.
    func reference(to location: RowLocation) throws -> EmulatorResponse {
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL("$ref"))
        json.member("@odata.id", try address(of: location))
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }

    // MARK: Collections

    /// `…/contact_customer_accounts/$ref`: reading, adding and removing members.
    func respond(referencesOf membership: RequestTarget.Membership) throws -> EmulatorResponse {
        switch request.method {
        case .get:
            if let member = membership.member { return try reference(to: member) }
            return try references(try schema.table(membership.collection.target), membership)
        case .post, .put:
            guard membership.member == nil else { throw notAllowed }
            try store.add(try referenceInBody(), to: membership.collection, of: membership.owner)
            return EmulatorResponse(.noContent)
        case .delete:
            let member: RowLocation
            if let inPath = membership.member {
                member = inPath
            } else if let id = options.id {
                member = try store.resolve(reference: id)
            } else {
                throw ServiceError.badQuery("Removing a member needs its key in the path, or $id.")
            }
            try store.remove(member, from: membership.collection, of: membership.owner)
            return EmulatorResponse(.noContent)
        default: throw notAllowed
        }
    }

    private func referenceInBody() throws -> RowLocation {
        guard let reference = try request.object()["@odata.id"]?.stringValue else {
            throw ServiceError.badPayload("The body must have the member '@odata.id' with the address of a row.")
        }
        return try store.resolve(reference: reference)
    }
}

import HTTPTypes
import ODataCore

/// A request as the emulator's own code sees it.
struct EmulatorRequest: Sendable {
    var method: HTTPRequest.Method
    /// The path after the service root, percent-encoded, without a slash at its ends.
    var path: String
    /// The query, percent-encoded; `nil` if there is none.
    var query: String?
    var fields: HTTPFields
    var body: [UInt8]
    /// The address of the service, with a slash at its end.
    var root: String

    /// The body as a JSON object.
    ///
    /// - Throws: ``ServiceError`` with status 400 if it is none.
    func object() throws(ServiceError) -> Record {
        let value: Value
        do {
            value = try JSONReader.value(from: body)
        } catch {
            throw .badPayload("The body is no JSON: \(error).")
        }
        guard case .object(let record) = value else {
            throw .badPayload("The body must be a JSON object, not \(value.kindName).")
        }
        return record
    }
}

/// A response before it goes out.
struct EmulatorResponse: Sendable {
    var status: HTTPResponse.Status
    var fields = HTTPFields()
    var body: [UInt8]?

    init(_ status: HTTPResponse.Status, body: [UInt8]? = nil) {
        self.status = status
        self.body = body
        if body != nil { fields[.contentType] = "application/json; odata.metadata=minimal" }
    }

    init(_ error: ServiceError) {
        var json = JSONBuffer()
        json.beginObject()
        json.name("error")
        json.beginObject()
        json.member("code", error.code)
        json.member("message", error.message)
        json.endObject()
        json.endObject()
        self.init(HTTPResponse.Status(code: error.status), body: json.bytes)
    }
}

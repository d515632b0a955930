import ODataCore

extension JSONReader {
    /// Reads the JSON of a body that is in memory.
    public static func value(from body: HTTPBody) throws(JSONError) -> Value {
        try value(from: body.inMemory ?? [])
    }
}

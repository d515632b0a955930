import Synchronization

/// Which members the latest row of each type had: the next one probably has the same, and need not make their names anew.
package final class RowMemory: Sendable {
    private let latest = Mutex<[ObjectIdentifier: KnownRow]>([:])

    /// Types beyond so many are not remembered, nor are rows with more members.
    private static let maximumCount = 1_000

    init() {}

    /// Reads a row.
    ///
    /// - Parameters:
    ///   - bytes: a JSON object.
    ///   - type: the type of the row.
    /// - Returns: the JSON value.
    /// - Throws: ``JSONError`` with the place of what is wrong.
    package func value(from bytes: [UInt8], of type: Any.Type) throws(JSONError) -> Value {
        let known = latest.withLock { $0[ObjectIdentifier(type)] }
        var found = known
        let value = try JSONReader.value(from: bytes, following: &found)
        if let found, found !== known { remember(found, of: type) }
        return value
    }

    private func remember(_ row: KnownRow, of type: Any.Type) {
        guard row.template.names.count <= Self.maximumCount else { return }
        latest.withLock { latest in
            if latest.count < Self.maximumCount || latest[ObjectIdentifier(type)] != nil {
                latest[ObjectIdentifier(type)] = row
            }
        }
    }
}

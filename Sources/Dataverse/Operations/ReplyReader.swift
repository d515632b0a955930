import Foundation
import HTTPTypes

/// How the outcome of a request becomes the output of an operation.
struct ReplyReader<Output: Sendable>: Sendable {
    let read: @Sendable (Result<HTTPReply, DataverseError>) -> Result<Output, DataverseError>

    /// Reads the output from the reply; an error stays an error.
    init(_ read: @escaping @Sendable (HTTPReply) throws(DataverseError) -> Output) {
        self.read = { outcome in
            outcome.flatMap { reply in
                do throws(DataverseError) {
                    return .success(try read(reply))
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    private init(
        outcome read: @escaping @Sendable (Result<HTTPReply, DataverseError>) -> Result<Output, DataverseError>
    ) {
        self.read = read
    }
}

extension ReplyReader where Output == Void {
    /// Reads nothing.
    static var nothing: Self { ReplyReader { (_: HTTPReply) in } }
}

extension ReplyReader {
    /// Reads the key of a new row.
    static func key<Row: ODataRow>(of row: Row.Type) -> Self where Output == Row.PrimaryKey {
        ReplyReader { reply throws(DataverseError) in try reply.key(of: Row.self) }
    }

    /// Reads the keys of new rows, as many as were sent.
    static func keys<Row: ODataRow>(of count: Int, _ row: Row.Type) -> Self where Output == [Row.PrimaryKey] {
        ReplyReader { reply throws(DataverseError) in
            if count == 0 { return [] }
            let ids = try reply.record()["Ids"]?.arrayValue ?? []
            // Nearly all tables have a GUID for their key, for which no row has to be made up.
            let guids = Row.PrimaryKey.self == UUID.self ? ids.compactMap { try? UUID(json: $0) } : []
            let keys =
                guids as? [Row.PrimaryKey] ?? ids.compactMap { Row.PrimaryKey(record: ["id": $0], key: ["id"]) }
            guard keys.count == count else {
                throw reply.unreadable("it has \(keys.count) keys for \(count) new rows")
            }
            return keys
        }
    }

    /// Reads the identifier of a job; `nil` if none was started.
    static func job() -> Self where Output == UUID? {
        ReplyReader { reply throws(DataverseError) in
            reply.body.isEmpty ? nil : try? reply.record().value("JobId", as: UUID.self)
        }
    }

    /// Reads a row.
    ///
    /// - Parameter memory: knows the members of earlier rows, if there are any.
    static func row(_ memory: RowMemory?) -> Self where Output: ODataRow {
        ReplyReader { reply throws(DataverseError) in try reply.row(memory) }
    }

    /// Reads a row; `nil` if there is none.
    ///
    /// - Parameter memory: knows the members of earlier rows, if there are any.
    static func optionalRow<Row: ODataRow>(_ memory: RowMemory?) -> Self where Output == Row? {
        ReplyReader(outcome: { outcome in
            switch outcome {
            case .failure(let error): return error.isMissingRow ? .success(nil) : .failure(error)
            case .success(let reply):
                do throws(DataverseError) {
                    return .success(try reply.row(memory))
                } catch {
                    return .failure(error)
                }
            }
        })
    }

    /// Reads a page of rows.
    static func page<Row: ODataRow>(of row: Row.Type = Row.self) -> Self where Output == Page<Row> {
        ReplyReader { reply throws(DataverseError) in try reply.page() }
    }

    /// Reads the result of an action or function.
    static func result(of operation: OperationCall<Output>) -> Self {
        ReplyReader { reply throws(DataverseError) in
            let record = reply.body.isEmpty ? nil : try reply.record()
            do throws(ColumnValueError) {
                return try operation.result.read(record)
            } catch {
                throw reply.unreadable("\(error)")
            }
        }
    }
}

extension Result where Success: Sendable, Failure == DataverseError {
    /// An operation that has ended with this result.
    var asOperation: ODataOperation<Success> {
        switch self {
        case .success(let output): .done(output)
        case .failure(let error): .failed(error)
        }
    }
}

extension DataverseError {
    /// Whether a 404 is about the row, and not about a table or a property that does not exist.
    var isMissingRow: Bool {
        // 0x80060888: “Resource not found for the segment …”.
        kind == .notFound && serviceCode != "0x80060888"
    }
}

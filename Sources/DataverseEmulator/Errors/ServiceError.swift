import HTTPTypes

/// An error as Dataverse's Web API reports it: a status, a code and a sentence.
///
/// Handlers of operations throw it to answer with that status.
public struct ServiceError: Error, Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The code, such as `0x80040217`.
    public let code: String
    /// What is the case.
    public let message: String

    /// Makes an error.
    public init(status: Int, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}

extension ServiceError {
    /// The codes of Dataverse that the emulator uses.
    enum Code {
        static let badQuery = "0x80060888"
        static let badPayload = "0x80048d19"
        static let segmentNotFound = "0x8006088a"
        static let rowNotFound = "0x80040217"
        static let alternateKeyNotFound = "0x80060891"
        static let duplicateAlternateKey = "0x80060892"
        static let duplicateKey = "0x80040237"
        static let versionMismatch = "0x80060882"
        static let outOfRange = "0x80044330"
        static let tooLong = "0x80044331"
        static let notImplemented = "NotImplemented"
        static let unexpected = "0x80040216"
    }

    static func badQuery(_ message: String) -> ServiceError {
        ServiceError(status: 400, code: Code.badQuery, message: message)
    }

    static func badPayload(_ message: String, table: String = "") -> ServiceError {
        ServiceError(
            status: 400,
            code: Code.badPayload,
            message: "Error identified in Payload provided by the user for Entity :'\(table)'. \(message)"
        )
    }

    static func unknownProperty(_ name: String, of type: String) -> ServiceError {
        badQuery("Could not find a property named '\(name)' on type '\(type)'.")
    }

    static func invalidProperty(_ name: String, of table: TableSchema) -> ServiceError {
        badPayload("Invalid property '\(name)' was found in entity '\(table.typeName)'.", table: table.entitySetName)
    }

    static func segmentNotFound(_ segment: String) -> ServiceError {
        ServiceError(
            status: 404,
            code: Code.segmentNotFound,
            message: "Resource not found for the segment '\(segment)'."
        )
    }

    static func rowNotFound(_ table: TableSchema, key: String) -> ServiceError {
        ServiceError(
            status: 404,
            code: Code.rowNotFound,
            message: "Entity '\(table.logicalName)' With Id = \(key) Does Not Exist"
        )
    }

    static func alternateKeyNotFound(_ table: TableSchema) -> ServiceError {
        ServiceError(
            status: 404,
            code: Code.alternateKeyNotFound,
            message: "A record with the specified key values does not exist in \(table.logicalName) entity"
        )
    }

    static func duplicateAlternateKey(_ columns: [String], of table: TableSchema) -> ServiceError {
        ServiceError(
            status: 412,
            code: Code.duplicateAlternateKey,
            message: """
                Entity Key of \(table.logicalName) violated. A record with the same value for \
                \(columns.joined(separator: ", ")) already exists. A duplicate record cannot be created. Select one or \
                more unique values and try again.
                """
        )
    }

    static let rowExists = ServiceError(
        status: 412,
        code: Code.duplicateKey,
        message: "A record with matching key values already exists."
    )

    static let versionMismatch = ServiceError(
        status: 412,
        code: Code.versionMismatch,
        message: "The version of the existing record doesn't match the RowVersion property provided."
    )

    static func unsupported(_ what: String) -> ServiceError {
        ServiceError(status: 501, code: Code.notImplemented, message: "The emulator does not implement \(what).")
    }

    static func methodNotAllowed(_ method: String) -> ServiceError {
        ServiceError(
            status: 405,
            code: Code.badQuery,
            message: "The requested resource does not support http method '\(method)'."
        )
    }
}

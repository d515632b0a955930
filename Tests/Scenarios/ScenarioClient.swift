import Foundation

@testable import Dataverse

/// Both clients behind one interface, so that a scenario is written once and run by either.
protocol ScenarioClient: Sendable {
    func rows<Row: ODataEntity>(of table: Row.Type) -> any ScenarioRows<Row>
    func table(_ name: String) -> any ScenarioRows<Record>
    func call<Output>(_ operation: OperationCall<Output>) async throws -> Output
    func send(_ request: ServiceRequest) async throws -> HTTPReply
    func run<Output>(_ operation: @escaping @Sendable (CallContext) -> ODataOperation<Output>) async throws -> Output
    func changeSet<First, Second>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>
    ) async throws -> (First, Second)
    func batch<First, Second, Third>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>,
        _ third: BatchOperation<Third>
    ) async throws -> (Result<First, DataverseError>, Result<Second, DataverseError>, Result<Third, DataverseError>)
    func related<Row: ODataEntity, Target: ODataEntity>(
        _ collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) -> any ScenarioRows<Target>
    func associate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        with collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws
    func disassociate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        from collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws
}

/// The rows of a table through either client.
protocol ScenarioRows<Row>: Sendable {
    associatedtype Row: ODataRow

    func create(_ row: Row) async throws -> Row.PrimaryKey
    func createReturning(_ row: Row) async throws -> Row
    func create(_ rows: [Row]) async throws -> [Row.PrimaryKey]
    func retrieve(_ key: RowKey<Row>, _ query: RowQuery<Row>) async throws -> Row?
    func update(_ key: RowKey<Row>, ifMatch check: VersionCheck, _ changes: @Sendable (inout Row) -> Void) async throws
    func save(_ row: Row, ifMatch check: VersionCheck) async throws
    func upsert(_ key: RowKey<Row>, _ values: @Sendable (inout Row) -> Void) async throws
    func delete(_ key: RowKey<Row>) async throws
    func all(_ query: RowQuery<Row>) async throws -> [Row]
    func first(_ query: RowQuery<Row>) async throws -> Row?
    func count(_ query: RowQuery<Row>) async throws -> Int
    func pages(_ query: RowQuery<Row>) async throws -> [Page<Row>]
    func each(_ query: RowQuery<Row>) async throws -> [Row]
    func call<Output>(_ operation: OperationCall<Output>, on key: RowKey<Row>) async throws -> Output
}

extension ScenarioRows {
    func retrieve(_ id: Row.PrimaryKey) async throws -> Row? { try await retrieve(.id(id), RowQuery()) }
    func update(_ id: Row.PrimaryKey, _ changes: @Sendable (inout Row) -> Void) async throws {
        try await update(.id(id), ifMatch: .any, changes)
    }
}

/// The synchronous client; its calls block a thread of their own.
struct BlockingScenarioClient: ScenarioClient {
    let client: DataverseClient

    func rows<Row: ODataEntity>(of table: Row.Type) -> any ScenarioRows<Row> { BlockingRows(set: EntitySet(client)) }
    func table(_ name: String) -> any ScenarioRows<Record> { BlockingRows(set: client.table(name)) }
    func call<Output>(_ operation: OperationCall<Output>) async throws -> Output {
        try await onThread { try client.call(operation) }
    }
    func send(_ request: ServiceRequest) async throws -> HTTPReply { try await onThread { try client.send(request) } }
    func run<Output>(_ operation: @escaping @Sendable (CallContext) -> ODataOperation<Output>) async throws -> Output {
        try await onThread { try client.run(operation) }
    }
    func changeSet<First, Second>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>
    ) async throws -> (First, Second) {
        try await onThread { try client.changeSet(first, second) }
    }
    func batch<First, Second, Third>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>,
        _ third: BatchOperation<Third>
    ) async throws -> (Result<First, DataverseError>, Result<Second, DataverseError>, Result<Third, DataverseError>) {
        try await onThread { try client.batch(first, second, third, continuingOnError: true) }
    }

    func related<Row: ODataEntity, Target: ODataEntity>(
        _ collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) -> any ScenarioRows<Target> {
        BlockingRows(set: EntitySet<Row>(client).related(collection, of: key))
    }
    func associate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        with collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws {
        try await onThread { try EntitySet<Row>(client).associate(reference, with: collection, of: key) }
    }
    func disassociate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        from collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws {
        try await onThread { try EntitySet<Row>(client).disassociate(reference, from: collection, of: key) }
    }

    private struct BlockingRows<Row: ODataRow>: ScenarioRows {
        let set: EntitySet<Row>

        func create(_ row: Row) async throws -> Row.PrimaryKey { try await onThread { try set.create(row) } }
        func createReturning(_ row: Row) async throws -> Row { try await onThread { try set.createReturning(row) } }
        func create(_ rows: [Row]) async throws -> [Row.PrimaryKey] { try await onThread { try set.create(rows) } }
        func retrieve(_ key: RowKey<Row>, _ query: RowQuery<Row>) async throws -> Row? {
            try await onThread { try queried(query).retrieve(key) }
        }
        func update(
            _ key: RowKey<Row>,
            ifMatch check: VersionCheck,
            _ changes: @Sendable (inout Row) -> Void
        ) async throws {
            let row = Row.make(changes)
            try await onThread { try set.update(key, ifMatch: check) { $0 = row } }
        }
        func save(_ row: Row, ifMatch check: VersionCheck) async throws {
            try await onThread { try set.update(row, ifMatch: check) }
        }
        func upsert(_ key: RowKey<Row>, _ values: @Sendable (inout Row) -> Void) async throws {
            let row = Row.make(values)
            try await onThread { try set.upsert(row, key: key) }
        }
        func delete(_ key: RowKey<Row>) async throws { try await onThread { try set.delete(key) } }
        func all(_ query: RowQuery<Row>) async throws -> [Row] { try await onThread { try queried(query).all() } }
        func first(_ query: RowQuery<Row>) async throws -> Row? { try await onThread { try queried(query).first() } }
        func count(_ query: RowQuery<Row>) async throws -> Int { try await onThread { try queried(query).count() } }
        func pages(_ query: RowQuery<Row>) async throws -> [Page<Row>] {
            try await onThread {
                var pages = queried(query).pages()
                var result: [Page<Row>] = []
                while let page = try pages.next() { result.append(page) }
                return result
            }
        }
        func each(_ query: RowQuery<Row>) async throws -> [Row] {
            try await onThread {
                var rows: [Row] = []
                try queried(query).forEach { rows.append($0) }
                return rows
            }
        }
        func call<Output>(_ operation: OperationCall<Output>, on key: RowKey<Row>) async throws -> Output {
            try await onThread { try set.call(operation, on: key) }
        }

        private func queried(_ query: RowQuery<Row>) -> EntitySetQuery<Row> {
            EntitySetQuery(entitySet: set, query: query)
        }
    }
}

/// The asynchronous client.
struct AsyncScenarioClient: ScenarioClient {
    let client: AsyncDataverseClient

    func rows<Row: ODataEntity>(of table: Row.Type) -> any ScenarioRows<Row> { AsyncRows(set: AsyncEntitySet(client)) }
    func table(_ name: String) -> any ScenarioRows<Record> { AsyncRows(set: client.table(name)) }
    func call<Output>(_ operation: OperationCall<Output>) async throws -> Output { try await client.call(operation) }
    func send(_ request: ServiceRequest) async throws -> HTTPReply { try await client.send(request) }
    func run<Output>(_ operation: @escaping @Sendable (CallContext) -> ODataOperation<Output>) async throws -> Output {
        try await client.run(operation)
    }
    func changeSet<First, Second>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>
    ) async throws -> (First, Second) {
        try await client.changeSet(first, second)
    }
    func batch<First, Second, Third>(
        _ first: BatchOperation<First>,
        _ second: BatchOperation<Second>,
        _ third: BatchOperation<Third>
    ) async throws -> (Result<First, DataverseError>, Result<Second, DataverseError>, Result<Third, DataverseError>) {
        try await client.batch(first, second, third, continuingOnError: true)
    }

    func related<Row: ODataEntity, Target: ODataEntity>(
        _ collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) -> any ScenarioRows<Target> {
        AsyncRows(set: AsyncEntitySet<Row>(client).related(collection, of: key))
    }
    func associate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        with collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws {
        try await AsyncEntitySet<Row>(client).associate(reference, with: collection, of: key)
    }
    func disassociate<Row: ODataEntity, Target: ODataEntity>(
        _ reference: Reference<Target>,
        from collection: any KeyPath<Row.Columns, CollectionNavigation<Row, Target>> & Sendable,
        of key: RowKey<Row>
    ) async throws {
        try await AsyncEntitySet<Row>(client).disassociate(reference, from: collection, of: key)
    }

    private struct AsyncRows<Row: ODataRow>: ScenarioRows {
        let set: AsyncEntitySet<Row>

        func create(_ row: Row) async throws -> Row.PrimaryKey { try await set.create(row) }
        func createReturning(_ row: Row) async throws -> Row { try await set.createReturning(row) }
        func create(_ rows: [Row]) async throws -> [Row.PrimaryKey] { try await set.create(rows) }
        func retrieve(_ key: RowKey<Row>, _ query: RowQuery<Row>) async throws -> Row? {
            try await queried(query).retrieve(key)
        }
        func update(
            _ key: RowKey<Row>,
            ifMatch check: VersionCheck,
            _ changes: @Sendable (inout Row) -> Void
        ) async throws {
            try await set.update(key, ifMatch: check, changes)
        }
        func save(_ row: Row, ifMatch check: VersionCheck) async throws {
            try await set.update(row, ifMatch: check)
        }
        func upsert(_ key: RowKey<Row>, _ values: @Sendable (inout Row) -> Void) async throws {
            try await set.upsert(key, values)
        }
        func delete(_ key: RowKey<Row>) async throws { try await set.delete(key) }
        func all(_ query: RowQuery<Row>) async throws -> [Row] { try await queried(query).all() }
        func first(_ query: RowQuery<Row>) async throws -> Row? { try await queried(query).first() }
        func count(_ query: RowQuery<Row>) async throws -> Int { try await queried(query).count() }
        func pages(_ query: RowQuery<Row>) async throws -> [Page<Row>] {
            var result: [Page<Row>] = []
            for try await page in queried(query).pages() { result.append(page) }
            return result
        }
        func each(_ query: RowQuery<Row>) async throws -> [Row] {
            var rows: [Row] = []
            for try await row in queried(query).rows() { rows.append(row) }
            return rows
        }
        func call<Output>(_ operation: OperationCall<Output>, on key: RowKey<Row>) async throws -> Output {
            try await set.call(operation, on: key)
        }

        private func queried(_ query: RowQuery<Row>) -> AsyncEntitySetQuery<Row> {
            AsyncEntitySetQuery(entitySet: set, query: query)
        }
    }
}

/// Runs a blocking closure on a thread outside of the pool that asynchronous code shares.
func onThread<Output: Sendable>(_ body: @escaping @Sendable () throws -> Output) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

import Foundation
import Testing

@testable import Dataverse

/// Tables of two namespaces with the same name, in one lookup: only their entity sets tell them apart.
@Suite("Lookups of tables with the same name")
struct SameNamedTablesTests {
    private let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private let guid = "5a1b2c3d-0000-4000-8000-00000000000f"

    /// Two references are equal when their keys and the names of their tables are, which does not tell here.
    private static func caseName(_ owner: Principal.Subtype) -> String {
        switch owner {
        case .guest: "guest"
        case .staff: "staff"
        case .other: "other"
        }
    }

    @Test("what was set is read back as the same table")
    func setting() {
        var row = Task { $0.owner = .staff(Reference(id)) }
        #expect(row.record == ["owner@odata.bind": .string("/staff(\(guid))")])
        #expect(row.owner.map(Self.caseName) == "staff")
        row.owner = .guest(Reference(id))
        #expect(row.record == ["owner@odata.bind": .string("/guests(\(guid))")])
        #expect(row.owner.map(Self.caseName) == "guest")
    }

    @Test("the first one is taken where only the name is known, or an entity set of neither")
    func reading() {
        #expect(Principal.Subtype.index(of: EntityReference(id: id, table: "user")) == 0)
        #expect(Principal.Subtype.index(of: EntityReference(id: id, table: "user", entitySetName: "staff")) == 1)
        #expect(Principal.Subtype.index(of: EntityReference(id: id, table: "user", entitySetName: "x")) == 0)
        #expect(Principal.Subtype.index(of: EntityReference(id: id, table: "team")) == -1)
        #expect(Principal.Subtype.index(of: EntityReference(id: id)) == -1)
    }
}

private struct Guest: ODataEntity {
    typealias PrimaryKey = UUID
    static let schema = EntitySchema(logicalName: "user", typeName: "A.user", entitySetName: "guests", key: ["id"])
    static var columns: Columns { Columns() }
    struct Columns: Sendable {}
    var record: Record
    init(record: Record) { self.record = record }
}

private struct Staff: ODataEntity {
    typealias PrimaryKey = UUID
    static let schema = EntitySchema(logicalName: "user", typeName: "B.user", entitySetName: "staff", key: ["id"])
    static var columns: Columns { Columns() }
    struct Columns: Sendable {}
    var record: Record
    init(record: Record) { self.record = record }
}

private struct Principal: ODataGeneralEntity {
    typealias PrimaryKey = UUID
    static let schema = EntitySchema(logicalName: "principal", typeName: "A.principal", entitySetName: nil, key: ["id"])
    static var columns: Columns { Columns() }
    struct Columns: Sendable {}
    var record: Record
    init(record: Record) { self.record = record }

    enum Subtype: LookupTargets {
        case guest(Reference<Guest>)
        case staff(Reference<Staff>)
        case other(EntityReference)

        static let tables: [LookupTable] = [LookupTable("user", in: "guests"), LookupTable("user", in: "staff")]

        init(_ reference: EntityReference) {
            switch Self.index(of: reference) {
            case 0: self = .guest(Reference(reference))
            case 1: self = .staff(Reference(reference))
            default: self = .other(reference)
            }
        }

        var reference: EntityReference {
            switch self {
            case .guest(let row): EntityReference(row)
            case .staff(let row): EntityReference(row)
            case .other(let reference): reference
            }
        }
    }
}

private struct Task: ODataEntity {
    typealias PrimaryKey = UUID
    static let schema = EntitySchema(logicalName: "task", typeName: "A.task", entitySetName: "tasks", key: ["id"])
    static var columns: Columns { Columns() }
    struct Columns: Sendable {
        var owner: GeneralLookup<Task, Principal> { GeneralLookup("owner", value: "_owner_value") }
    }
    var record: Record
    init(record: Record) { self.record = record }
}

import CSDL
import SchemaDiff
import Synchronization
import TestSupport
import Testing

/// What holds for all documents, checked with random changes of real ones.
@Suite("Random changes", .enabled(if: Documents.haveShared, "DATAVERSE_SHARED has no metadata"))
struct PropertyTests {
    private static let cases = Documents.sharedNames.flatMap { name in
        (1...(name.hasPrefix("dataverse") ? 4 : 20)).map { (name, UInt64($0)) }
    }

    private static let read = Mutex<[String: CSDLDocument]>([:])

    /// A document, read once for all cases.
    private static func documents(_ name: String) throws -> CSDLDocument {
        try read.withLock { documents in
            if let document = documents[name] { return document }
            let document = try Documents.shared(name)
            documents[name] = document
            return document
        }
    }

    private func mutated(_ name: String, _ seed: UInt64) throws -> (old: CSDLDocument, new: SchemaMutator) {
        let document = try Self.documents(name)
        var mutator = SchemaMutator(document, seed: seed)
        var random = SeededGenerator(seed: seed &* 31)
        for kind in SchemaMutator.Kind.allCases.shuffled(using: &random) { mutator.mutate(kind) }
        return (document, mutator)
    }

    @Test("Exactly what was changed is found", arguments: cases)
    func exact(name: String, seed: UInt64) throws {
        let (old, mutator) = try mutated(name, seed)
        var random = SeededGenerator(seed: seed)
        let new = mutator.document.shuffled(using: &random)
        let changes = SchemaComparison(old: SchemaVersion(old), new: SchemaVersion(new)).changes()
        #expect(changes.map { "\($0.rule.id) \($0.path)" }.sorted() == mutator.expected.sorted())
        #expect(mutator.expected.count > 5)
        #expect(changes.map(\.path) == changes.map(\.path).sorted())
    }

    @Test("The other way round it is the mirror image", arguments: cases)
    func mirror(name: String, seed: UInt64) throws {
        let (old, mutator) = try mutated(name, seed)
        let (left, right) = (SchemaVersion(old), SchemaVersion(mutator.document))
        let there = Self.facts(SchemaComparison(old: left, new: right).changes())
        let back = Self.facts(SchemaComparison(old: right, new: left).changes())
        func fact(_ change: Change, _ before: String?, _ after: String?) -> String {
            "\(change.path): \(before ?? "-") → \(after ?? "-")"
        }
        let facts = (there.map { fact($0, $0.before, $0.after) }, back.map { fact($0, $0.after, $0.before) })
        #expect(Set(facts.0).symmetricDifference(facts.1) == [])
        #expect(there.count == back.count)
        let rules = (there.map { Self.mirrored($0.rule.id) }, back.map { Self.canonical($0.rule.id) })
        #expect(rules.0.sorted() == rules.1.sorted())
    }

    /// The changes but for what is said of additions only.
    private static func facts(_ changes: [Change]) -> [Change] {
        changes.filter { !$0.rule.id.hasSuffix("property-added-required") }
    }

    @Test("Removals and additions lead from the elements of one side to those of the other", arguments: cases)
    func sets(name: String, seed: UInt64) throws {
        let (old, mutator) = try mutated(name, seed)
        let changes = SchemaComparison(old: SchemaVersion(old), new: SchemaVersion(mutator.document)).changes()
        for kind in ["entity-type", "property", "navigation-property", "enum-member", "entity-set"] {
            var elements = Self.elements(of: old, kind)
            for change in changes where change.rule.id == "\(kind)-removed" {
                #expect(elements.remove(change.path) != nil, "\(change.path) was not there")
            }
            for change in changes where change.rule.id == "\(kind)-added" {
                #expect(elements.insert(change.path).inserted, "\(change.path) was there")
            }
            #expect(elements == Self.elements(of: mutator.document, kind))
        }
    }

    private static let opposites = [
        ("added", "removed"), ("required", "optional"), ("abstract", "concrete"), ("narrowed", "widened"),
    ]

    private static func mirrored(_ rule: String) -> String {
        let rule = canonical(rule)
        for (left, right) in opposites {
            if rule.hasSuffix(left) { return rule.dropLast(left.count) + right }
            if rule.hasSuffix(right) { return rule.dropLast(right.count) + left }
        }
        return rule
    }

    /// A required parameter comes and goes as an optional one does.
    private static func canonical(_ rule: String) -> String {
        rule == "parameter-added-required" ? "parameter-added" : rule
    }

    private static func elements(of document: CSDLDocument, _ kind: String) -> Set<String> {
        var paths: Set<String> = []
        for schema in document.schemas {
            for type in schema.entityTypes {
                let path = schema.qualifiedName(type.name)
                if kind == "entity-type" { paths.insert(path) }
                if kind == "property" { paths.formUnion(type.properties.map { "\(path)/\($0.name)" }) }
                if kind == "navigation-property" {
                    paths.formUnion(type.navigationProperties.map { "\(path)/\($0.name)" })
                }
            }
            for type in schema.complexTypes {
                let path = schema.qualifiedName(type.name)
                if kind == "property" { paths.formUnion(type.properties.map { "\(path)/\($0.name)" }) }
                if kind == "navigation-property" {
                    paths.formUnion(type.navigationProperties.map { "\(path)/\($0.name)" })
                }
            }
            if kind == "enum-member" {
                for type in schema.enumTypes {
                    paths.formUnion(type.members.map { "\(schema.qualifiedName(type.name))/\($0.name)" })
                }
            }
            if kind == "entity-set" {
                for container in schema.entityContainers {
                    paths.formUnion(container.entitySets.map { "\(schema.qualifiedName(container.name))/\($0.name)" })
                }
            }
        }
        return paths
    }
}

import CSDL

/// Which overloads of an action or a function are the same in two versions of a schema.
///
/// Overloads have no names. Those of actions differ in what they are bound to, those of functions also in the names of
/// their parameters (OData CSDL XML 4.01, section 12.2). What is left over is paired where it is plainly a changed
/// overload and not another one.
struct OverloadMatching {
    /// An overload with what identifies it.
    struct Overload {
        let operation: Operation
        /// The type it is bound to, or an empty string.
        let binding: String
        /// The names of the parameters that a caller passes, in order of names.
        let parameterNames: [String]

        init(_ operation: Operation, in version: SchemaVersion) {
            self.operation = operation
            binding = operation.bindingParameter.map { version.spelling($0.type) } ?? ""
            parameterNames = operation.callParameters.map(\.name).sorted()
        }

        var identity: String {
            operation.kind == .action ? binding : binding + "(" + parameterNames.joined(separator: ",")
        }
    }

    private(set) var common: [(old: Int, new: Int)] = []
    private(set) var removed: [Int] = []
    private(set) var added: [Int] = []

    init(_ old: [Overload], _ new: [Overload]) {
        var free: [String: [Int]] = [:]
        for place in new.indices.reversed() { free[new[place].identity, default: []].append(place) }
        for place in old.indices {
            if let counterpart = free[old[place].identity]?.popLast() {
                common.append((place, counterpart))
            } else {
                removed.append(place)
            }
        }
        added = free.values.flatMap(\.self).sorted()
        pairWithinBindings(old, new)
        if old.count == 1, new.count == 1, removed.count == 1, added.count == 1 {
            common.append((removed.removeLast(), added.removeLast()))
        }
    }

    /// Pairs overloads of the same binding that share the most parameters.
    private mutating func pairWithinBindings(_ old: [Overload], _ new: [Overload]) {
        guard !removed.isEmpty, !added.isEmpty else { return }
        var candidates: [(shared: Int, different: Int, old: Int, new: Int)] = []
        let addedByBinding = Dictionary(grouping: added) { new[$0].binding }
        for place in removed {
            let names = Set(old[place].parameterNames)
            for counterpart in addedByBinding[old[place].binding] ?? [] {
                let shared = new[counterpart].parameterNames.count { names.contains($0) }
                let all = names.count + new[counterpart].parameterNames.count
                if shared > 0 || all <= 1 { candidates.append((shared, all - 2 * shared, place, counterpart)) }
            }
        }
        candidates.sort { ($1.shared, $0.different, $0.old, $0.new) < ($0.shared, $1.different, $1.old, $1.new) }
        var takenOld: Set<Int> = []
        var takenNew: Set<Int> = []
        for candidate in candidates where !takenOld.contains(candidate.old) && !takenNew.contains(candidate.new) {
            takenOld.insert(candidate.old)
            takenNew.insert(candidate.new)
            common.append((candidate.old, candidate.new))
        }
        removed.removeAll { takenOld.contains($0) }
        added.removeAll { takenNew.contains($0) }
    }
}

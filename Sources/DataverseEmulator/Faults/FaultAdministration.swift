import Hummingbird
import ODataCore

/// The endpoint beside the Web API through which faults are made and taken back, for tests in other languages and
/// processes: `/emulator/faults`.
///
/// `POST` adds a fault, `GET` tells how many have happened, `DELETE` takes back those that have not. A fault is an object
/// with `fault`, worded as the header `Emulator-Fault`, and optionally `method`, `pathContains`, `skipping` and `times`
/// (1 unless it is given; null for all requests).
struct FaultAdministration {
    static let path = "/emulator/faults"

    let faults: FaultInjector

    func respond(to request: EmulatorRequest) throws(ServiceError) -> EmulatorResponse {
        switch request.method {
        case .get:
            var json = JSONBuffer()
            json.beginObject()
            json.name("happened")
            json.number(Int64(faults.count))
            json.endObject()
            return EmulatorResponse(.ok, body: json.bytes)
        case .post:
            faults.add(try Self.fault(try request.object()))
            return EmulatorResponse(.noContent)
        case .delete:
            faults.removeAll()
            return EmulatorResponse(.noContent)
        default: throw .methodNotAllowed(request.method.rawValue)
        }
    }

    private static func fault(_ body: Record) throws(ServiceError) -> Fault {
        let known: Set<String> = ["fault", "method", "pathContains", "skipping", "times"]
        if let unknown = body.names.first(where: { !known.contains($0) }) {
            throw .badQuery("A fault has no member '\(unknown)'.")
        }
        guard let header = body["fault"]?.stringValue else {
            throw .badQuery(
                "A fault needs 'fault', worded as the header Emulator-Fault: \"status=503; retry-after=1\"."
            )
        }
        var fault = Fault(try Fault.Effect(header: header))
        fault.method = body["method"]?.stringValue
        fault.pathContains = body["pathContains"]?.stringValue
        fault.skipping = try number(body["skipping"], "skipping") ?? 0
        if let times = body["times"] { fault.times = times.isNull ? nil : try number(times, "times") }
        return fault
    }

    private static func number(_ value: Value?, _ name: String) throws(ServiceError) -> Int? {
        guard let value else { return nil }
        guard let number = value.integerValue, (0...1_000_000).contains(number) else {
            throw .badQuery("'\(name)' must be a whole number.")
        }
        return Int(number)
    }
}

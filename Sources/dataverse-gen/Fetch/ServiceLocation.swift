import CSDL
import Foundation

/// Where a service is, from what the user gave as its URL.
struct ServiceLocation: Equatable {
    /// The version of the Web API that is asked where the URL names none.
    static let apiVersion = "9.2"

    /// The service root, without a slash at its end.
    let root: String
    /// Scheme and host, which access tokens are for.
    let origin: String
    /// Whether the URL is that of a Dataverse environment, and not the root of just any OData service.
    let isDataverse: Bool

    /// - Parameter text: the URL of an environment, the root of a service, or the URL of its metadata document.
    /// - Throws: `CommandFailure` where it is no such URL.
    init(_ text: String) throws(CommandFailure) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty, ["http", "https"].contains(scheme),
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else {
            throw .badInput(
                Diagnostic(.error, "'\(text)' is not the URL of a service; try https://contoso.crm.dynamics.com")
            )
        }
        origin = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        let namesDocument = path.hasSuffix("/$metadata")
        if namesDocument { path.removeLast("/$metadata".count) }
        let isEnvironment = path.isEmpty && !namesDocument
        root = origin + (isEnvironment ? "/api/data/v\(ServiceLocation.apiVersion)" : String(path))
        isDataverse = isEnvironment || path.hasPrefix("/api/data/v")
    }

    /// The metadata document. Dataverse leaves annotations out unless it is asked for them: descriptions, and what is
    /// read-only.
    var metadataURL: String { root + "/$metadata" + (isDataverse ? "?annotations=true" : "") }

    /// Whether what is sent can be read on its way: over plain HTTP to another machine.
    var isReadableOnTheWay: Bool {
        guard origin.hasPrefix("http://") else { return false }
        let host = origin.dropFirst("http://".count)
        return !["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix($0 + ":") }
    }
}

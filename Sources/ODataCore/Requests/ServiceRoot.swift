/// Where a service is: the URL that all its paths are relative to.
public struct ServiceRoot: Sendable, Hashable {
    /// The root without a slash at its end, such as `https://contoso.crm.dynamics.com/api/data/v9.2`.
    public let url: String
    /// Scheme, host and port, such as `https://contoso.crm.dynamics.com`.
    public let origin: String

    /// The root of any OData v4 service.
    ///
    /// - Parameter url: the absolute URL of the service document, with `https://` or, for a service on this machine,
    ///   `http://`.
    /// - Throws: ``DataverseError`` of kind ``DataverseError/Kind/invalidRequest`` if it is not such a URL.
    public init(url: String) throws {
        let trimmed = String(url.reversed().drop { $0 == "/" }.reversed())
        guard let schemeEnd = trimmed.firstRange(of: "://"), !trimmed[schemeEnd.upperBound...].isEmpty,
            ["http", "https"].contains(trimmed[..<schemeEnd.lowerBound].lowercased()),
            trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }),
            !trimmed.contains("?"), !trimmed.contains("#"), !trimmed.contains("@"), !PercentEncoding.climbs(trimmed),
            trimmed[schemeEnd.upperBound...].utf8.prefix(while: { $0 != UInt8(ascii: "/") }).allSatisfy(Self.isOfHost)
        else {
            throw DataverseError(
                .invalidRequest,
                "“\(url)” is not the URL of a service. Give an absolute URL such as https://contoso.crm.dynamics.com."
            )
        }
        let authorityEnd = trimmed[schemeEnd.upperBound...].firstIndex(of: "/") ?? trimmed.endIndex
        origin = trimmed[..<authorityEnd].lowercased()
        self.url = origin + trimmed[authorityEnd...]
    }

    /// Whether a byte may stand in a host, with its port: a name, or an address of either version.
    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    /// The Web API of a Dataverse environment.
    ///
    /// - Parameters:
    ///   - environment: the environment's URL, such as `https://contoso.crm.dynamics.com`.
    ///   - version: the version of the Web API.
    /// - Throws: ``DataverseError`` of kind ``DataverseError/Kind/invalidRequest`` if it is not such a URL.
    public init(environment: String, version: String = "9.2") throws {
        let environment = try ServiceRoot(url: environment)
        try self.init(url: "\(environment.url)/api/data/v\(version)")
    }

    /// The absolute URL of a path below the root, or `nil` for an absolute URL of another origin: access tokens
    /// are for this service only.
    func absoluteURL(of target: String) -> String? {
        guard let authorityStart = Self.endOfScheme(target) else {
            return target.utf8.first == UInt8(ascii: "/") ? origin + target : "\(url)/\(target)"
        }
        let rest = target.utf8[authorityStart...]
        let authorityEnd = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? target.endIndex
        return target[..<authorityEnd].lowercased() == origin ? target : nil
    }

    /// Whether a target is a path below the root.
    func isRelative(_ target: String) -> Bool {
        target.utf8.first != UInt8(ascii: "/") && Self.endOfScheme(target) == nil
    }

    /// The place after `://`, if that stands before any path or query.
    private static func endOfScheme(_ target: String) -> String.Index? {
        let bytes = target.utf8
        guard
            let end = bytes.firstIndex(where: {
                $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?")
            }),
            bytes[end...].starts(with: "://".utf8)
        else { return nil }
        return bytes.index(end, offsetBy: 3)
    }
}

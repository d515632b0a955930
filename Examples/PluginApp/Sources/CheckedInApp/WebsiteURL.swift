import Dataverse
import Foundation

/// The addresses of sites, which the service has as texts.
enum WebsiteURL: ColumnConverter {
    static func value(from stored: String) throws(ColumnValueError) -> URL {
        guard let url = URL(string: stored) else { throw ColumnValueError(expected: "a URL", found: .string(stored)) }
        return url
    }

    static func stored(from value: URL) -> String { value.absoluteString }
}

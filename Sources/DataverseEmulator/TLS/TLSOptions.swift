import Foundation

/// How an emulator serves HTTPS: with certificates of an authority of its own, which clients have to trust.
public struct TLSOptions: Sendable, Hashable {
    /// The folder with the authority's files, made when it is first needed.
    public var folder: String

    /// - Parameter folder: The folder with the authority's files; `nil` for `~/.dataverse-emulator`.
    public init(folder: String? = nil) {
        self.folder = folder ?? Self.defaultFolder
    }

    /// `.dataverse-emulator` in the user's home folder.
    public static var defaultFolder: String {
        URL(fileURLWithPath: NSHomeDirectory()).appending(path: ".dataverse-emulator").path
    }

    /// The authority's certificate, as a PEM file: what clients trust, for example as `SSL_CERT_FILE`.
    public var authorityFile: String { URL(fileURLWithPath: folder).appending(path: "ca.pem").path }

    /// The authority's certificate and key, which only the user can read.
    var keyFile: String { URL(fileURLWithPath: folder).appending(path: "authority.pem").path }
}

import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// The authority that signs the emulator's certificates: made once for a user, kept in a folder.
struct CertificateAuthority {
    private let certificate: Certificate
    private let key: Certificate.PrivateKey

    private static let lifetime: TimeInterval = 10 * 365 * 86_400
    /// Clients refuse certificates of servers that are valid for longer than about this.
    private static let serverLifetime: TimeInterval = 365 * 86_400

    /// Reads the authority of a folder, or makes it.
    ///
    /// - Throws: ``TLSError`` if the folder or its files cannot be read or written.
    init(_ options: TLSOptions) throws {
        do {
            if let existing = try Self.read(options) {
                self = existing
            } else {
                try Self.make(options)
                guard let made = try Self.read(options) else {
                    throw TLSError("\(options.keyFile): the file has just been written, but is not there")
                }
                self = made
            }
            let pem = try certificate.serializeAsPEM().pemString
            try Data((pem + "\n").utf8).write(to: URL(fileURLWithPath: options.authorityFile), options: .atomic)
        } catch let error as TLSError {
            throw error
        } catch {
            throw TLSError("\(options.folder): the emulator's certificate authority cannot be kept here: \(error)")
        }
    }

    private init(certificate: Certificate, key: Certificate.PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    private static func read(_ options: TLSOptions) throws -> CertificateAuthority? {
        guard FileManager.default.fileExists(atPath: options.keyFile) else { return nil }
        let text = try String(contentsOfFile: options.keyFile, encoding: .utf8)
        do {
            let documents = try PEMDocument.parseMultiple(pemString: text)
            guard documents.count == 2 else { throw TLSError("it holds \(documents.count) parts instead of 2") }
            let certificate = try Certificate(pemDocument: documents[0])
            guard certificate.notValidAfter > Date() else { throw TLSError("its certificate has expired") }
            return CertificateAuthority(
                certificate: certificate,
                key: try Certificate.PrivateKey(pemDocument: documents[1])
            )
        } catch {
            throw TLSError("\(options.keyFile): \(error). Delete the file to have a new authority made.")
        }
    }

    /// Makes an authority. If another process does so at the same time, the first one wins.
    private static func make(_ options: TLSOptions) throws {
        let key = P256.Signing.PrivateKey()
        let signing = Certificate.PrivateKey(key)
        let name = try DistinguishedName { CommonName("Dataverse emulator on \(ProcessInfo.processInfo.hostName)") }
        let identifier = SubjectKeyIdentifier(hash: signing.publicKey)
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: signing.publicKey,
            notValidBefore: Date() - 86_400,
            notValidAfter: Date() + lifetime,
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                identifier
            },
            issuerPrivateKey: signing
        )
        let text = try certificate.serializeAsPEM().pemString + "\n" + key.pemRepresentation + "\n"
        let files = FileManager.default
        try files.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        let draft = options.keyFile + "." + UUID().uuidString
        guard files.createFile(atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw TLSError("\(draft): the file cannot be written")
        }
        defer { try? files.removeItem(atPath: draft) }
        do {
            try files.linkItem(atPath: draft, toPath: options.keyFile)
        } catch {
            guard files.fileExists(atPath: options.keyFile) else { throw error }
        }
    }

    /// A configuration of TLS with a new certificate for this machine's own names and the host that is served.
    func serverConfiguration(host: String) throws -> TLSConfiguration {
        let key = P256.Signing.PrivateKey()
        let subject = Certificate.PrivateKey(key)
        let authorityIdentifier = try certificate.extensions.subjectKeyIdentifier?.keyIdentifier
        let server = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: subject.publicKey,
            notValidBefore: Date() - 86_400,
            notValidAfter: min(Date() + Self.serverLifetime, certificate.notValidAfter),
            issuer: certificate.subject,
            subject: try DistinguishedName { CommonName("localhost") },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(Self.names(host: host))
                SubjectKeyIdentifier(hash: subject.publicKey)
                AuthorityKeyIdentifier(keyIdentifier: authorityIdentifier)
            },
            issuerPrivateKey: self.key
        )
        let chain = try [server, certificate].map { part in
            try NIOSSLCertificate(bytes: Array(part.serializeAsPEM().pemString.utf8), format: .pem)
        }
        return .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))
        )
    }

    private static func names(host: String) -> [GeneralName] {
        let loopback: [UInt8] = [127, 0, 0, 1]
        let loopback6 = Array(repeating: UInt8(0), count: 15) + [1]
        var names: [GeneralName] = [
            .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: loopback[...])),
            .ipAddress(ASN1OctetString(contentBytes: loopback6[...])),
        ]
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let address = bytes.compactMap { $0 }
        if bytes.count == 4, address.count == 4 {
            if address != loopback { names.append(.ipAddress(ASN1OctetString(contentBytes: address[...]))) }
        } else if host != "localhost", !host.contains(":") {
            names.append(.dnsName(host))
        }
        return names
    }
}

/// Why the emulator cannot serve HTTPS.
public struct TLSError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

import Crypto
import Dataverse
import Foundation
import _CryptoExtras

/// A certificate with its key, and the assertions that are signed with it.
struct ClientCertificate: Sendable {
    private let key: _RSA.Signing.PrivateKey
    /// The certificate, then those that it was issued under, as DER.
    private let certificates: [[UInt8]]

    /// How long an assertion is valid.
    private static let validity: TimeInterval = 600

    init(file: String, system: CredentialSystem) throws(CredentialError) {
        guard let bytes = try? system.readFile(file), bytes.count <= 1 << 20 else {
            throw CredentialError("The file \(file) with the certificate cannot be read.", reason: .unavailable)
        }
        try self.init(pem: String(decoding: bytes, as: UTF8.self), name: file)
    }

    /// - Parameter name: what the text is called in errors.
    init(pem: String, name: String) throws(CredentialError) {
        let parts = try PEMText(pem, name: name).parts
        var keys: [[UInt8]] = []
        var certificates: [[UInt8]] = []
        for part in parts {
            switch part.label {
            case "CERTIFICATE": certificates.append(part.bytes)
            case "PRIVATE KEY", "RSA PRIVATE KEY": keys.append(part.bytes)
            case "ENCRYPTED PRIVATE KEY": throw PEMText.encrypted(name)
            default: break
            }
        }
        guard let keyBytes = keys.first, !certificates.isEmpty else {
            throw CredentialError(
                "\(name) has \(keys.isEmpty ? "no private key" : "no certificate"). Put both into one PEM file; make it "
                    + "of a .pfx file with `openssl pkcs12 -in app.pfx -nodes -out app.pem`.",
                reason: .unavailable
            )
        }
        guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: keyBytes) else {
            throw CredentialError(
                "\(name): the private key is not an RSA key of 2048 bits or more; Microsoft Entra ID takes no others.",
                reason: .unavailable
            )
        }
        // A certificate has its public key in it, in the very form in which the key gives it.
        let publicKey = key.publicKey.derRepresentation
        guard let own = certificates.firstIndex(where: { Data($0).range(of: publicKey) != nil }) else {
            throw CredentialError("\(name): the private key is not the key of the certificate.", reason: .unavailable)
        }
        certificates.insert(certificates.remove(at: own), at: 0)
        self.key = key
        self.certificates = certificates
    }

    /// Signs an assertion for each request of an app.
    func authentication(
        _ app: EntraApp,
        algorithm: ClientCertificateCredential.Algorithm,
        sendsChain: Bool
    ) -> ClientAuthentication {
        .assertion { audience throws(CredentialError) in
            let header: Record = [
                "alg": .string(algorithm.rawValue), "typ": "JWT",
                "x5t#S256": .string(Data(SHA256.hash(data: certificates[0])).base64URL),
            ]
            let now = app.options.system.date().timeIntervalSince1970
            let payload: Record = [
                "aud": .string(audience), "iss": .string(app.clientID), "sub": .string(app.clientID),
                "jti": .string(app.options.system.makeIdentifier().uuidString.lowercased()),
                "iat": .integer(Int64(now)), "nbf": .integer(Int64(now)),
                "exp": .integer(Int64(now + Self.validity)),
            ]
            return try sign(sendsChain ? header.with(chain: certificates) : header, payload, algorithm)
        }
    }

    /// Source: RFC 7515, section 5.1; RFC 7518, sections 3.3 and 3.5.
    private func sign(
        _ header: Record,
        _ payload: Record,
        _ algorithm: ClientCertificateCredential.Algorithm
    ) throws(CredentialError) -> Secret {
        let signed = [header, payload].map { Data(JSONWriter.bytes(from: .object($0))).base64URL }
            .joined(separator: ".")
        do {
            let signature = try key.signature(
                for: SHA256.hash(data: Data(signed.utf8)),
                padding: algorithm == .ps256 ? .PSS : .insecurePKCS1v1_5
            )
            return Secret("\(signed).\(signature.rawRepresentation.base64URL)")
        } catch {
            throw CredentialError("The assertion cannot be signed with the certificate's key.", reason: .unavailable)
        }
    }
}

extension Record {
    /// The header with the certificates, whose Base64 is the ordinary one.
    ///
    /// Source: RFC 7515, section 4.1.6.
    fileprivate func with(chain certificates: [[UInt8]]) -> Record {
        var header = self
        header["x5c"] = .array(certificates.map { .string(Data($0).base64EncodedString()) })
        return header
    }
}

extension Data {
    /// Base64 for URLs, without padding (RFC 7515, appendix C).
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

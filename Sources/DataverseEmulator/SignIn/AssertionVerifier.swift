import Crypto
import Foundation
import ODataCore
import X509
import _CryptoExtras

/// Checks the assertions that apps sign with the keys of their certificates.
///
/// Sources: RFC 7523, section 3; Microsoft identity platform, "Application authentication certificate credentials".
struct AssertionVerifier {
    let client: SignIn.Client
    /// The URL of the token endpoint.
    let audience: String

    /// - Returns: the identifier of the assertion, which may be used once.
    func verify(_ assertion: String) throws(SignInError) -> String {
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let payload = Self.object(parts[1]),
            let signature = Self.decoded(parts[2])
        else { throw Self.invalid("The assertion is no JSON web token.") }
        let key = try key(thumbprint: header["x5t#S256"]?.stringValue)
        let padding: _RSA.Signing.Padding
        switch header["alg"]?.stringValue {
        case "PS256": padding = .PSS
        case "RS256": padding = .insecurePKCS1v1_5
        default: throw Self.invalid("The assertion is signed in another way than PS256 and RS256.")
        }
        let signed = SHA256.hash(data: Data("\(parts[0]).\(parts[1])".utf8))
        guard
            key.isValidSignature(_RSA.Signing.RSASignature(rawRepresentation: signature), for: signed, padding: padding)
        else { throw Self.invalid("The signature of the assertion is not that of the certificate's key.") }
        guard payload["aud"]?.stringValue == audience else {
            throw Self.invalid("The audience of the assertion is not \(audience).")
        }
        guard payload["iss"]?.stringValue == client.id, payload["sub"]?.stringValue == client.id else {
            throw Self.invalid("Issuer and subject of the assertion must be the app.")
        }
        let now = Int64(Date().timeIntervalSince1970)
        guard let start = payload["nbf"]?.integerValue, let end = payload["exp"]?.integerValue, start <= now + 300,
            end > now, end - start <= 86_400
        else {
            throw SignInError(
                "invalid_client",
                700_024,
                "Client assertion is not within its valid time range. Review the certificate and the machine's clock.",
                status: 401
            )
        }
        guard let identifier = payload["jti"]?.stringValue, !identifier.isEmpty else {
            throw Self.invalid("The assertion has no identifier.")
        }
        return identifier
    }

    private func key(thumbprint: String?) throws(SignInError) -> _RSA.Signing.PublicKey {
        for text in client.certificates {
            guard let certificate = try? Certificate(pemEncoded: text),
                let bytes = try? certificate.serializeAsPEM().derBytes
            else { continue }
            let own = Data(SHA256.hash(data: bytes)).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            if own == thumbprint, let key = _RSA.Signing.PublicKey(certificate.publicKey) { return key }
        }
        throw Self.invalid("The app has no certificate with this thumbprint.")
    }

    private static func invalid(_ message: String) -> SignInError {
        SignInError("invalid_client", 700_027, message, status: 401)
    }

    private static func object(_ part: Substring) -> Record? {
        decoded(part).flatMap { try? JSONReader.value(from: Array($0)) }?.objectValue
    }

    private static func decoded(_ part: Substring) -> Data? {
        let base64 = part.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4))
    }
}

import CLibCurl
import ODataCore
import ODataTransport

/// The functions that libcurl calls while a handle's exchange is under way.
///
/// All of them are called by the thread that drives the handle, which owns it then. `context` is the handle itself,
/// which its owner keeps alive.
enum CurlCallbacks {
    private static func handle(_ context: UnsafeMutableRawPointer?) -> CurlHandle? {
        context.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A line of the response's head, complete, or of one that came before it.
    static let receiveHead: dataverse_curl_data_callback = { bytes, size, count, context in
        guard let handle = handle(context), let bytes else { return 0 }
        // libcurl's bytes are valid during the call.
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        if line.starts(with: "HTTP/".utf8) {
            handle.head.removeAll(keepingCapacity: true)
            handle.isHeadComplete = false
        }
        if line.elementsEqual("\r\n".utf8) || line.elementsEqual("\n".utf8) { handle.isHeadComplete = true }
        guard handle.head.count + line.count <= CurlConfiguration.maximumHeadSize else {
            handle.isTooLarge = true
            return 0
        }
        handle.head.append(contentsOf: line)
        return line.count
    }

    /// The next bytes of the response's body.
    static let receiveContent: dataverse_curl_data_callback = { bytes, size, count, context in
        guard let handle = handle(context), let bytes else { return 0 }
        // libcurl's bytes are valid during the call.
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        guard handle.content.count + piece.count <= handle.maximumResponseSize else {
            handle.isTooLarge = true
            return 0
        }
        do throws(TransportError) {
            try handle.content.append(piece, of: handle.easy)
            return piece.count
        } catch {
            handle.fileError = error
            return 0
        }
    }

    /// Room for the next bytes of the request's body.
    static let sendBody: dataverse_curl_data_callback = { bytes, size, count, context in
        guard let handle = handle(context), let bytes else { return Int(CURL_READFUNC_ABORT) }
        do throws(TransportError) {
            // libcurl's room is valid during the call.
            let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
            return try handle.body?.read(into: room) ?? 0
        } catch {
            handle.fileError = error
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// Whether the request may go out on the connection that libcurl has chosen.
    static let beginRequest: dataverse_curl_begin_callback = { context, _, _, _, _ in
        guard let handle = handle(context) else { return 1 }
        handle.sendings += 1
        if handle.sendings > 1 {
            if handle.isSentOnce { return 1 }
            handle.head.removeAll(keepingCapacity: true)
            handle.isHeadComplete = false
            handle.content.startAgain()
        }
        return 0
    }
}

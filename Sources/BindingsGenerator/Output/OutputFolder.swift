#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The files of one folder, by name. Symbolic links are replaced or left alone, never followed.
struct OutputFolder {
    let path: String

    /// What the system said when something failed.
    struct Failure: Error {
        let path: String
        let reason: String

        /// The failure of the last system call.
        init(_ path: String) {
            self.path = path
            reason = String(cString: strerror(errno))
        }
    }

    /// Makes the folder and those above it.
    func create() throws(Failure) {
        var made = ""
        for component in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += component
            if !made.isEmpty, mkdir(made, 0o777) != 0, errno != EEXIST { throw Failure(made) }
            made += "/"
        }
        guard isDirectory else {
            errno = ENOTDIR
            throw Failure(path)
        }
    }

    /// The names of the files, in no order.
    func names() throws(Failure) -> [String] {
        guard let folder = opendir(path) else { throw Failure(path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }

    /// Whether a regular file begins with a text, or has exactly this text.
    func file(_ name: String, beginsWith text: String, exactly: Bool) -> Bool {
        var text = text
        let descriptor = open(path + "/" + name, O_RDONLY | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return false }
        return text.withUTF8 { expected in
            guard exactly ? information.st_size == expected.count : information.st_size >= expected.count else {
                return false
            }
            return withUnsafeTemporaryAllocation(byteCount: expected.count, alignment: 1) { buffer in
                var length = 0
                while length < expected.count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[length...])
                    let count = read(descriptor, rest.baseAddress, rest.count)
                    guard count > 0 else { return false }
                    length += count
                }
                guard let found = buffer.baseAddress, let wanted = expected.baseAddress else { return true }
                return memcmp(found, wanted, length) == 0
            }
        }
    }

    /// Writes a file. A link of that name is replaced.
    func write(_ text: String, to name: String) throws(Failure) {
        let file = path + "/" + name
        var text = text
        var descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o666)
        if descriptor < 0, errno == ELOOP, unlink(file) == 0 {
            descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666)
        }
        guard descriptor >= 0 else { throw Failure(file) }
        defer { close(descriptor) }
        let isComplete = text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let rest = UnsafeBufferPointer(rebasing: bytes[written...])
                let count = writeBytes(descriptor, rest.baseAddress, rest.count)
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
        guard isComplete else { throw Failure(file) }
    }

    /// Removes a file.
    func remove(_ name: String) throws(Failure) {
        guard unlink(path + "/" + name) == 0 else { throw Failure(path + "/" + name) }
    }

    private var isDirectory: Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }
}

/// `write(2)`, which the method of the same name hides.
private let writeBytes = write

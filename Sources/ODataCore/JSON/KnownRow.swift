/// The member names of an object that was read, for the next one like it.
package final class KnownRow: @unchecked Sendable {
    // Sendable: nothing is changed after the initializer, and the names point into the memory that it fills.

    /// The template, whose names point into the text.
    let template: RowTemplate
    private let text: UnsafeMutablePointer<UInt8>

    /// - Parameter template: a template whose text is still there; it is copied.
    init(_ template: RowTemplate) {
        text = .allocate(capacity: template.names.reduce(0) { $0 + $1.count })
        var copy = RowTemplate()
        copy.shape = template.shape
        copy.names.reserveCapacity(template.names.count)
        var end = text
        for name in template.names {
            // There is room for the bytes of all names.
            end.initialize(from: name.start, count: name.count)
            copy.names.append(RowTemplate.Name(start: UnsafePointer(end), count: name.count))
            end += name.count
        }
        self.template = copy
    }

    deinit { text.deallocate() }

    /// Whether a template is this one's, unchanged.
    func isOf(_ template: RowTemplate) -> Bool { self.template.shape.isIdentical(to: template.shape) }
}

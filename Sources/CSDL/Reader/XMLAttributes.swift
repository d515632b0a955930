import CLibXML2

/// The attributes of one element that have no namespace: those that CSDL defines or may define.
struct XMLAttributes: Sequence, IteratorProtocol {
    private var upcoming: xmlAttrPtr?
    private let names: InternedNames<AttributeName>

    init(first: xmlAttrPtr?, names: InternedNames<AttributeName>) {
        upcoming = first
        self.names = names
    }

    mutating func next() -> XMLAttribute? {
        while let attribute = upcoming {
            upcoming = attribute.pointee.next
            if attribute.pointee.ns == nil {
                return XMLAttribute(name: names[attribute.pointee.name], node: attribute)
            }
        }
        return nil
    }
}

/// One attribute. Valid until the cursor moves.
struct XMLAttribute {
    /// The name; `nil` where CSDL has no such attribute.
    let name: AttributeName?
    fileprivate let node: xmlAttrPtr

    fileprivate init(name: AttributeName?, node: xmlAttrPtr) {
        self.name = name
        self.node = node
    }

    /// The name as the document writes it, for messages.
    var spelling: String { node.pointee.name.map { String(cString: $0) } ?? "" }

    /// The value.
    var string: String {
        guard let child = node.pointee.children else { return "" }
        if child.pointee.type == XML_TEXT_NODE, child.pointee.next == nil {
            return child.pointee.content.map { String(cString: $0) } ?? ""
        }
        // A value with entity references is kept as several nodes.
        guard let joined = xmlNodeListGetString(node.pointee.doc, child, 1) else { return "" }
        defer { dataverse_xmlFree(joined) }
        return String(cString: joined)
    }

    /// Whether the value is this text, without making a `String` of it.
    func isEqual(to text: StaticString) -> Bool {
        guard let child = node.pointee.children, child.pointee.next == nil, let content = child.pointee.content
        else { return false }
        return xmlStrcmp(content, text.utf8Start) == 0
    }

    /// The value as a Boolean.
    var bool: Bool? {
        if isEqual(to: "true") || isEqual(to: "1") { return true }
        if isEqual(to: "false") || isEqual(to: "0") { return false }
        return nil
    }
}

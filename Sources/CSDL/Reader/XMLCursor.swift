import CLibXML2

/// Walks the elements of one document in order, with libxml2's text reader.
///
/// The reader keeps only the current branch of the document in memory. No network, no external entities, no document
/// type declaration; depth is bounded here, size by ``CSDLReader``.
final class XMLCursor {
    /// An element's start tag. Valid until the cursor moves.
    struct Element {
        /// The element's name in a CSDL namespace; `nil` for any other.
        let name: ElementName?
        /// Which vocabulary the element belongs to.
        let space: Space
        /// Where the element begins.
        let position: SourcePosition
        fileprivate let node: xmlNodePtr
        fileprivate let depth: Int32
        fileprivate let isEmpty: Bool
    }

    /// The vocabularies that matter, told apart by the namespace of an element.
    enum Space {
        /// `http://docs.oasis-open.org/odata/ns/edmx`
        case edmx
        /// `http://docs.oasis-open.org/odata/ns/edm`
        case edm
        /// Anything else: vendors' elements, older versions of OData, other documents.
        case other
    }

    private let reader: xmlTextReaderPtr
    private let elementNames: InternedNames<ElementName>
    private let attributeNames: InternedNames<AttributeName>
    private var locator: StartTagLocator
    private let sourceName: String
    private let maximumDepth: Int32
    private let parserErrors: ParserErrors
    /// How many elements of each kind were passed, looked at or skipped.
    private(set) var counts = ElementCounts()
    /// The place of the last start tag, for errors without one.
    private var lastPosition = SourcePosition.start

    /// Opens a document.
    ///
    /// - Parameter bytes: The document; must stay in place as long as the cursor is used.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        encoding: String?,
        sourceName: String,
        maximumDepth: Int
    ) throws(Diagnostic) {
        _ = XMLCursor.parserIsInitialized
        self.sourceName = sourceName
        self.maximumDepth = Int32(clamping: maximumDepth)
        locator = StartTagLocator(bytes)
        parserErrors = ParserErrors()

        let options = XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_HUGE.rawValue
        let opened = bytes.withMemoryRebound(to: CChar.self) {
            xmlReaderForMemory($0.baseAddress, Int32($0.count), nil, encoding, Int32(bitPattern: options))
        }
        guard let opened else {
            throw Diagnostic(.error, "libxml2 could not be started: out of memory", file: sourceName)
        }
        reader = opened
        elementNames = InternedNames(reader: opened)
        attributeNames = InternedNames(reader: opened)
        xmlTextReaderSetStructuredErrorHandler(
            opened,
            ParserErrors.handler,
            Unmanaged.passUnretained(parserErrors).toOpaque()
        )
    }

    deinit {
        xmlFreeTextReader(reader)
    }

    /// `xmlInitParser` is not safe to run twice at once; a static is initialized once.
    private static let parserIsInitialized: Bool = {
        xmlInitParser()
        return true
    }()

    /// Problems that libxml2 can live with, such as an undeclared prefix.
    var toleratedProblems: [Diagnostic] {
        parserErrors.tolerated.map {
            Diagnostic(.warning, $0.message, file: sourceName, position: $0.position)
        }
    }

    /// Moves to the root element.
    func root() throws(Diagnostic) -> Element {
        while try read() {
            if let element = currentElement() { return element }
        }
        throw Diagnostic(.error, "the document has no root element", file: sourceName, position: .start)
    }

    /// Visits the child elements of an element and moves behind it.
    ///
    /// The visitor must move behind the child, through this function or ``skip(_:)``.
    func forEachChild(of element: Element, _ visit: (Element) throws(Diagnostic) -> Void) throws(Diagnostic) {
        guard !element.isEmpty else { return }
        while try read() {
            if let child = currentElement() {
                guard child.depth < maximumDepth else {
                    throw Diagnostic(
                        .error,
                        "elements are nested more than \(maximumDepth) deep",
                        file: sourceName,
                        position: child.position
                    )
                }
                try visit(child)
            } else if xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_END_ELEMENT.rawValue) {
                return
            }
        }
    }

    /// Moves behind an element without looking at its content.
    func skip(_ element: Element) throws(Diagnostic) {
        try forEachChild(of: element) { (child) throws(Diagnostic) in try skip(child) }
    }

    /// The text of an element and moves behind it. Child elements are handed to the visitor.
    func text(
        of element: Element,
        _ visit: (Element) throws(Diagnostic) -> Void
    ) throws(Diagnostic) -> String {
        guard !element.isEmpty else { return "" }
        var text = ""
        while try read() {
            switch xmlTextReaderNodeType(reader) {
            case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
                Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
                if let value = xmlTextReaderConstValue(reader) { text += String(cString: value) }
            case Int32(XML_READER_TYPE_END_ELEMENT.rawValue):
                return text
            default:
                if let child = currentElement() { try visit(child) }
            }
        }
        return text
    }

    /// Reads to the end of the document, which must hold nothing but comments and white space.
    func finish() throws(Diagnostic) {
        while try read() {}
    }

    /// The name of an element as the document writes it, for messages.
    func spelling(of element: Element) -> String {
        element.node.pointee.name.map { String(cString: $0) } ?? ""
    }

    /// The namespace of an element, for messages.
    func namespace(of element: Element) -> String? {
        element.node.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) }
    }

    /// The attributes of an element that belong to CSDL, which have no namespace. Valid until the cursor moves.
    func attributes(of element: Element) -> XMLAttributes {
        XMLAttributes(first: element.node.pointee.properties, names: attributeNames)
    }

    private func read() throws(Diagnostic) -> Bool {
        let result = xmlTextReaderRead(reader)
        if let failure = parserErrors.fatal {
            throw Diagnostic(.error, failure.message, file: sourceName, position: failure.position)
        }
        guard result >= 0 else {
            throw Diagnostic(.error, "the document is not well-formed XML", file: sourceName, position: lastPosition)
        }
        return result == 1
    }

    private func currentElement() -> Element? {
        guard xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_ELEMENT.rawValue),
            let node = xmlTextReaderCurrentNode(reader)
        else { return nil }
        lastPosition = locator.nextStartTag()
        let space = XMLCursor.space(of: node)
        let name = space == .other ? nil : elementNames[node.pointee.name]
        if space == .edm, let name { counts.add(name) }
        return Element(
            name: name,
            space: space,
            position: lastPosition,
            node: node,
            depth: xmlTextReaderDepth(reader),
            isEmpty: xmlTextReaderIsEmptyElement(reader) == 1
        )
    }

    private static func space(of node: xmlNodePtr) -> Space {
        guard let namespace = node.pointee.ns, let address = namespace.pointee.href else { return .other }
        if xmlStrcmp(address, edmNamespace.utf8Start) == 0 { return .edm }
        if xmlStrcmp(address, edmxNamespace.utf8Start) == 0 { return .edmx }
        return .other
    }
}

private let edmNamespace: StaticString = "http://docs.oasis-open.org/odata/ns/edm"
private let edmxNamespace: StaticString = "http://docs.oasis-open.org/odata/ns/edmx"

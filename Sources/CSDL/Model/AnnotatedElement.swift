/// An element of the model that stands somewhere in a document and may carry annotations.
public protocol AnnotatedElement {
    /// The annotations written inside the element.
    var annotations: [Annotation] { get }
    /// Where the element begins.
    var position: SourcePosition { get }
}

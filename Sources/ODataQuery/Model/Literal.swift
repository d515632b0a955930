public import ODataCore

/// A primitive value written in a URL. The clients write with the same type, and read keys with it.
public typealias Literal = ODataLiteral

import ODataCore

extension Value {
    /// A value of any kind, with nested arrays and objects up to a depth.
    public static func random(depth: Int, using random: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random)))
        case 3:
            let significand = UInt64.random(in: 1..<1_000_000_000, using: &random) * 10 + 1
            return .decimal(Decimal(significand) / 1000)
        case 4, 5: return .string(.random(using: &random))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in .random(depth: depth - 1, using: &random) }
            )
        default:
            return .object(
                Record(
                    members: (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                        (String.random(using: &random), Value.random(depth: depth - 1, using: &random))
                    }
                )
            )
        }
    }
}

extension String {
    public static func random(using random: inout SeededGenerator) -> String {
        let alphabet = Array("abcXYZ019 \"\\/'\n\r\t\u{0}\u{1F}éßЖ漢字😀🇩🇪&%#?+={}[]:,")
        return String(
            (0..<Int.random(in: 0..<12, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) }
        )
    }
}

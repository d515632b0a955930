import Foundation
import GRDB

/// Writes JSON into bytes.
struct JSONBuffer {
    private(set) var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    mutating func beginObject() { begin("{") }
    mutating func endObject() { end("}") }
    mutating func beginArray() { begin("[") }
    mutating func endArray() { end("]") }

    /// Writes the name of a member, made of two parts.
    mutating func name(_ name: String, _ suffix: StaticString = "") {
        separate()
        bytes.append(UInt8(ascii: "\""))
        escape(name)
        suffix.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: "\":".utf8)
        needsComma = false
    }

    /// Writes the name of a member that has been encoded before.
    mutating func name(encoded name: [UInt8]) {
        separate()
        bytes.append(contentsOf: name)
        needsComma = false
    }

    /// Writes text that SQLite has.
    mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        escape(text)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    mutating func number(_ number: Int64) {
        separate()
        digits(number)
        needsComma = true
    }

    /// Writes the ETag of a row.
    mutating func etag(_ version: Int64) {
        separate()
        bytes.append(contentsOf: "\"@odata.etag\":\"W/\\\"".utf8)
        digits(version)
        bytes.append(contentsOf: "\\\"\"".utf8)
        needsComma = true
    }

    /// Writes ticks as a date and time; those with a fraction of a second are rare.
    mutating func dateTime(_ ticks: Int64) {
        let (days, time) = Ticks.floorDivide(ticks, Ticks.perDay)
        let date = CivilDate.date(daysSinceEpoch: days)
        guard time % Ticks.perSecond == 0, (0...9999).contains(date.year) else { return string(Ticks.dateTime(ticks)) }
        separate()
        bytes.append(UInt8(ascii: "\""))
        twoDigits(date.year / 100)
        twoDigits(date.year % 100)
        bytes.append(UInt8(ascii: "-"))
        twoDigits(date.month)
        bytes.append(UInt8(ascii: "-"))
        twoDigits(date.day)
        bytes.append(UInt8(ascii: "T"))
        let seconds = Int(time / Ticks.perSecond)
        twoDigits(seconds / 3600)
        bytes.append(UInt8(ascii: ":"))
        twoDigits(seconds / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        twoDigits(seconds % 60)
        bytes.append(contentsOf: "Z\"".utf8)
        needsComma = true
    }

    private mutating func twoDigits(_ number: Int) {
        bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private mutating func digits(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        escape(text)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes text that is JSON already.
    mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    /// Writes a stored value as its type's JSON.
    mutating func value(_ value: DatabaseValue, as type: ColumnType) {
        switch (value.storage, type) {
        case (.null, _): raw("null")
        case (.int64(let number), .boolean): raw(number == 0 ? "false" : "true")
        case (.int64(let number), .dateTimeOffset): dateTime(number)
        case (.int64(let number), .timeOfDay): string(Ticks.timeOfDay(number))
        case (.int64(let number), .duration): string(Ticks.duration(number))
        case (.int64(let number), .enumeration(let schema)): string(schema.name(of: number))
        case (.int64(let number), _): self.number(number)
        case (.double(let number), .single): double(Double(Float(number).description) ?? number)
        case (.double(let number), _): double(number)
        case (.string(let text), .decimal), (.string(let text), .json): raw(text)
        case (.string(let text), _): string(text)
        case (.blob(let data), _): string(data.base64EncodedString())
        }
    }

    private mutating func double(_ number: Double) {
        number.isFinite ? raw(number.description) : string(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")
    }

    private mutating func begin(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { escape($0) }
    }

    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for place in utf8.indices {
            let byte = utf8[place]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: utf8[start..<place])
            start = place + 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            default:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        bytes.append(contentsOf: utf8[start...])
    }
}

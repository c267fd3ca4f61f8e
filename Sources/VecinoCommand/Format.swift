internal import Foundation
internal import Retrieval

/// Figures as people read them.
enum Format {
    /// A number with its thousands apart: `1,234,567`.
    static func count(_ number: Int) -> String {
        var digits = Array(String(abs(number)))
        var position = digits.count - 3
        while position > 0 {
            digits.insert(",", at: position)
            position -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }

    /// A number of things: `1 document`, `2 documents`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// Bytes as `512 B` or `3.4 MB`, in powers of 1,000.
    static func bytes(_ number: Int64) -> String {
        if number < 1_000 { return "\(number) B" }
        var value = Double(number)
        for unit in ["kB", "MB", "GB"] {
            value /= 1_000
            if value < 999.5 { return fixed(value, value < 9.95 ? 1 : 0) + " " + unit }
        }
        return fixed(value / 1_000, 1) + " TB"
    }

    /// Seconds as `0.4 s`, `12 s`, `3:07` or `1:02:07`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 9.95 { return fixed(seconds, 1) + " s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        let (minutes, rest) = whole.quotientAndRemainder(dividingBy: 60)
        if minutes < 60 { return "\(minutes):\(padded(rest))" }
        return "\(minutes / 60):\(padded(minutes % 60)):\(padded(rest))"
    }

    /// `number` with `digits` after the point.
    static func fixed(_ number: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", number)
    }

    private static func padded(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}

/// The program's JSON: keys sorted, slashes as they are, one value on a line or laid out.
enum JSON {
    static func text(_ value: some Encodable, pretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

package import Foundation

/// Figures as people read them: in English, or in a reader's own style.
package enum Format {
    /// A number with its thousands apart: `1,234,567`.
    package static func count(_ number: Int, _ style: NumberStyle = .english) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            let isGroup = index > 0 && (digits.count - index).isMultiple(of: 3)
            if isGroup, digits.count >= style.leastGroupedDigits { text += style.groupMark }
            text.append(digit)
        }
        return text
    }

    /// A number of things: `1 document`, `2 documents`.
    package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// Bytes as `512 B` or `3.4 MB`, in powers of 1,000.
    package static func bytes(_ number: Int64, _ style: NumberStyle = .english) -> String {
        if number < 1_000 { return "\(number) B" }
        var value = Double(number)
        for unit in ["kB", "MB", "GB"] {
            value /= 1_000
            if value < 999.5 { return fixed(value, value < 9.95 ? 1 : 0, style) + " " + unit }
        }
        return fixed(value / 1_000, 1, style) + " TB"
    }

    /// Seconds as `0.4 s`, `12 s`, `3:07` or `1:02:07`.
    package static func duration(_ seconds: Double, _ style: NumberStyle = .english) -> String {
        if seconds < 9.95 { return fixed(seconds, 1, style) + " s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        let (minutes, rest) = whole.quotientAndRemainder(dividingBy: 60)
        if minutes < 60 { return "\(minutes):\(padded(rest))" }
        return "\(minutes / 60):\(padded(minutes % 60)):\(padded(rest))"
    }

    /// How many digits of an amount of money say something: `1.20`, `0.0042`.
    static func moneyDigits(_ amount: Double) -> Int {
        amount == 0 || amount >= 0.1 ? 2 : amount >= 0.001 ? 4 : 6
    }

    /// `number` with `digits` after the decimal mark.
    package static func fixed(
        _ number: Double,
        _ digits: Int,
        _ style: NumberStyle = .english
    ) -> String {
        let text = String(format: "%.\(digits)f", number)
        return style.decimalMark == "." ? text : text.replacing(".", with: style.decimalMark)
    }

    /// A moment in ISO 8601, as a person reads it on the clock of this place: `2026-11-30 17:05`.
    static func moment(_ text: String, _ style: NumberStyle = .english) -> String {
        guard let date = try? Date(text, strategy: .iso8601) else { return text }
        return clock(date, style.momentForm)
    }

    /// The time on the clock of this place: `17:05:09`.
    package static func clock(_ date: Date, _ form: String = "%H:%M:%S") -> String {
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return "" }
        var text = [CChar](repeating: 0, count: 64)
        let count = unsafe strftime(&text, text.count, form, &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func padded(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}

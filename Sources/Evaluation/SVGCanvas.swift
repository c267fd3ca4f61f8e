internal import Foundation

/// Writes an SVG picture that follows the reader's light or dark theme.
///
/// Colors are classes, and a style sheet inside the picture gives them two sets of values, so
/// that one file looks right in a browser, in an `<img>` and inside a page.
struct SVGCanvas {
    /// The picture's size.
    let width: Double
    let height: Double
    private var body = ""

    /// An empty picture.
    ///
    /// The title is what a screen reader says.
    init(width: Double, height: Double, title: String) {
        self.width = width
        self.height = height
        body = "<title>\(Self.escaped(title))</title>\n"
    }

    /// Draws a text; `anchor` is start, middle or end.
    mutating func text(
        _ string: String,
        x: Double,
        y: Double,
        anchor: String = "start",
        class name: String = ""
    ) {
        body += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\""
        body += "\(Self.attribute(name))>\(Self.escaped(string))</text>\n"
    }

    /// Draws a straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
        body += "<path d=\"M\(Self.number(x1)) \(Self.number(y1))"
        body += "L\(Self.number(x2)) \(Self.number(y2))\"\(Self.attribute(name))/>\n"
    }

    /// Draws a line through points; closed, it is an area.
    mutating func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String)
    {
        guard !points.isEmpty else { return }
        let data = points.map { "\(Self.number($0.x)) \(Self.number($0.y))" }.joined(separator: "L")
        body += "<path d=\"M\(data)\(closed ? "Z" : "")\"\(Self.attribute(name))/>\n"
    }

    /// Draws a dot; `tip` is shown when the pointer rests on it.
    mutating func dot(x: Double, y: Double, radius: Double, class name: String, tip: String) {
        body += "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\""
        body += " r=\"\(Self.number(radius))\"\(Self.attribute(name))>"
        body += "<title>\(Self.escaped(tip))</title></circle>\n"
    }

    /// The finished picture.
    var svg: String {
        let (width, height) = (Self.number(width), Self.number(height))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="vecino-plot" role="img" \
            viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            <style>\(Self.style)</style>
            <rect width="100%" height="100%" rx="10" class="paper"/>
            \(body)</svg>

            """
    }

    /// Eight hues that keep apart in both themes and for the color-blind (after Okabe and Ito),
    /// as classes `h0` to `h7`: lines, areas and dots take the color that `color` has.
    private static let style: String = {
        let light = [
            "#0b62c4", "#c2410c", "#0f7b5f", "#9333a8", "#8a6d00", "#be1e5a", "#0e7490", "#57534e",
        ]
        let dark = [
            "#6db3ff", "#ff9a62", "#4fd1a5", "#d79bf0", "#e3c34f", "#ff85ad", "#5cd3ea", "#b8b2ac",
        ]
        func hues(_ colors: [String]) -> String {
            colors.enumerated().map { ".vecino-plot .h\($0.offset){color:\($0.element)}" }.joined()
        }
        return """
            .vecino-plot{--paper:#fff;--ink:#1c1917;--soft:#6b665f;--grid:#e9e6e1;\
            font:12px system-ui,-apple-system,"Segoe UI",sans-serif;color-scheme:light dark;\
            max-width:100%;height:auto}
            .vecino-plot text{fill:var(--soft);font-variant-numeric:tabular-nums}
            .vecino-plot .ink{fill:var(--ink)}
            .vecino-plot .heading{fill:var(--ink);font-size:16px;font-weight:650}
            .vecino-plot .name{fill:currentColor;font-weight:600;font-size:13px}
            .vecino-plot .paper{fill:var(--paper)}
            .vecino-plot path{fill:none}
            .vecino-plot .grid{stroke:var(--grid);stroke-width:1}
            .vecino-plot .axis{stroke:var(--soft);stroke-width:1;opacity:.55}
            .vecino-plot .line{stroke:currentColor;stroke-width:2;stroke-linejoin:round}
            .vecino-plot .mark{stroke:currentColor;stroke-width:1.5}
            .vecino-plot .area{fill:currentColor;opacity:.22}
            .vecino-plot .dot{fill:currentColor;stroke:var(--paper);stroke-width:1.5}
            \(hues(light))
            @media (prefers-color-scheme:dark){
            .vecino-plot{--paper:#1a1917;--ink:#f3f0ec;--soft:#a8a29a;--grid:#33302c}
            \(hues(dark))}
            """
    }()

    // MARK: - Text

    /// Returns a number with at most two decimals and no trailing zeros.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        guard part != 0 else { return "\(sign)\(whole)" }
        let decimals = part % 10 == 0 ? "\(part / 10)" : (part < 10 ? "0\(part)" : "\(part)")
        return "\(sign)\(whole).\(decimals)"
    }

    /// Returns text that is harmless inside XML and HTML.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    private static func attribute(_ name: String) -> String {
        name.isEmpty ? "" : " class=\"\(name)\""
    }
}

// MARK: - Scales

/// An axis: how values become places between two ends, and where its labels go.
struct PlotScale {
    private let low: Double
    private let high: Double
    private let isLogarithmic: Bool
    /// The coordinates of its ends.
    let from: Double
    let to: Double

    /// A scale that shows `values` between the coordinates `from` and `to`, with a little room.
    ///
    /// A logarithmic one leaves out what is not above 0.
    init(_ values: [Double], logarithmic: Bool, from: Double, to: Double) {
        let shown = values.filter { $0.isFinite && (!logarithmic || $0 > 0) }
            .map { logarithmic ? log10($0) : $0 }
        let (least, most) = (shown.min() ?? 0, shown.max() ?? 1)
        let margin = most > least ? (most - least) * 0.04 : (logarithmic ? 0.3 : 0.5)
        low = least - margin
        high = most + margin
        isLogarithmic = logarithmic
        self.from = from
        self.to = to
    }

    /// The coordinate of a value; the scale's end if it lies outside.
    func place(_ value: Double) -> Double {
        let position = isLogarithmic ? (value > 0 ? log10(value) : low) : value
        let share = min(1, max(0, (position - low) / (high - low)))
        return from + share * (to - from)
    }

    /// The value at a share of the axis, from 0 to 1.
    func value(atShare share: Double) -> Double {
        let position = low + share * (high - low)
        return isLogarithmic ? pow(10, position) : position
    }

    /// Round values to label: 1, 2 and 5 times powers of ten, about `count` of them.
    func ticks(about count: Int) -> [Double] {
        guard isLogarithmic else { return linearTicks(about: count) }
        // Over more than three decades, 2 and 5 would crowd the axis; under half a decade, a
        // logarithmic axis looks linear and is labeled so.
        guard high - low > 0.5 else {
            return Self.linear(low: pow(10, low), high: pow(10, high), about: count)
        }
        let steps: [Double] = high - low > 3 ? [1] : [1, 2, 5]
        return (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { power in
            steps.map { $0 * pow(10, Double(power)) }
        }.filter { (low...high).contains(log10($0)) }
    }

    private func linearTicks(about count: Int) -> [Double] {
        Self.linear(low: low, high: high, about: count)
    }

    private static func linear(low: Double, high: Double, about count: Int) -> [Double] {
        let rough = (high - low) / Double(max(1, count))
        let power = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5, 10].first { $0 * power >= rough * 0.75 } ?? 10) * power
        let first = Int((low / step).rounded(.up))
        let last = Int((high / step).rounded(.down))
        return first > last ? [] : (first...last).map { Double($0) * step }
    }

    /// Returns a label with as many digits as a person wants: three, no trailing zeros.
    static func label(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return "0" }
        let magnitude = Int(log10(abs(value)).rounded(.down))
        let decimals = max(0, 3 - 1 - magnitude)
        var text = String(format: "%.\(min(9, decimals))f", value)
        if text.contains(".") {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        return text
    }
}

/// A picture of whether stated risks can be believed: in each group of questions, the share of wrong
/// answers against the mean risk that was stated.
///
/// Groups on the diagonal are what they say; above it, more is wrong than was stated.
package struct ReliabilityPlot: Sendable {
    private let groups: [RiskCoverage.Group]
    private let error: Double
    private let title: String
    private let subtitle: String

    /// A picture of what `coverage` saw, in at most `bins` groups of equal size.
    package init(_ coverage: RiskCoverage, bins: Int = 10, title: String, subtitle: String = "") {
        groups = coverage.reliability(bins: bins)
        error = coverage.calibrationError(bins: bins)
        self.title = title
        self.subtitle = subtitle
    }

    /// The picture as a complete SVG document.
    package var svg: String {
        let (left, right, top, bottom) = (70.0, 736.0, 92.0, 392.0)
        var canvas = SVGCanvas(width: 760, height: 450, title: title)
        canvas.text(title, x: 24, y: 34, class: "heading")
        canvas.text(subtitle, x: 24, y: 54)
        let x = PlotScale([0, 1], logarithmic: false, from: left, to: right)
        let y = PlotScale([0, 1], logarithmic: false, from: bottom, to: top)
        for tick in x.ticks(about: 10) where (-1e-9...1 + 1e-9).contains(tick) {
            canvas.line(x.place(tick), top, x.place(tick), bottom, class: "grid")
            canvas.text(PlotScale.label(tick), x: x.place(tick), y: bottom + 20, anchor: "middle")
        }
        for tick in y.ticks(about: 6) where (-1e-9...1 + 1e-9).contains(tick) {
            canvas.line(left, y.place(tick), right, y.place(tick), class: "grid")
            canvas.text(PlotScale.label(tick), x: left - 10, y: y.place(tick) + 4, anchor: "end")
        }
        canvas.line(left, bottom, right, bottom, class: "axis")
        canvas.line(x.place(0), y.place(0), x.place(1), y.place(1), class: "axis")
        canvas.text("stated risk", x: (left + right) / 2, y: bottom + 42, anchor: "middle")
        canvas.text("share of answers that are wrong", x: 24, y: top - 14)
        canvas.text(
            "off by \(PlotScale.label((error * 1_000).rounded() / 1_000)) on average",
            x: right,
            y: top - 14,
            anchor: "end"
        )
        let places = groups.map { (x: x.place(min($0.stated, 1)), y: y.place($0.wrong)) }
        canvas.path(places, class: "line h0")
        for (group, place) in zip(groups, places) {
            canvas.dot(
                x: place.x,
                y: place.y,
                radius: 4.5,
                class: "dot h0",
                tip: "\(group.count) questions: stated \(PlotScale.label(group.stated)), wrong "
                    + "\(PlotScale.label(group.wrong))"
            )
        }
        return canvas.svg
    }
}

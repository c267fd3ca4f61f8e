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
        let frame = PlotFrame(
            title: title,
            subtitle: subtitle,
            across: "stated risk",
            upwards: "share of answers that are wrong",
            heights: [0, 1]
        )
        let (x, y) = (frame.x, frame.y)
        var canvas = frame.canvas
        canvas.line(x.place(0), y.place(0), x.place(1), y.place(1), class: "axis")
        canvas.text(
            "off by \(PlotScale.label((error * 1_000).rounded() / 1_000)) on average",
            x: PlotFrame.right,
            y: PlotFrame.top - 14,
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

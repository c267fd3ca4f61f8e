/// A picture of what refusing buys: the share of wrong answers against the share of questions that
/// are answered.
package struct RiskCoveragePlot: Sendable {
    private let points: [RiskCoverage.Point]
    private let title: String
    private let subtitle: String

    /// A picture of a curve, its points from careful to bold.
    package init(_ points: [RiskCoverage.Point], title: String, subtitle: String = "") {
        self.points = points
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
        let y = PlotScale([0] + points.map(\.error), logarithmic: false, from: bottom, to: top)
        for tick in x.ticks(about: 10) where (-1e-9...1 + 1e-9).contains(tick) {
            canvas.line(x.place(tick), top, x.place(tick), bottom, class: "grid")
            canvas.text(PlotScale.label(tick), x: x.place(tick), y: bottom + 20, anchor: "middle")
        }
        for tick in y.ticks(about: 6) where tick >= -1e-9 {
            canvas.line(left, y.place(tick), right, y.place(tick), class: "grid")
            canvas.text(PlotScale.label(tick), x: left - 10, y: y.place(tick) + 4, anchor: "end")
        }
        canvas.line(left, bottom, right, bottom, class: "axis")
        canvas.text("share answered", x: (left + right) / 2, y: bottom + 42, anchor: "middle")
        canvas.text("share of answers that are wrong", x: 24, y: top - 14)
        canvas.path(points.map { (x.place($0.coverage), y.place($0.error)) }, class: "line h0")
        // The bounds that a person would choose among.
        for bound in (1..<10).map({ Double($0) / 10 }) {
            guard let point = points.last(where: { $0.bound <= bound }) else { continue }
            let label = PlotScale.label(bound)
            canvas.dot(
                x: x.place(point.coverage),
                y: y.place(point.error),
                radius: 4.5,
                class: "dot h0",
                tip: "--max-risk \(label): \(PlotScale.label(point.coverage)) answered, "
                    + "\(PlotScale.label(point.error)) of it wrong"
            )
            canvas.text(label, x: x.place(point.coverage) + 8, y: y.place(point.error) + 16)
        }
        return canvas.svg
    }
}

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
        let frame = PlotFrame(
            title: title,
            subtitle: subtitle,
            across: "share answered",
            upwards: "share of answers that are wrong",
            heights: [0] + points.map(\.error)
        )
        let (x, y) = (frame.x, frame.y)
        var canvas = frame.canvas
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
                tip: "risk up to \(label): \(PlotScale.label(point.coverage)) answered, "
                    + "\(PlotScale.label(point.error)) of it wrong"
            )
            canvas.text(label, x: x.place(point.coverage) + 8, y: y.place(point.error) + 16)
        }
        return canvas.svg
    }
}

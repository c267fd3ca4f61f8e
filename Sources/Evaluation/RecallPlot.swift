/// A picture of what more work buys: recall against time per query, one line for each index, one
/// dot for each setting.
package struct RecallPlot: Sendable {
    /// One setting that was measured.
    package struct Point: Sendable {
        var label: String
        var recall: Double
        var milliseconds: Double

        /// A setting (`ef 64`, say), its recall from 0 to 1, and its time per query.
        package init(label: String, recall: Double, milliseconds: Double) {
            self.label = label
            self.recall = recall
            self.milliseconds = milliseconds
        }
    }

    /// One index and its settings.
    package struct Series: Sendable {
        var name: String
        var points: [Point]

        /// An index and its settings, in any order.
        package init(name: String, points: [Point]) {
            self.name = name
            self.points = points.sorted {
                ($0.milliseconds, $0.recall) < ($1.milliseconds, $1.recall)
            }
        }
    }

    private let title: String
    private let subtitle: String
    private let recallName: String
    private let series: [Series]

    /// A picture of these series; those without points are left out.
    package init(
        title: String,
        subtitle: String = "",
        recallName: String = "recall@10",
        series: [Series]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.recallName = recallName
        self.series = series.filter { !$0.points.isEmpty }
    }

    /// The picture as a complete SVG document.
    package var svg: String {
        let (left, right, top, bottom) = (70.0, 736.0, 92.0, 392.0)
        var canvas = SVGCanvas(width: 760, height: 450, title: title)
        canvas.text(title, x: 24, y: 34, class: "heading")
        canvas.text(subtitle, x: 24, y: 54)

        let points = series.flatMap(\.points)
        let x = PlotScale(points.map(\.milliseconds), logarithmic: true, from: left, to: right)
        let y = PlotScale(points.map(\.recall), logarithmic: false, from: bottom, to: top)
        for tick in x.ticks(about: 8) {
            canvas.line(x.place(tick), top, x.place(tick), bottom, class: "grid")
            canvas.text(PlotScale.label(tick), x: x.place(tick), y: bottom + 20, anchor: "middle")
        }
        for tick in y.ticks(about: 6) where tick <= 1 + 1e-9 {
            canvas.line(left, y.place(tick), right, y.place(tick), class: "grid")
            canvas.text(PlotScale.label(tick), x: left - 10, y: y.place(tick) + 4, anchor: "end")
        }
        canvas.line(left, bottom, right, bottom, class: "axis")
        canvas.text(
            "milliseconds per query",
            x: (left + right) / 2,
            y: bottom + 42,
            anchor: "middle"
        )
        canvas.text(recallName, x: 24, y: top - 14)

        var legend = right
        for (place, one) in series.enumerated().reversed() {
            canvas.text(
                one.name,
                x: legend,
                y: top - 14,
                anchor: "end",
                class: "name h\(place % 8)"
            )
            legend -= Double(TextTable.width(of: one.name)) * 7.4 + 18
        }
        for (place, one) in series.enumerated() {
            draw(one, hue: place % 8, x, y, &canvas)
        }
        return canvas.svg
    }

    /// Draws one index: its line, its dots, and labels where there is room for them.
    private func draw(
        _ one: Series,
        hue: Int,
        _ x: PlotScale,
        _ y: PlotScale,
        _ canvas: inout SVGCanvas
    ) {
        let places = one.points.map { (x: x.place($0.milliseconds), y: y.place($0.recall)) }
        canvas.path(places, class: "line h\(hue)")
        var labeled: (x: Double, y: Double)?
        for (point, place) in zip(one.points, places) {
            canvas.dot(
                x: place.x,
                y: place.y,
                radius: 4.5,
                class: "dot h\(hue)",
                tip: "\(one.name), \(point.label): \(recallName) \(PlotScale.label(point.recall)), "
                    + "\(PlotScale.label(point.milliseconds)) ms"
            )
            if let last = labeled, abs(place.x - last.x) < 46, abs(place.y - last.y) < 16 {
                continue
            }
            // Every other index is labeled above its line, so that two lines can share a corner.
            let y = hue % 2 == 0 ? place.y + 16 : place.y - 9
            let fits = place.x < 690
            canvas.text(
                point.label,
                x: fits ? place.x + 8 : place.x - 8,
                y: y,
                anchor: fits ? "start" : "end"
            )
            labeled = place
        }
    }
}

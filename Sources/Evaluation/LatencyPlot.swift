internal import Foundation

/// A picture of how long queries took: for each way of searching a hill of its durations on one
/// logarithmic axis, with its median, 95th and 99th percentile marked.
package struct LatencyPlot: Sendable {
    /// One way of searching and its durations in milliseconds.
    package struct Series: Sendable {
        var name: String
        var milliseconds: [Double]

        /// A way of searching and its durations.
        package init(name: String, durations: some Sequence<Duration>) {
            self.init(name: name, milliseconds: durations.map(\.milliseconds))
        }

        /// A way of searching and its durations in milliseconds.
        package init(name: String, milliseconds: [Double]) {
            self.name = name
            self.milliseconds = milliseconds
        }
    }

    private let title: String
    private let subtitle: String
    private let series: [Series]

    /// A picture of these series, from top to bottom; those without durations are left out.
    ///
    /// The subtitle says what was measured, on what machine.
    package init(title: String, subtitle: String = "", series: [Series]) {
        self.title = title
        self.subtitle = subtitle
        self.series = series.filter { !$0.milliseconds.isEmpty }
    }

    /// The picture as a complete SVG document.
    package var svg: String {
        let (left, right, top, row, width) = (124.0, 28.0, 78.0, 86.0, 760.0)
        let bottom = top + row * Double(max(1, series.count))
        var canvas = SVGCanvas(width: width, height: bottom + 58, title: title)
        canvas.text(title, x: 24, y: 34, class: "heading")
        canvas.text(subtitle, x: 24, y: 54)

        let scale = PlotScale(
            series.flatMap(\.milliseconds),
            logarithmic: true,
            from: left,
            to: width - right
        )
        for tick in scale.ticks(about: 8) {
            let x = scale.place(tick)
            canvas.line(x, top, x, bottom, class: "grid")
            canvas.text(PlotScale.label(tick), x: x, y: bottom + 20, anchor: "middle")
        }
        canvas.line(left, bottom, width - right, bottom, class: "axis")
        canvas.text(
            "milliseconds per query",
            x: (left + width - right) / 2,
            y: bottom + 42,
            anchor: "middle"
        )
        for (place, one) in series.enumerated() {
            draw(one, hue: place % 8, base: top + row * Double(place + 1), row: row, scale, &canvas)
        }
        return canvas.svg
    }

    /// Draws one hill on its base line.
    private func draw(
        _ one: Series,
        hue: Int,
        base: Double,
        row: Double,
        _ scale: PlotScale,
        _ canvas: inout SVGCanvas
    ) {
        let summary = LatencySummary(milliseconds: one.milliseconds)
        canvas.text(one.name, x: 24, y: base - 30, class: "name h\(hue)")
        canvas.text("\(one.milliseconds.count) queries", x: 24, y: base - 13)

        let hill = Self.density(one.milliseconds, scale)
        let peak = hill.map(\.share).max() ?? 1
        let points = hill.map { (x: $0.x, y: base - $0.share / peak * (row - 34)) }
        if let first = points.first, let last = points.last {
            canvas.path(
                [(first.x, base)] + points + [(last.x, base)],
                closed: true,
                class: "area h\(hue)"
            )
            canvas.path(points, class: "line h\(hue)")
        }
        canvas.line(
            scale.place(summary.minimum),
            base,
            scale.place(summary.maximum),
            base,
            class: "mark h\(hue)"
        )

        // The labels stand over the hill; one that would touch the label before it steps aside, and
        // is left out if it would end up far from its line.
        var labelEnd = -Double.infinity
        let marks = [("p50", summary.p50), ("p95", summary.p95), ("p99", summary.p99)]
        for (name, value) in marks {
            let x = scale.place(value)
            canvas.dot(
                x: x,
                y: base,
                radius: 4.5,
                class: "dot h\(hue)",
                tip: "\(one.name) \(name): \(PlotScale.label(value)) ms"
            )
            let label = "\(name) \(PlotScale.label(value))"
            let halfWidth = Double(label.count) * 3.6
            let center = max(x, labelEnd + halfWidth)
            guard center - x < halfWidth else { continue }
            canvas.line(x, base, x, base - row + 32, class: "axis")
            canvas.text(label, x: center, y: base - row + 26, anchor: "middle", class: "ink")
            labelEnd = center + halfWidth + 4
        }
    }

    /// The hill's outline: a Gaussian kernel estimate along the logarithmic axis.
    private static func density(
        _ values: [Double],
        _ scale: PlotScale
    ) -> [(x: Double, share: Double)] {
        let places = values.map(scale.place).sorted()
        let mean = places.mean
        let spread = (places.map { ($0 - mean) * ($0 - mean) }.mean).squareRoot()
        let quartiles =
            LatencySummary.percentile(75, of: places) - LatencySummary.percentile(25, of: places)
        // Silverman's rule, which the quartiles save from a long tail.
        let narrow = quartiles > 0 ? min(spread, quartiles / 1.34) : spread
        let bandwidth = max(2, 0.9 * narrow * pow(Double(places.count), -0.2))
        // A hill's foot does not reach beyond the axis.
        let first = max(scale.from, places[0] - 3 * bandwidth)
        let last = min(scale.to, places[places.count - 1] + 3 * bandwidth)
        let steps = 240
        var start = 0
        return (0...steps).map { step in
            let x = first + (last - first) * Double(step) / Double(steps)
            while start < places.count, places[start] < x - 4 * bandwidth { start += 1 }
            var share = 0.0
            for place in places[start...] {
                guard place <= x + 4 * bandwidth else { break }
                let distance = (place - x) / bandwidth
                share += exp(-0.5 * distance * distance)
            }
            return (x, share)
        }
    }
}

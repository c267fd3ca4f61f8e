/// The title, the grid and the axes of a picture of shares against shares.
struct PlotFrame {
    /// What is drawn on.
    var canvas: SVGCanvas
    /// Places from left to right, of shares from 0 to 1.
    let x: PlotScale
    /// Places from the bottom to the top.
    let y: PlotScale
    /// Where the plane begins and ends.
    static let (left, right, top, bottom) = (70.0, 736.0, 92.0, 392.0)

    /// Draws an empty plane.
    ///
    /// - Parameters:
    ///   - title: Stands above everything.
    ///   - subtitle: Stands below the title.
    ///   - across: What is drawn from left to right.
    ///   - upwards: What is drawn from the bottom to the top.
    ///   - heights: What has to be inside the plane.
    init(title: String, subtitle: String, across: String, upwards: String, heights: [Double]) {
        let (left, right, top, bottom) = (Self.left, Self.right, Self.top, Self.bottom)
        var canvas = SVGCanvas(width: 760, height: 450, title: title)
        canvas.text(title, x: 24, y: 34, class: "heading")
        canvas.text(subtitle, x: 24, y: 54)
        x = PlotScale([0, 1], logarithmic: false, from: left, to: right)
        y = PlotScale(heights, logarithmic: false, from: bottom, to: top)
        let shares = -1e-9...1 + 1e-9
        for tick in x.ticks(about: 10) where shares.contains(tick) {
            canvas.line(x.place(tick), top, x.place(tick), bottom, class: "grid")
            canvas.text(PlotScale.label(tick), x: x.place(tick), y: bottom + 20, anchor: "middle")
        }
        for tick in y.ticks(about: 6) where shares.contains(tick) {
            canvas.line(left, y.place(tick), right, y.place(tick), class: "grid")
            canvas.text(PlotScale.label(tick), x: left - 10, y: y.place(tick) + 4, anchor: "end")
        }
        canvas.line(left, bottom, right, bottom, class: "axis")
        canvas.text(across, x: (left + right) / 2, y: bottom + 42, anchor: "middle")
        canvas.text(upwards, x: 24, y: top - 14)
        self.canvas = canvas
    }
}

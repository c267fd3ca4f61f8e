/// How far a reader may go with one file.
package struct ReadingOptions: Hashable, Sendable {
    /// The largest file that is read, in bytes, and the most that may come out of a packed one.
    package var maximumBytes: Int
    /// Seconds after which a program that reads a file is stopped.
    package var seconds: Double
    /// Whether text is looked for in pictures of pages.
    package var readsPictures: Bool

    /// Options; without arguments, the defaults.
    package init(maximumBytes: Int = 64 << 20, seconds: Double = 240, readsPictures: Bool = false) {
        self.maximumBytes = maximumBytes
        self.seconds = seconds
        self.readsPictures = readsPictures
    }
}

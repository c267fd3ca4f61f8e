/// How long something may still take, not counting the time in which nothing here could go on.
///
/// It is waited for in slices of at most a second, and a slice counts as no more than its length: a computer
/// that sleeps for an hour, or a process group that is stopped, does not make every file that was being read
/// one that took too long.
struct TimeBudget {
    /// The longest wait that is counted whole, in seconds.
    private static let slice = 1.0

    /// Seconds that are left.
    private(set) var left: Double

    init(seconds: Double) { left = seconds }

    /// Whether nothing is left.
    var isSpent: Bool { left <= 0 }

    /// How long to wait at once, in seconds.
    var nextWait: Double { max(0, min(left, Self.slice)) }

    /// Counts a wait that has taken `seconds`.
    mutating func count(_ seconds: Double) { left -= min(seconds, Self.slice) }

    /// Counts what `body` takes, which waits at most for the milliseconds that it is given.
    mutating func wait<Result>(_ body: (_ milliseconds: Int32) -> Result) -> Result {
        let start = ContinuousClock.now
        let result = body(Int32(nextWait * 1_000) + 1)
        count((ContinuousClock.now - start) / .seconds(1))
        return result
    }
}

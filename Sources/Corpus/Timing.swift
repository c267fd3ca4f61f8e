extension Duration {
    /// The duration in milliseconds.
    package var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds from an earlier instant to this one.
    package func milliseconds(since start: ContinuousClock.Instant) -> Double {
        (self - start).milliseconds
    }
}

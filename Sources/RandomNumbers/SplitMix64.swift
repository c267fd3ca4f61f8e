/// A small random generator whose sequence a seed decides: SplitMix64 of Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014.
///
/// It is for resampling, for sampling queries and for scripts of tests, not for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that gives the same numbers for the same seed, everywhere.
    package init(seed: UInt64) {
        state = seed
    }

    /// Returns the next 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mixed(state)
    }

    /// Returns a number in `0..<count`, by Lemire's multiplication.
    ///
    /// Its bias, at most
    /// `count` / 2⁶⁴, is far below what any sample could show.
    ///
    /// - Precondition: `count` > 0.
    package mutating func index(below count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// What the state grows by: 2⁶⁴ by the golden ratio.
    package static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// A one-to-one mixture of the bits: the last steps of the generator.
    package static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

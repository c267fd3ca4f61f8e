internal import Synchronization

/// What searches need, kept for the next one: each search takes one and gives it back.
final class ScratchPool<Scratch: Sendable>: Sendable {
    private let idle = Mutex<[Scratch]>([])

    /// One that was given back, or else a new one.
    func take(_ new: () -> Scratch) -> Scratch {
        idle.withLock { $0.popLast() } ?? new()
    }

    func give(_ scratch: Scratch) {
        idle.withLock { if $0.count < 64 { $0.append(scratch) } }
    }
}

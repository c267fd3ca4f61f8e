import Foundation

/// A lamp.
public struct Lamp {
    let watts: Int

    /// Turns it on.
    public mutating func turnOn(for minutes: Int) -> Bool {
        guard minutes > 0 else {
            return false
        }
        isOn = true
        return true
    }

    var isOn = false
}

func small() {}

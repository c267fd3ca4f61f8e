import Foundation
import Testing

/// The short form of `scripts/torture`; the long one takes hours.
@Suite(.serialized, .timeLimit(.minutes(10))) struct TortureTests {
    private func torture(_ arguments: String...) throws -> Program.Result {
        var program = Program(folder: NSTemporaryDirectory())
        program.environment["VECINO"] = Program.path
        return try program.run("/usr/bin/python3", [Checkout.root + "/scripts/torture"] + arguments)
    }

    /// Calls from all over a library's life, failed or ended by every kind of fault.
    @Test func nothingIsLostWhateverCallFails() throws {
        let result = try torture("--sample", "70", "--kills", "10")
        #expect(result.status == 0, "\(result.talk)")
        #expect(result.output.contains(" faults, 0 losses"), "\(result.output)")
        #expect(result.output.contains(" 10 killed at work"), "\(result.output)")
    }

    /// A library that something else damaged answers rightly, or not at all, or `doctor` knows.
    @Test func damageIsFoundOrHarmless() throws {
        let result = try torture("--writes", "600", "--kinds", "", "--damage", "60")
        #expect(result.status == 0, "\(result.talk)")
        #expect(result.output.contains("60 faults, 0 losses"), "\(result.output)")
    }
}

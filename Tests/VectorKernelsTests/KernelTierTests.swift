import Testing

@testable import VectorKernels

@Suite struct KernelTierTests {
    @Test func scalarIsAlwaysAvailable() {
        #expect(KernelTier.available.first == .scalar)
        #expect(KernelTier.available.contains(KernelTier.current))
    }

    @Test(arguments: KernelTier.available)
    func anAvailableTierCanBeForced(tier: KernelTier) {
        let choice = KernelTier.choose(tier.rawValue.uppercased())
        #expect(choice.tier == tier)
        #expect(choice.note == nil)
    }

    @Test(arguments: [nil, ""])
    func unsetMeansTheFastest(request: String?) {
        let choice = KernelTier.choose(request)
        #expect(choice.tier == KernelTier.available.last)
        #expect(choice.note == nil)
    }

    @Test func anUnknownTierIsExplained() throws {
        let choice = KernelTier.choose("mmx")
        #expect(choice.tier == KernelTier.available.last)
        let note = try #require(choice.note)
        #expect(note.contains("mmx") && note.contains("scalar"))
    }

    @Test func onlyTiersOfOneArchitectureAreAvailable() {
        let x86 = KernelTier.available.contains { $0 == .avx2 || $0 == .avx512 }
        #expect(!(x86 && KernelTier.available.contains(.neon)))
    }
}

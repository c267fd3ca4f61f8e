import Testing
import VectorIndex

@Suite struct OrdinalSetTests {
    @Test func behavesLikeASet() {
        var random = SplitMix64(seed: 1)
        var ours = OrdinalSet()
        var reference: Set<UInt32> = []
        for _ in 0..<3000 {
            let number = UInt32.random(in: 0..<500, using: &random)
            if Bool.random(using: &random) {
                #expect(ours.insert(Ordinal(number)) == reference.insert(number).inserted)
            } else {
                #expect(ours.remove(Ordinal(number)) == (reference.remove(number) != nil))
            }
            #expect(ours.count == reference.count)
            #expect(ours.isEmpty == reference.isEmpty)
        }
        for number in 0..<600 as Range<UInt32> {
            #expect(ours.contains(Ordinal(number)) == reference.contains(number))
        }
        #expect(ours == OrdinalSet(reference.map { Ordinal($0) }))
        for range in [0..<0, 0..<1, 63..<64, 64..<65, 5..<200, 100..<1000, 900..<901]
            as [Range<Int>]
        {
            let expected = reference.filter { range.contains(Int($0)) }.sorted()
            #expect(ours.members(in: range).map(\.rawValue) == expected)
            #expect(ours.count(in: range) == expected.count)
        }
    }

    @Test func removingTheGreatestLeavesAnEqualSet() {
        var set = OrdinalSet([Ordinal(3), Ordinal(700)])
        set.remove(Ordinal(700))
        #expect(set == OrdinalSet([Ordinal(3)]))
        set.remove(Ordinal(3))
        #expect(set == OrdinalSet())
    }

    @Test(arguments: [
        ([], []), ([1, 63, 64, 500], [63, 500, 501]), ([3], [700]), ([0, 128], [128]),
    ])
    func intersectionKeepsWhatIsInBoth(_ a: [Int], _ b: [Int]) {
        var set = OrdinalSet(a.map { Ordinal($0) })
        set.formIntersection(OrdinalSet(b.map { Ordinal($0) }))
        #expect(set == OrdinalSet(Set(a).intersection(b).map { Ordinal($0) }))
        #expect(set.count == Set(a).intersection(b).count)
    }

    @Test(arguments: [[], [0], [63], [64, 65], [1, 63, 64, 500]])
    func aSetComesBackFromItsBitmap(_ members: [Int]) {
        let set = OrdinalSet(members.map { Ordinal($0) })
        #expect(OrdinalSet(bitmap: set.bitmap) == set)
        #expect(OrdinalSet(bitmap: set.bitmap + [0, 0]) == set)
        #expect(OrdinalSet(bitmap: set.bitmap).count == members.count)
    }
}

import Testing

@testable import Vecino

@Suite struct NearDuplicatesTests {
    /// `count` words out of a small vocabulary, the same for the same seed.
    private func words(_ count: Int, seed: UInt64) -> [String] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return "word\((state >> 33) % 900)"
        }
    }

    private func groups(_ texts: [String]) -> [[PassageID]] {
        var alike = NearDuplicates()
        for (index, text) in texts.enumerated() {
            alike.add(text, named: PassageID(rawValue: Int64(index)), minimumWords: 12)
        }
        return alike.found()
    }

    @Test func aFewWordsMakeNoDifference() {
        let first = words(120, seed: 1)
        var second = first
        second[40] = "other"
        second[90] = "words"
        let third = words(120, seed: 2)
        let texts = [first, third, second].map { $0.joined(separator: " ") }
        #expect(groups(texts) == [[0, 2]])
    }

    @Test func spellingOfCaseAndAccentsMakesNone() {
        let text = "La reunión del martes es a las siete en el taller de la calle larga"
        #expect(
            groups([text, text.uppercased(), "Nada que ver con lo de antes " + text.prefix(20)])
                == [[0, 1]]
        )
    }

    @Test func whatIsHalfAlikeIsNot() {
        let first = words(100, seed: 3)
        let second = first.prefix(60) + words(40, seed: 4)
        #expect(groups([first, Array(second)].map { $0.joined(separator: " ") }).isEmpty)
    }

    @Test func shortTextsArePassedOver() {
        #expect(groups(["Yes, please do.", "Yes, please do."]).isEmpty)
    }

    @Test func everyPairAmongManyIsFound() {
        var texts: [String] = []
        for seed in 0..<200 {
            let original = words(80, seed: UInt64(seed) + 10)
            texts.append(original.joined(separator: " "))
            texts.append((original + ["end"]).joined(separator: " "))
        }
        let found = groups(texts)
        #expect(found.count == 200)
        #expect(
            found.allSatisfy { group in
                let numbers = group.map(\.rawValue)
                return numbers.count == 2 && numbers[0] + 1 == numbers[1] && numbers[0] % 2 == 0
            }
        )
    }

    @Test func largerGroupsComeFirst() {
        let a = words(50, seed: 5).joined(separator: " ")
        let b = words(50, seed: 6).joined(separator: " ")
        #expect(groups([a, b, b, a, b]) == [[1, 2, 4], [0, 3]])
    }
}

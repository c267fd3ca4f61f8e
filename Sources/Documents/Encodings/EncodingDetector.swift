#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Tells the encoding of a text that names none, by the letters that each reading of it gives.
///
/// Each pair of an encoding and a language that is written in it is a small model: how often each
/// character beyond ASCII comes, given that it is beyond ASCII. The pair under which the bytes are
/// most likely wins; where several are alike, the earlier one of the list. Nothing is learned from
/// the text's ASCII part, so that code and mark-up around it do not count.
enum EncodingDetector {
    /// The most bytes beyond ASCII that are looked at.
    private static let sampleSize = 16 << 10
    /// Below this average logarithm of likelihood a byte, no reading makes sense.
    private static let threshold = -6.6

    /// The encoding of `bytes`, which are not UTF-8; nil if they are in none that is known.
    ///
    /// - Complexity: O(min(`bytes.count`, sample)) for each of about fifty pairs.
    static func encoding(of bytes: [UInt8]) -> CharacterEncoding? {
        let sample = sample(of: bytes)
        let high = sample.count { $0 >= 0x80 }
        guard high > 0 else { return nil }
        var best: (encoding: CharacterEncoding, score: Double)?
        func consider(_ encoding: CharacterEncoding, _ score: Double) {
            if score > best?.score ?? -.infinity { best = (encoding, score) }
        }
        var readings: [String: SingleByteEncoding] = [:]
        for script in EncodingModel.alphabets {
            for name in script.encodings {
                guard let encoding = CharacterEncoding(named: name),
                    let table = readings[name] ?? encoding.table
                else { continue }
                readings[name] = table
                consider(encoding, script.score(sample, as: table) + EncodingModel.prior(name))
            }
        }
        // Two bytes a character: worth a try only where such bytes stand together.
        if hasPairs(sample, high: high) {
            for script in EncodingModel.scripts {
                for encoding in script.encodings {
                    consider(encoding, script.score(encoding.decode(sample)))
                }
            }
        }
        guard let best, best.score / Double(high) >= threshold else { return nil }
        return best.encoding
    }

    /// The lines that have bytes beyond ASCII, until there are enough of these.
    private static func sample(of bytes: [UInt8]) -> [UInt8] {
        if bytes.count <= sampleSize { return bytes }
        var sample: [UInt8] = []
        var high = 0
        for line in bytes.split(separator: 0x0A) where high < sampleSize {
            let count = line.prefix(sampleSize).count { $0 >= 0x80 }
            guard count > 0 else { continue }
            sample += line.prefix(sampleSize)
            sample.append(0x0A)
            high += count
        }
        return sample
    }

    private static func hasPairs(_ sample: [UInt8], high: Int) -> Bool {
        var pairs = 0
        var i = 0
        while i + 1 < sample.count {
            if sample[i] >= 0x80, sample[i + 1] >= 0x40 {
                pairs += sample[i + 1] >= 0x80 ? 2 : 1
                i += 2
            } else {
                i += 1
            }
        }
        return pairs * 10 >= high * 7
    }
}

/// How likely characters beyond ASCII are in a language.
struct EncodingModel {
    /// Languages with letters beyond ASCII, by the encodings of one byte a character that have them.
    struct Alphabet {
        let encodings: [String]
        private let weights: [UInt16: Double]

        /// An alphabet whose small letters are given from the most to the least frequent.
        init(_ encodings: [String], _ letters: String) {
            self.encodings = encodings
            var weights: [UInt16: Double] = [:]
            let scalars = letters.unicodeScalars.map { $0 }
            let steepness = 3.0 / Double(max(scalars.count, 1))
            let total = scalars.indices.reduce(0.0) { $0 + exp(-Double($1) * steepness) }
            for (rank, scalar) in scalars.enumerated() {
                let weight = -Double(rank) * steepness - log(total)
                weights[UInt16(truncatingIfNeeded: scalar.value)] = weight
                let capital = scalar.properties.uppercaseMapping.unicodeScalars
                if let first = capital.first, capital.count == 1, first != scalar {
                    weights[UInt16(truncatingIfNeeded: first.value)] = weight - 2.5
                }
            }
            self.weights = weights
        }

        /// The logarithm of the likelihood of the bytes beyond ASCII.
        func score(_ bytes: [UInt8], as table: SingleByteEncoding) -> Double {
            var values = [Double](repeating: 0, count: 128)
            var classes = [Class](repeating: .other, count: 256)
            for byte in 0..<256 {
                let scalar = byte < 0x80 ? UInt16(byte) : table.upperHalf[byte - 0x80]
                classes[byte] = Class(scalar)
                if byte >= 0x80 {
                    values[byte - 0x80] = weights[scalar] ?? Self.weight(scalar, classes[byte])
                }
            }
            var total = 0.0
            for i in bytes.indices where bytes[i] >= 0x80 {
                let before = i > 0 ? classes[Int(bytes[i - 1])] : .other
                let after = i + 1 < bytes.count ? classes[Int(bytes[i + 1])] : .other
                let own = classes[Int(bytes[i])]
                total += values[Int(bytes[i]) - 0x80]
                switch own {
                case .capital:
                    // A capital inside a word, unless all of it is capitals.
                    if before == .small { total -= 4 }
                    if !before.isLetter, !after.isLetter { total -= 1.5 }
                case .small: if before == .capital, after == .capital { total -= 4 }
                case .other, .apostrophe:
                    let isInside = before.isLetter && after.isLetter
                    if isInside { total -= own == .apostrophe ? 0 : 5 }
                    if !isInside, after.isLetter { total -= 1 }
                case .letter:
                    // A word of one letter: more likely a sign, as that of the euro.
                    if !before.isLetter, !after.isLetter { total -= 4 }
                }
            }
            return total
        }

        private static func weight(_ scalar: UInt16, _ kind: Class) -> Double {
            switch scalar {
            case 0xFFFD: return -16
            case 0x80..<0xA0: return -14
            case 0xA0, 0xAB, 0xBB, 0x2013, 0x2014, 0x2018...0x201E, 0x2026, 0x2022: return -4.5
            case 0xA9, 0xAE, 0xB0, 0xB7, 0xBF, 0xA1, 0xA7, 0x20AC, 0x2116, 0xBA, 0xAA: return -5
            default: return kind.isLetter ? -9 : -9.5
            }
        }
    }

    private enum Class {
        case small, capital, letter, apostrophe, other

        init(_ scalar: UInt16) {
            guard let properties = Unicode.Scalar(scalar)?.properties else {
                self = .other
                return
            }
            if scalar == 0x2019 || scalar == 0x27 {
                self = .apostrophe
            } else if properties.isLowercase {
                self = scalar == 0xAA || scalar == 0xBA ? .other : .small
            } else if properties.isUppercase {
                self = .capital
            } else {
                self = properties.isAlphabetic ? .letter : .other
            }
        }

        var isLetter: Bool { self != .other && self != .apostrophe }
    }

    /// Languages written with thousands of characters, and their encodings.
    struct Script {
        let encodings: [CharacterEncoding]
        /// Characters that make up half of a text.
        let common: Set<UInt32>
        /// The weights of the syllabaries and of the other characters.
        let kana: Double
        let hangul: Double
        let rare: Double

        /// The logarithm of the likelihood of a decoded text's characters beyond ASCII.
        func score(_ decoded: (step: TextDecoder.Step, invalid: Int)) -> Double {
            var total = 0.0
            for scalar in String(decoding: decoded.step.utf8, as: UTF8.self).unicodeScalars
            where scalar.value >= 0x80 {
                switch scalar.value {
                case _ where common.contains(scalar.value): total -= 5.6
                case 0x3041...0x3096: total += kana
                case 0x30A1...0x30FC: total += kana - 0.9
                case 0xFF61...0xFF9F: total -= 9
                case 0xAC00...0xD7A3:
                    total += hangul
                    // Syllables that Korean does not use are a sign of another language.
                    if !KoreanSyllables.areUsed(scalar.value) { total -= 7 }
                case 0x3000...0x3002, 0x300A...0x3011, 0xFF01...0xFF1F, 0x2018...0x201D:
                    total -= 4.8
                case 0x4E00...0x9FFF: total += rare
                case 0xFFFD: total -= 24
                case 0xE000...0xF8FF: total -= 18
                default: total -= 13
                }
            }
            return total
        }
    }
}

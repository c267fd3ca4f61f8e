/// UTF-16 or UTF-32, in either order of bytes.
struct WideEncoding: Sendable {
    private let unit: Int
    private let isLittleEndian: Bool
    private let start: Int

    /// The name of the encoding.
    var name: String { "utf-\(unit * 8)\(isLittleEndian ? "le" : "be")" }

    /// The encoding that a byte order mark announces.
    init?(markOf bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            self.init(unit: 4, isLittleEndian: true, start: 4)
        } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            self.init(unit: 4, isLittleEndian: false, start: 4)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self.init(unit: 2, isLittleEndian: true, start: 2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self.init(unit: 2, isLittleEndian: false, start: 2)
        } else {
            return nil
        }
    }

    /// The encoding without a mark: in mostly Latin text the NULs stand in the upper bytes, and
    /// nowhere else.
    init?(patternOf bytes: [UInt8]) {
        let sample = bytes.prefix(4096 - 4096 % 4)
        guard sample.count >= 8, sample.contains(0) else { return nil }
        var nulls = [0, 0, 0, 0]
        for (i, byte) in sample.enumerated() where byte == 0 { nulls[i % 4] += 1 }
        let quarter = sample.count / 4
        func mostly(_ i: Int) -> Bool { nulls[i] * 10 >= quarter * 7 }
        func never(_ i: Int) -> Bool { nulls[i] * 50 <= quarter }
        if mostly(1), mostly(2), mostly(3), never(0) {
            self.init(unit: 4, isLittleEndian: true, start: 0)
        } else if mostly(0), mostly(1), mostly(2), never(3) {
            self.init(unit: 4, isLittleEndian: false, start: 0)
        } else if mostly(1), mostly(3), never(0), never(2) {
            self.init(unit: 2, isLittleEndian: true, start: 0)
        } else if mostly(0), mostly(2), never(1), never(3) {
            self.init(unit: 2, isLittleEndian: false, start: 0)
        } else if bytes.count % 2 == 0, let isLittleEndian = Self.orderOfSpaces(sample) {
            self.init(unit: 2, isLittleEndian: isLittleEndian, start: 0)
        } else {
            return nil
        }
    }

    /// Whether UTF-16 that is not Latin has its lower bytes first; nil if it is none.
    ///
    /// Its spaces, line ends and stops have a NUL beside them, always on the same side, and the other
    /// characters are letters of at most a few blocks.
    private static func orderOfSpaces(_ sample: ArraySlice<UInt8>) -> Bool? {
        guard sample.count >= 16 else { return nil }
        for isLittleEndian in [true, false] {
            var signs = 0
            var letters = 0
            var others = 0
            for i in stride(from: 0, to: sample.count - 1, by: 2) {
                let low = UInt32(sample[sample.startIndex + i + (isLittleEndian ? 0 : 1)])
                let high = UInt32(sample[sample.startIndex + i + (isLittleEndian ? 1 : 0)])
                switch high << 8 | low {
                case 0x20...0x7E, 0x0A, 0x0D, 0x09: signs += 1
                case 0x0370...0x06FF, 0x0E00...0x0E7F, 0x3001...0x30FF, 0x4E00...0x9FFF,
                    0xAC00...0xD7A3, 0xFF01...0xFF5E, 0xD800...0xDFFF, 0x2010...0x2026:
                    letters += 1
                default: others += 1
                }
            }
            // By chance two bytes are such a character about every second time.
            if signs > 0, letters > 4, others * 50 <= letters + signs, signs * 60 > letters {
                return isLittleEndian
            }
        }
        return nil
    }

    private init(unit: Int, isLittleEndian: Bool, start: Int) {
        self.unit = unit
        self.isLittleEndian = isLittleEndian
        self.start = start
    }

    /// The text of `bytes`; broken units become U+FFFD.
    func decode(_ bytes: [UInt8]) -> TextDecoder.Step {
        var step = TextDecoder.Step()
        step.utf8.reserveCapacity(bytes.count / 2)
        step.map.add(changed: 0, original: start)
        var i = start
        while i + unit <= bytes.count {
            var value = value(bytes, at: i)
            i += unit
            if unit == 2, (0xD800..<0xDC00).contains(value), i + 2 <= bytes.count {
                let low = self.value(bytes, at: i)
                if (0xDC00..<0xE000).contains(low) {
                    value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                    i += 2
                }
            }
            appendUTF8(value, to: &step.utf8)
            step.map.add(changed: step.utf8.count, original: i)
        }
        return step
    }

    private func value(_ bytes: [UInt8], at i: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<unit {
            let byte = UInt32(bytes[i + (isLittleEndian ? unit - 1 - offset : offset)])
            value = value << 8 | byte
        }
        return value
    }
}

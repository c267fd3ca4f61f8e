internal import Foundation

/// The words of a page of a PDF with their places, as `pdftotext -bbox` gives them.
struct PageWords: Hashable, Sendable {
    /// A rectangle in points, from the upper left corner.
    struct Box: Encodable, Hashable, Sendable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
    }

    /// Where a text stands on a page.
    struct Marks: Encodable, Hashable, Sendable {
        var page: Int
        /// Of the page, in points.
        var width: Double
        var height: Double
        /// A box for each line of the text.
        var boxes: [Box]
    }

    private struct Word: Hashable {
        var letters: [Character]
        var box: Box
    }

    private let page: Int
    private var width = 0.0
    private var height = 0.0
    private var words: [Word] = []

    /// Reads the program's output; what is not understood is passed over.
    ///
    /// - Complexity: O(`output`).
    init(_ output: String, page: Int) {
        self.page = page
        for line in output.split(separator: "\n") {
            let line = line.drop { $0 == " " }
            if line.hasPrefix("<page ") {
                width = Self.number("width", in: line) ?? 0
                height = Self.number("height", in: line) ?? 0
            } else if line.hasPrefix("<word "), let end = line.firstIndex(of: ">"),
                let left = Self.number("xMin", in: line), let top = Self.number("yMin", in: line),
                let right = Self.number("xMax", in: line),
                let bottom = Self.number("yMax", in: line)
            {
                let text = line[line.index(after: end)...].prefix { $0 != "<" }
                let letters = Self.letters(of: Self.unescaped(text))
                guard !letters.isEmpty else { continue }
                let box = Box(left: left, top: top, right: right, bottom: bottom)
                words.append(Word(letters: letters, box: box))
            }
        }
    }

    /// Where `text` stands.
    ///
    /// Only letters and digits are compared, so that hyphens, spaces and breaks of lines do not matter. Of
    /// a text that is not there as a whole, the sentences and lines that are.
    ///
    /// - Complexity: O(page · pieces of the text).
    func marks(of text: String) -> Marks {
        var marks = Marks(page: page, width: width, height: height, boxes: [])
        let all = words.flatMap(\.letters)
        var owner: [Int] = []
        for (index, word) in words.enumerated() {
            owner += Array(repeating: index, count: word.letters.count)
        }
        var found: Set<Int> = []
        if let range = Self.place(of: Self.letters(of: text), in: all) {
            found = Set(owner[range])
        } else {
            for piece in text.split(whereSeparator: { ".!?\n".contains($0) }) {
                let letters = Self.letters(of: String(piece))
                guard letters.count >= 12, let range = Self.place(of: letters, in: all) else {
                    continue
                }
                found.formUnion(owner[range])
            }
        }
        for index in found.sorted() {
            let box = words[index].box
            if let last = marks.boxes.last, Self.isSameLine(last, box) {
                let index = marks.boxes.count - 1
                marks.boxes[index].right = max(last.right, box.right)
                marks.boxes[index].top = min(last.top, box.top)
                marks.boxes[index].bottom = max(last.bottom, box.bottom)
            } else {
                marks.boxes.append(box)
            }
        }
        return marks
    }

    /// Whether a word goes on a line: it lies at the same height, and not far behind.
    private static func isSameLine(_ line: Box, _ word: Box) -> Bool {
        let shared = min(line.bottom, word.bottom) - max(line.top, word.top)
        let height = min(line.bottom - line.top, word.bottom - word.top)
        return height > 0 && shared > height / 2 && word.left > line.left
            && word.left - line.right < 3 * height
    }

    private static func place(of piece: [Character], in all: [Character]) -> Range<Int>? {
        guard let first = piece.first, piece.count <= all.count else { return nil }
        for start in 0...(all.count - piece.count)
        where all[start] == first && all[start..<start + piece.count].elementsEqual(piece) {
            return start..<start + piece.count
        }
        return nil
    }

    private static func letters(of text: String) -> [Character] {
        text.precomposedStringWithCompatibilityMapping.lowercased()
            .filter { $0.isLetter || $0.isNumber }.map(\.self)
    }

    private static func number(_ name: String, in tag: Substring) -> Double? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return Double(tag[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        return String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&apos;", with: "'")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}

internal import Foundation

/// A file of one JSON value a line, read with its line numbers; blank lines are passed over.
struct JSONLines: Sequence {
    /// A line's number, from 1, and its bytes.
    struct Line {
        var number: Int
        var bytes: Data
    }

    let path: String
    private let contents: Data

    /// Opens a file.
    ///
    /// - Throws: `unreadable`.
    init(contentsOf path: String) throws(EvaluationError) {
        self.path = path
        contents = try Self.read(path)
    }

    /// Returns a file's bytes, without a byte order mark.
    static func read(_ path: String) throws(EvaluationError) -> Data {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
            throw .unreadable(path: path)
        }
        return data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    }

    func makeIterator() -> AnyIterator<Line> {
        var rest = contents[...]
        var number = 0
        return AnyIterator {
            while !rest.isEmpty {
                number += 1
                let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                var line = rest[..<end]
                rest = rest[end...].dropFirst()
                if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
                if line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
                    return Line(number: number, bytes: Data(line))
                }
            }
            return nil
        }
    }

    /// Decodes one line.
    ///
    /// - Throws: `malformed` with the line and what was missing from it.
    func decode<Value: Decodable>(
        _ type: Value.Type,
        from line: Line
    ) throws(EvaluationError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: line.bytes)
        } catch let error as DecodingError {
            throw malformed(line, Self.reason(error))
        } catch {
            throw malformed(line, "not a JSON object.")
        }
    }

    /// An error at this line.
    func malformed(_ line: Line, _ reason: String) -> EvaluationError {
        .malformed(path: path, line: line.number, reason: reason)
    }

    /// Says in one sentence what the decoder did not like.
    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _):
            return "the field “\(key.stringValue)” is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return key.isEmpty
                ? "the line must be a JSON object." : "the field “\(key)” has the wrong type."
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return "the field “\(key)”: \(context.debugDescription)"
        default:
            return "not valid JSON."
        }
    }
}

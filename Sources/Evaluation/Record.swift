internal import Foundation

/// A field's name that is not known beforehand.
private struct FieldName: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A line of corpus.jsonl or queries.jsonl.
struct Record: Decodable {
    var id: String
    var title: String
    var text: String
    var answers: [String]
    var metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        let idName = FieldName(
            stringValue: fields.contains(FieldName(stringValue: "_id")) ? "_id" : "id"
        )
        id = try fields.decode(Text.self, forKey: idName).value
        text = try fields.decode(String.self, forKey: FieldName(stringValue: "text"))
        title =
            try fields.decodeIfPresent(String.self, forKey: FieldName(stringValue: "title")) ?? ""
        answers = fields.answers
        metadata = try fields.metadata(except: ["_id", "id", "title", "text"])
    }
}

/// A line of questions.jsonl.
struct QuestionLine: Decodable {
    var id: String?
    var text: String
    var relevant: [String: Int]
    var answers: [String]
    var metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        id = try fields.decodeIfPresent(Text.self, forKey: FieldName(stringValue: "id"))?.value
        text = try fields.decode(String.self, forKey: FieldName(stringValue: "question"))
        let relevantName = FieldName(stringValue: "relevant")
        if let graded = try? fields.decodeIfPresent([String: Int].self, forKey: relevantName) {
            relevant = graded
        } else {
            let names = try fields.decodeIfPresent([String].self, forKey: relevantName) ?? []
            relevant = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: max)
        }
        answers = fields.answers
        metadata = try fields.metadata(except: ["id", "question", "relevant"])
    }
}

extension KeyedDecodingContainer<FieldName> {
    /// The labeled answers: the list `answers`, or else what `quotation` or `answer` says.
    fileprivate var answers: [String] {
        func text(_ name: String) -> String? {
            try? decode(String.self, forKey: FieldName(stringValue: name))
        }
        let list = try? decode([String].self, forKey: FieldName(stringValue: "answers"))
        return (list ?? [text("quotation") ?? text("answer")].compactMap(\.self))
            .filter { !$0.isEmpty }
    }

    /// Returns all other fields as text; null is no field.
    fileprivate func metadata(except known: Set<String>) throws -> [String: String] {
        var metadata: [String: String] = [:]
        for key in allKeys where !known.contains(key.stringValue) {
            guard try !decodeNil(forKey: key) else { continue }
            metadata[key.stringValue] = try decode(Text.self, forKey: key).value
        }
        return metadata
    }
}

/// Any JSON value as text: strings as they are, whole numbers without a point, lists with commas
/// between, objects as `name: value` with commas between.
private struct Text: Decodable {
    var value: String

    init(from decoder: any Decoder) throws {
        if let fields = try? decoder.container(keyedBy: FieldName.self) {
            value = try fields.allKeys.map(\.stringValue).sorted().map { name in
                let text = try fields.decode(Text.self, forKey: FieldName(stringValue: name))
                return "\(name): \(text.value)"
            }.joined(separator: ", ")
        } else if var list = try? decoder.unkeyedContainer() {
            var parts: [String] = []
            while !list.isAtEnd { parts.append(try list.decode(Text.self).value) }
            value = parts.joined(separator: ", ")
        } else {
            let single = try decoder.singleValueContainer()
            if let text = try? single.decode(String.self) {
                value = text
            } else if let flag = try? single.decode(Bool.self) {
                value = "\(flag)"
            } else if let whole = try? single.decode(Int.self) {
                value = "\(whole)"
            } else if let number = try? single.decode(Double.self) {
                value = "\(number)"
            } else {
                value = ""
            }
        }
    }
}

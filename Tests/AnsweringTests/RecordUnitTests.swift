import Testing

@testable import Answering

@Suite struct RecordUnitTests {
    private func pieces(_ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        return RecordUnit.all(in: bytes)?.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    /// A record is one piece, without the number that it is known by.
    @Test func aShortRecordIsOnePiece() {
        #expect(
            pieces("_id: m7\nname: Ana Ruiz\nphone: 555 0101\nactive: true")
                == ["name: Ana Ruiz\nphone: 555 0101"]
        )
    }

    /// Lists of questions are no answers to them.
    @Test(arguments: [
        "_id: q06\ntext: When was the kiln bought?\nabout: p3\nanswerable: true",
        "id: 4\nquestion: Where do I park?\nlanguage: en",
        "_id: q1", "uuid: 12-ab\nvisible: false",
    ])
    func questionsAndNumbersAnswerNothing(text: String) {
        #expect(pieces(text) == [])
    }

    @Test func theAnswerBesideAQuestionIsAPiece() {
        #expect(
            pieces("id: 4\nquestion: Where do I park?\nanswer: Behind the shed.\nyear: 2024")
                == ["answer: Behind the shed."]
        )
        #expect(pieces("question: Which year?\nanswer: 2024") == ["answer: 2024"])
    }

    @Test func aLongValueHasItsSentences() {
        let long = String(repeating: "The kiln needs a day to cool. ", count: 12)
        #expect(
            pieces("title: Kiln\ntext: \(long)Then open it.\nand sweep.")?.suffix(2)
                == ["The kiln needs a day to cool.", "Then open it.\nand sweep."]
        )
    }

    @Test(arguments: ["Just a text.", "{\n  \"a\": 1\n}", "Note for all: be careful", ""])
    func whatHasNoFieldsIsNoRecord(text: String) {
        #expect(pieces(text) == nil)
    }
}

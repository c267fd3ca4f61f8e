import Foundation
import HTTPTransport
import Testing

@Suite struct JSONTests {
    @Test func writesInOrderAndEscapes() throws {
        let json: RequestJSON = [
            "z": .string("a\"\\\n\t\u{1}ñ😀"), "a": [1, 0.5, true, .raw("{}")], "none": nil,
            "n": .number(.nan),
        ]
        let text = String(decoding: json.encoded, as: UTF8.self)
        #expect(text == #"{"z":"a\"\\\n\u0009\u0001ñ😀","a":[1,0.5,true,{}],"n":null}"#)
        let object = try JSONSerialization.jsonObject(with: Data(json.encoded)) as? [String: Any]
        #expect(object?["z"] as? String == "a\"\\\n\t\u{1}ñ😀")
    }
}

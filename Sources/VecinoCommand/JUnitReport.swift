internal import Localization

/// Results in the XML that CI systems read of JUnit's Ant task.
struct JUnitReport {
    /// A test.
    struct Case {
        var name: String
        var seconds: Double?
        /// Why it failed, in a word; nil if it did not.
        var failure: String?
        /// What there is to know, a line each.
        var details: [String] = []
    }

    let name: String
    let cases: [Case]

    var xml: String {
        let failures = cases.count { $0.failure != nil }
        let total = cases.reduce(0) { $0 + ($1.seconds ?? 0) }
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<testsuites tests="\#(cases.count)" failures="\#(failures)">"#,
            #"  <testsuite name="\#(Self.escaped(name))" tests="\#(cases.count)" "#
                + #"failures="\#(failures)" errors="0" skipped="0" time="\#(Format.fixed(total, 3))">"#,
        ]
        for test in cases {
            let head =
                #"    <testcase classname="vecino.answers" name="\#(Self.escaped(test.name))" "#
                + #"time="\#(Format.fixed(test.seconds ?? 0, 3))""#
            guard let failure = test.failure else {
                lines.append(head + "/>")
                continue
            }
            let message = ([failure] + test.details.prefix(1)).joined(separator: ": ")
            lines += [
                head + ">",
                #"      <failure type="\#(Self.escaped(failure))" message="\#(Self.escaped(message))">"#
                    + Self.escaped(test.details.joined(separator: "\n")) + "</failure>",
                "    </testcase>",
            ]
        }
        return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }

    /// Text as an attribute or an element may have it; characters that XML has no way to write become `�`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\r": result += "&#13;"
            default:
                let isWritable =
                    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isWritable ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}

import Corpus
import Foundation
import Testing

@testable import Documents

/// Messages, what hangs on them, and mailboxes.
@Suite struct EmailTests {
    private func read(_ text: String, as name: String = "a.eml") throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    private let head =
        "From: Ana <a@example.org>\nDate: Tue, 3 Feb 2026 09:15:00 +0100\nSubject: News\n"

    @Test(arguments: [
        ("filename*=UTF-8''M%C3%A4rz.pdf", "März.pdf"),
        ("filename*0=\"very-\"; filename*1=\"long.pdf\"", "very-long.pdf"),
        ("filename*0*=iso-8859-1'de'M%E4; filename*1*=rz.pdf", "März.pdf"),
        ("filename=\"a; b.pdf\"", "a; b.pdf"),
        ("filename=\"a \\\"b\\\".pdf\"", "a \"b\".pdf"),
        ("filename=\"=?koi8-r?B?7MnG1C5wZGY=?=\"", "Лифт.pdf"),
    ])
    func namesOfFilesAreRead(parameter: String, name: String) throws {
        let document = try read(
            head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n--b\n"
                + "Content-Type: application/pdf\nContent-Disposition: attachment; \(parameter)\n\nx\n--b--\n"
        )
        #expect(document.blocks.last?.text == "- " + name)
        #expect(document.repairs == [TextRepair(kind: .attachments, count: 1)])
    }

    /// A character may be divided between two encoded words.
    @Test func encodedWordsAreJoinedBeforeTheyAreDecoded() {
        #expect(EncodedWords.decode("=?utf-8?q?a=C3?= =?utf-8?q?=B1o?=") == "año")
        #expect(EncodedWords.decode("=?utf-8?b?w7E=?= x =?iso-8859-1?q?=F1?=") == "ñ x ñ")
        #expect(EncodedWords.decode("a =?utf-8?x?b?= c") == "a =?utf-8?x?b?= c")
    }

    @Test func messagesInsideMessagesKeepTheirHeads() throws {
        let inner =
            "From: Carla <c@example.org>\nSubject: =?utf-8?q?Ca=C3=B1er=C3=ADa?=\n\nIt drips.\n"
        for type in [
            "Content-Type: message/rfc822\n",
            "Content-Type: message/rfc822\nContent-Disposition: attachment\n",
        ] {
            let text =
                head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\(type)\n\(inner)--b--\n"
            let lines = outline(try read(text))
            #expect(
                lines.suffix(3) == [
                    "h2: Cañería", "li: From: Carla <c@example.org>", "p: It drips.",
                ]
            )
        }
        let digest =
            head
            + "Content-Type: multipart/digest; boundary=b\n\n--b\n\n\(inner)--b\n\n\(inner)--b--\n"
        #expect(outline(try read(digest)).count { $0 == "h2: Cañería" } == 2)
    }

    @Test func attachmentsThatAreReadFollowTheirNames() throws {
        let word = Data(try fixture("acta.docx")).base64EncodedString(
            options: .lineLength76Characters
        )
        let text =
            head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n--b\n"
            + "Content-Type: application/octet-stream; name=acta.docx\nContent-Transfer-Encoding: base64\n\n"
            + word + "\n--b\nContent-Type: text/csv; name=a.csv\n\nname,age\nLuis,41\n--b\n"
            + "Content-Type: image/png; name=a.png\n\nx\n--b--\n"
        let document = try read(text)
        let lines = outline(document)
        let whole = outline(try DocumentReader().read(try fixture("acta.docx"), path: "acta.docx"))
        #expect(lines.contains("li: - acta.docx") && lines.contains("record: name: Luis\nage: 41"))
        #expect(whole.filter { $0.hasPrefix("p: ") }.allSatisfy(lines.contains))
        #expect(document.repairs == [TextRepair(kind: .attachments, count: 1)])
        #expect(document.isSound)
    }

    @Test func theAlternativeThatSaysMoreIsRead() throws {
        func text(_ plain: String, _ page: String) throws -> String {
            let parts =
                "--b\nContent-Type: text/plain\n\n\(plain)\n--b\nContent-Type: text/html\n\n\(page)\n--b--\n"
            let all = head + "Content-Type: multipart/alternative; boundary=b\n\n" + parts
            return outline(try read(all)).joined(separator: "\n")
        }
        let page = "<p>The lift stops on Friday, and the stairs are cleaned on Monday at nine.</p>"
        #expect(try text("This message needs HTML.", page).contains("The lift stops"))
        let plain = "The lift stops on Friday, and the stairs are cleaned on Monday at ten."
        #expect(try text(plain, page).contains("at ten"))
        #expect(try text(plain, "").contains("at ten"))
    }

    @Test func sentencesThatBeginWithFromStay() throws {
        let box = """
            From ana@example.org Tue Feb  3 09:15:00 2026
            \(head)
            From Monday on the keys hang there.

            From now on: no parking.
            Note: none.

            >From the archive.
            >>From twice.

            From ben@example.org  Wed Feb  4 10:00:00 2026 +0100
            From: Ben <b@example.org>
            Subject: Re: News

            Thank you.

            From MAILER-DAEMON
            From: Cy <c@example.org>
            Date: Thu, 5 Feb 2026 10:00:00 +0100
            Subject: Third

            Bye.

            """
        let lines = outline(try read(box, as: "a.mbox"))
        #expect(lines.count { $0.hasPrefix("h1: ") } == 3)
        let text = lines.joined(separator: "\n")
        for part in [
            "From Monday on", "From now on: no", "\nFrom the archive.\n>From twice.", "Bye.",
        ] {
            #expect(text.contains(part.trimmingCharacters(in: .newlines)))
        }
        #expect(!text.contains(">From the archive"))
    }

    /// Every part is decoded by itself, and one that cannot be is counted.
    @Test func partsHaveEncodingsOfTheirOwn() throws {
        var bytes = Array((head + "Content-Type: multipart/mixed; boundary=b\n\n").utf8)
        for (charset, name, text) in [
            ("koi8-r", "KOI8-R", "Лифт не работает."), ("iso-8859-2", "ISO-8859-2", "W środę."),
            ("big5", "BIG5", "星期三晚上。"),
        ] {
            bytes += Array("--b\nContent-Type: text/plain; charset=\(charset)\n\n".utf8)
            bytes += try encoded(text, name) + [0x0A]
        }
        bytes += Array("--b\nContent-Type: text/plain; charset=x-no-such\n\nplain\n--b--\n".utf8)
        let document = try DocumentReader().read(bytes, path: "a.eml")
        let lines = outline(document)
        #expect(
            lines.suffix(4) == ["p: Лифт не работает.", "p: W środę.", "p: 星期三晚上。", "p: plain"]
        )
        #expect(document.repairs == [TextRepair(kind: .unknownEncoding, count: 1)])
    }

    @Test func headsThatAreNotASCIIAreReadInTheEncodingOfTheText() throws {
        let subject = try encoded("Subject: Лифт\nFrom: Ана\n", "CP1251")
        let rest = "Date: Tue, 3 Feb 2026\nContent-Type: text/plain; charset=windows-1251\n\n"
        let bytes = subject + Array(rest.utf8) + (try encoded("Не работает.\n", "CP1251"))
        let document = try DocumentReader().read(bytes, path: "a.eml")
        #expect(document.title == "Лифт" && document.metadata["from"]?.text == "Ана")
    }
}

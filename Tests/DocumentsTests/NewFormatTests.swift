import Corpus
import Foundation
import Testing

@testable import Documents

/// Calendars, contacts, books, archives and messages of Outlook.
@Suite struct NewFormatTests {
    private func read(_ text: String, as name: String) throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    @Test func eventsAreRecords() throws {
        let text =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Meeting\\, long\r\nDTSTART;TZID=X:20260203T101500\r\n"
            + "LOCATION:Hall\r\nDESCRIPTION:Bring a\r\n  chair.\\nAnd tea.\r\nATTENDEE;CN=\"Ana: A\":mailto:ana@example.org\r\n"
            + "BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nSUMMARY:Pay\r\nDUE:20260301\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
        for name in ["a.ics", "calendar"] {
            let document = try read(text, as: name)
            #expect(document.format == "calendar")
            #expect(
                document.blocks.map(\.text) == [
                    "Meeting, long\nStart: 2026-02-03 10:15\nPlace: Hall\nBring a chair.\nAnd tea.\nWith: Ana: A (ana@example.org)",
                    "Pay\nDue: 2026-03-01",
                ]
            )
            #expect(document.isSound)
        }
    }

    @Test func contactsAreRecords() throws {
        let text =
            "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 =\nP=C3=A9rez\nitem1.TEL;TYPE=cell:555 0199\nADR:;;Street 1;Town;;123;\nEND:VCARD\n"
            + "BEGIN:VCARD\nFN:Ana\nEMAIL:a@b\nORG:House;Garden\nEND:VCARD\n"
        #expect(
            try read(text, as: "a.vcf").blocks.map(\.text) == [
                "José Pérez\nPhone: 555 0199\nAddress: Street 1, Town, 123",
                "Ana\nEmail: a@b\nOrganization: House, Garden",
            ]
        )
    }

    @Test func booksOfFictionKeepTheirSections() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><FictionBook xmlns=\"x\"><description><title-info><author><first-name>Ana</first-name><last-name>Pi</last-name></author>"
            + "<book-title>Tides</book-title><annotation><p>About tides.</p></annotation></title-info></description><body><title><p>Tides</p></title>"
            + "<section><title><p>One</p></title><p>The tide <emphasis>comes</emphasis> twice.</p><section><title><p>Inner</p></title><p>More.</p></section></section></body>"
            + "<binary id=\"c\">AAAA</binary></FictionBook>"
        let document = try read(text, as: "a.fb2")
        #expect(document.title == "Tides" && document.metadata["author"]?.text == "Ana Pi")
        #expect(
            outline(document) == [
                "p: About tides.", "h1: Tides", "h1: One", "p: The tide comes twice.", "h2: Inner",
                "p: More.",
            ]
        )
    }

    @Test func documentsInArchivesAreRead() throws {
        let archive = zip([
            ("notes/a.md", "# Pump\n\nIt runs at night.\n"),
            ("b.csv", "name,age\nAna,41\nBen,38\n"),
            ("c.bin", "\u{1}\u{2}\u{3}"), ("__MACOSX/x.txt", "no"), ("notes/", ""),
        ])
        let document = try DocumentReader().read(archive, path: "a.zip")
        #expect(document.format == "zip")
        #expect(
            outline(document).filter { $0 != "h1: " } == [
                "h1: notes/a.md", "h2: Pump", "p: It runs at night.", "h1: b.csv",
                "record: name: Ana\nage: 41", "record: name: Ben\nage: 38",
            ]
        )
        #expect(document.repairs == [TextRepair(kind: .attachments, count: 1)])
    }

    /// An archive in an archive in an archive, and so on: read to a depth, and no further.
    @Test func archivesInsideArchivesEnd() throws {
        var bytes = zip([("a.txt", "Deep inside.")])
        for _ in 0..<3 {
            let inner = bytes
            // The helper takes text: what is no text of its own is kept as the bytes are.
            bytes = zip([("inner.zip", String(decoding: inner, as: UTF8.self))])
        }
        #expect(throws: DocumentError.self) { try DocumentReader().read(bytes, path: "a.zip") }
    }

    @Test(arguments: [
        ("xl/workbook.bin", ".xlsx"), ("Index/Document.iwa", "export it"),
        ("META-INF/MANIFEST.MF", "Java"),
    ])
    func archivesThatAreOtherFormatsSayWhat(name: String, words: String) {
        let error = #expect(throws: DocumentError.self) {
            try DocumentReader().read(zip([(name, "x"), ("readme.txt", "Text.")]), path: "a")
        }
        #expect(error?.description.contains(words) ?? false)
    }

    /// A compound file with one short stream for each name, as Outlook writes them.
    private func compound(_ streams: [(name: String, content: [UInt8])]) -> [UInt8] {
        func bytes(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var sectors: [[UInt8]] = []
        var fat: [Int] = []
        func add(_ content: [UInt8]) -> Int {
            let start = sectors.count
            let padded = content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
            for offset in stride(from: 0, to: max(padded.count, 512), by: 512) {
                sectors.append(Array(padded[offset..<min(offset + 512, padded.count)]))
                fat.append(sectors.count)
            }
            fat[sectors.count - 1] = 0xFFFF_FFFE
            return start
        }
        var directory: [UInt8] = []
        func entry(_ name: String, _ type: Int, right: Int, child: Int, _ start: Int, _ size: Int) {
            var units: [UInt8] = []
            for unit in name.utf16 { units += bytes(Int(unit), 2) }
            units += [0, 0]
            directory +=
                units + [UInt8](repeating: 0, count: 64 - units.count) + bytes(units.count, 2)
            directory += [UInt8(type), 1] + bytes(-1, 4) + bytes(right, 4) + bytes(child, 4)
            directory += [UInt8](repeating: 0, count: 36) + bytes(start, 4) + bytes(size, 8)
        }
        let starts = streams.map { add($0.content) }
        entry("Root Entry", 5, right: -1, child: 1, 0, 0)
        for (index, stream) in streams.enumerated() {
            let next = index + 1 < streams.count ? index + 2 : -1
            entry(stream.name, 2, right: next, child: -1, starts[index], stream.content.count)
        }
        let directoryStart = add(directory)
        let table = sectors.count
        fat.append(0xFFFF_FFFD)
        sectors.append([])
        sectors[table] =
            fat.flatMap { bytes($0, 4) } + [UInt8](repeating: 0xFF, count: 512 - 4 * fat.count)
        var head: [UInt8] =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        head += bytes(0x3E, 2) + bytes(3, 2) + bytes(0xFFFE, 2) + bytes(9, 2) + bytes(6, 2)
        head +=
            [UInt8](repeating: 0, count: 10) + bytes(1, 4) + bytes(directoryStart, 4) + bytes(0, 4)
        // No stream is short: all lie in sectors of their own.
        head +=
            bytes(0, 4) + bytes(-2, 4) + bytes(0, 4) + bytes(-2, 4) + bytes(0, 4) + bytes(table, 4)
        head += [UInt8](repeating: 0xFF, count: 512 - head.count)
        return head + sectors.flatMap { $0 }
    }

    private func wide(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test func messagesOfOutlookAreRead() throws {
        let bytes = compound([
            ("__substg1.0_0037001F", wide("Cañería rota")), ("__substg1.0_0C1A001F", wide("Ana")),
            ("__substg1.0_1000001F", wide("It drips.\r\n\r\nCome soon.")),
            (
                "__substg1.0_007D001F",
                wide("Received: x\r\nDate: Tue, 3 Feb 2026 09:15:00 +0100\r\n")
            ),
        ])
        let document = try DocumentReader().read(bytes, path: "a.msg")
        #expect(document.format == "msg" && document.title == "Cañería rota")
        #expect(
            outline(document) == [
                "h1: Cañería rota", "li: From: Ana", "p: It drips.", "p: Come soon.",
            ]
        )
        #expect(document.date?.timeIntervalSince1970 == 1_770_106_500)
    }

    @Test func encryptedOfficeFilesSaySo() {
        let bytes = compound([("EncryptedPackage", [1, 2, 3]), ("EncryptionInfo", [4])])
        #expect(throws: DocumentError.encrypted(format: "Office document")) {
            try DocumentReader().read(bytes, path: "a.docx")
        }
    }

    /// Whatever is broken in the container: a document or an error, in an instant.
    @Test(.timeLimit(.minutes(1))) func damagedCompoundFilesLoseThemselvesOnly() {
        let whole = compound([
            ("__substg1.0_0037001F", wide("Subject")),
            ("__substg1.0_1000001F", wide(String(repeating: "Text. ", count: 500))),
        ])
        var random = SplitMix64(seed: 4)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                bytes[Int.random(in: 8..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            if let document = try? DocumentReader().read(bytes, path: "a.msg") {
                #expect(document.isSound)
            }
        }
    }
}

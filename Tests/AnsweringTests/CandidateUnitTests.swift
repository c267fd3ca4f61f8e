import TextAnalysis
import Testing

@testable import Answering

@Suite struct CandidateUnitTests {
    private func units(_ text: String) -> [(kind: CandidateUnit.Kind, text: String)] {
        let bytes = Array(text.utf8)
        return CandidateUnit.all(in: bytes).map {
            ($0.kind, String(decoding: bytes[$0.range], as: UTF8.self))
        }
    }

    @Test func unitsAreInOrderAndApart() {
        let text = """
            One sentence. Another one.

            Table 1. Prices
            thing | price
            lathe | 4 euros

            Type this:

            $ pkg list
            $ pkg find

            - an item
            - another item

            ```
            a fenced

            block
            ```
            """
        let found = CandidateUnit.all(in: Array(text.utf8))
        for (a, b) in zip(found, found.dropFirst()) {
            #expect(a.range.upperBound <= b.range.lowerBound)
        }
        #expect(
            units(text).map(\.kind) == [
                .sentence, .sentence, .caption, .row, .row, .code, .sentence, .sentence, .code,
            ]
        )
        #expect(units(text)[5].text == "Type this:\n\n$ pkg list\n$ pkg find")
    }

    @Test(arguments: [
        "$ make install", "# dpkg-reconfigure tzdata", "git switch topic", "sudo apt install vim",
        "SELECT * FROM t;", "tar -xf foo.tar", "# mount -t iso9660 cd.iso /cdrom",
    ])
    func whatIsTypedIsCode(line: String) {
        #expect(CommandLine.isOne(Array(line.utf8)[...]))
    }

    @Test(arguments: [
        "# How to mend the roof", "make sure that the lid of the kiln is closed",
        "git is a fast distributed revision control system.", "find out what is meant by that",
        "The lathe costs 4 euros.", "CREATE TABLE makes a new table.", "cut", "",
    ])
    func proseIsNoCode(line: String) {
        #expect(!CommandLine.isOne(Array(line.utf8)[...]))
    }

    @Test func longCodeIsCutAtItsLines() {
        let line = "$ echo " + String(repeating: "a", count: 100)
        let text = "It is long.\n\n" + Array(repeating: line, count: 20).joined(separator: "\n")
        let found = units(text)
        #expect(found.count > 2)
        #expect(found.allSatisfy { $0.kind == .code && $0.text.utf8.count < 800 })
        #expect(found.first?.text.hasPrefix("It is long.\n\n$ echo") == true)
    }

    @Test(arguments: [
        ("How do I see who changed a line?", Question.Kind.manner),
        ("¿Cómo averiguo dónde está un fichero?", .manner), ("Who wrote the manual?", .person),
        ("¿Qué orden muestra los paquetes?", .command), ("Which option makes it quiet?", .command),
        ("Where is the log?", .place), ("¿Qué puerto usa?", .number), ("¿Por qué falla?", .reason),
        ("What is a bare store?", .definition), ("Can I undo it?", .yesNo),
        ("When is the lid closed and by whom?", .date),
    ])
    func theFirstQuestionWordSaysWhatIsAsked(text: String, kind: Question.Kind) {
        #expect(Question(text, language: .undetermined, passageLanguages: [.english]).kind == kind)
    }

    @Test(arguments: [
        ("before", ["after", "the", "start"], true), ("before", ["after", "and", "before"], false),
        ("keep", ["discard", "all"], true), ("keep", ["all"], false),
    ])
    func theOppositeCountsWithoutTheWordItself(asked: String, said: [String], isTurned: Bool) {
        #expect(Opposites.of([asked]).contains { $0.isTurned(in: said) } == isTurned)
    }
}

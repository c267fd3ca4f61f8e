import TextAnalysis
import Testing

@testable import Answering

/// What comes along with the sentence that answers, and what never answers.
@Suite struct AnswerExtentTests {
    /// The answer that the words of a question find, without an encoder.
    private func quoted(_ question: String, _ text: String) async throws -> [String] {
        let passage = SourcePassage(
            id: 1,
            text: text,
            path: "a.md",
            language: LanguageDetector().language(of: text)
        )
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(question, from: [passage])
        for citation in answer.claims.flatMap(\.citations) {
            #expect(Array(text.utf8)[citation.range].elementsEqual(citation.quotation.utf8))
        }
        return answer.claims.map(\.text)
    }

    @Test func stepsAreOneAnswerInOrder() async throws {
        let steps =
            "To reset the controller:\n\n1. Open the lid.\n2. Hold the reset button for 7 seconds.\n3. Close the lid."
        let answer = try await quoted(
            "How do I reset the controller?",
            "The controller is gray. It was bought in May.\n\n\(steps)\n\nThe lid is made of steel."
        )
        #expect(answer.first == steps)
    }

    @Test func aRowHasItsHeader() async throws {
        let answer = try await quoted(
            "What does the kiln cost?",
            "| Machine | Fee |\n| lathe | 4 euros |\n| kiln | 30 euros |\n| saw | 2 euros |"
        )
        #expect(answer.first == "| Machine | Fee |\n| kiln | 30 euros |")
    }

    @Test func anOptionIsItsOwnEntry() async throws {
        let answer = try await quoted(
            "What does the option -n of clean do?",
            "clean [-d] [-n] [-f] [<path>…]\n\nThe command clean removes files that clean does not know, as -n "
                + "users do know.\n\n-n, --dry-run: show what clean would do.\n\n-f: remove at once."
        )
        #expect(answer.first?.hasPrefix("-n, --dry-run") == true)
    }

    @Test func theOppositeIsNoAnswer() async throws {
        let answer = try await quoted(
            "How do I undo the last commit but keep my changes?",
            "Use reset --hard to undo the last commit and discard the changes.\n\n"
                + "Use reset --soft to undo the last commit and keep the changes."
        )
        #expect(answer.first == "Use reset --soft to undo the last commit and keep the changes.")
    }

    @Test(arguments: [
        "# How to mend the roof", "Can I mend the roof?", "[Roof](a) [Mending](b) [Tiles](c)",
        "Previous | Roof | Mending | Next", "Mend the roof",
    ])
    func titlesAndLinksNeverAnswer(text: String) async throws {
        #expect(try await quoted("How do I mend the roof?", text).isEmpty)
    }

    /// Tables of web pages have bars between their cells only.
    @Test func aRowWithoutOuterBarsHasItsHeader() async throws {
        let answer = try await quoted(
            "Which command lists the installed packages?",
            "Table 2. Commands for packages\ncommand | what it does\npkg purge foo | removes the package foo\n"
                + "pkg list | lists the installed packages\npkg find foo | searches for a package"
        )
        #expect(
            answer.first == "command | what it does\npkg list | lists the installed packages"
        )
    }

    @Test(arguments: [
        "The following sets the time zone of the system.\n\n# dpkg-reconfigure tzdata",
        "To set the time zone:\n\n$ timedatectl set-timezone Europe/Madrid",
        "Setting the time zone\ntimectl --zone Europe/Madrid\ntimectl --apply;",
        "The time zone is set so:\n\n```sh\ntzselect\n\ntzapply\n```",
    ])
    func whatIsTypedStandsWithWhatExplainsIt(code: String) async throws {
        let answer = try await quoted(
            "How do I set the time zone?",
            "The clock of the machine is set to universal time.\n\n\(code)\n\nThe zone of the frost is no time zone."
        )
        #expect(answer.first == code)
    }

    @Test func theNotesToLinesComeAlong() async throws {
        let block =
            "Undo a commit and keep the changes\n$ git commit ...\n$ git reset --soft HEAD^   <1>\n\n"
            + "1. This leaves the files as they were."
        let answer = try await quoted(
            "How do I undo the last commit but keep my changes?",
            "Nothing is lost by it.\n\n\(block)\n\nCommits are cheap."
        )
        #expect(answer.first == block)
    }

    @Test func aTermIsItsOwnEntry() async throws {
        let entry =
            "bare store\nIt is a folder without any files checked out, and its name ends in .git by custom."
        let answer = try await quoted(
            "What is a bare store?",
            "A bare store is asked for often, and a bare store is what the host has for you.\n\n\(entry)"
        )
        #expect(answer.first?.hasPrefix("bare store\n") == true, "\(answer)")
    }

    /// `-l` is another option than `-L`.
    @Test func anOptionIsReadAsItIsSpelled() async throws {
        let answer = try await quoted(
            "What does pkg -L do?",
            "To see what pkg has, run:\n\npkg -l\n\nTo see the files of a package, run:\n\npkg -L name"
        )
        #expect(answer.first?.contains("-L name") == true, "\(answer)")
    }

    /// The name of a thing is no answer to what it is; the sentence behind it is.
    @Test func aShortEntryHasWhatItNames() async throws {
        let answer = try await quoted(
            "What does the BMS-07 alarm mean?",
            "BMS-07, cells out of balance. The spread between two cells is over 60 millivolts. Call Ana.\n\n"
                + "The boiler is red."
        )
        #expect(
            answer.first
                == "BMS-07, cells out of balance. The spread between two cells is over 60 millivolts."
        )
    }
}

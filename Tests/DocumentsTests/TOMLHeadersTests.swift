import Corpus
import Testing

@testable import Documents

@Suite struct TOMLHeadersTests {
    @Test(arguments: [
        "", "a = 1\n[b]\nc = 2\n", "[[a.b]]\n", "[ \"a b\" ]\n['c']\n", "[]",
        "a = [\n[\n1\n],\n[2]\n]\n[b]",
        "a = \"\"\"\n[\n\"\"\"\n", "a = '''\n[#\n'''", "# [\n", "a = \"\\\"[\"\n",
        "a = {b = 1}\n[c]\n",
        "\u{FEFF}[a]\n", "[prices.\"openai:x\"]\nprompt = 1\n",
    ])
    func letsTablesPass(text: String) {
        #expect(TOMLHeaders.areSound(text))
    }

    /// Each of them would end the program.
    @Test(arguments: [
        "[", "[\n", "model = \"a\"\nresults = 5\n[\n", "[#]", "[=]", "[.a]", "[[\n", "[ [ \n",
        "[ñ]",
        "\u{FEFF}[\n", "a = \"\\\\\"\n[\n", "a = [1]\n[\n", "a = ''\n[\n", "[a]\n [\r\n", "[,",
    ])
    func refusesWhatIsNoKey(text: String) {
        #expect(!TOMLHeaders.areSound(text))
        let document = "+++\n\(text)\n+++\nText.\n"
        let parsed = try? DocumentReader().read(Array(document.utf8), path: "a.md")
        #expect(parsed != nil)
    }
}

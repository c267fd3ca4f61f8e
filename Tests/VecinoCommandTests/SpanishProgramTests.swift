import Foundation
import Testing

/// The program, spoken to by a person who reads Spanish.
@Suite(.serialized) struct SpanishProgramTests {
    private let program: Program
    private let english: Program

    init() throws {
        let folder = try SampleFolder.shared.get().path
        english = Program(folder: folder)
        program = Program(folder: folder, environment: ["VECINO_LANG": "es_ES.UTF-8"])
    }

    @Test func peopleReadSpanish() throws {
        #expect(try program.run(Program.path, []).output.contains("2 documentos, "))
        let nothing = try program("search", "--mode", "keyword", "quokka")
        #expect(nothing.status == 1)
        #expect(nothing.talk.contains("No se ha encontrado nada para «quokka»."), "\(nothing.talk)")
        #expect(try program("status").output.contains("última indexación: "))
        #expect(try program("doctor").talk.contains("La biblioteca está íntegra."))
        #expect(try program("buscar", "x").talk.contains("¿Querías decir `vecino search`?"))
        #expect(try program("get", "nowhere.md").talk.contains("Nada en la biblioteca se llama"))
        #expect(
            try program("search", "--limit", "0", "x").talk.contains("número entero de 1 a 10000")
        )
        #expect(
            try program("search", "--nothing").talk.contains("No hay ninguna opción «--nothing»")
        )
        let again = try program("index", "notes")
        #expect(again.talk.contains("al día, 2 documentos"), "\(again.talk)")
    }

    /// Programs read the same in every language.
    @Test(arguments: [
        ["search", "--mode", "keyword", "--json", "lease"],
        ["search", "--mode", "keyword", "--format", "jsonl", "lease"],
        ["search", "--mode", "keyword", "--format", "csv", "lease"],
        ["search", "--mode", "keyword", "--format", "files", "lease"],
        ["search", "--mode", "keyword", "--json", "\"lease quokka\" -rent"],
        ["status", "--json"], ["doctor", "--json"], ["ls", "--json"], ["ls", "-l"],
        ["get", "--json", "1"], ["index", "notes", "--dry-run", "--json"], ["stats", "--json"],
    ])
    func dataIsTheSame(_ arguments: [String]) throws {
        let here = try program.run(Program.path, arguments)
        let there = try english.run(Program.path, arguments)
        // How long it took differs from run to run.
        func stable(_ text: String) -> String {
            text.replacing(/"timings" : \{[^}]*\}/, with: "")
        }
        #expect(stable(here.output) == stable(there.output) && here.status == there.status)
    }

    @Test func figuresAreTheReaders() throws {
        let hit = try program("search", "--mode", "keyword", "lease").output
        #expect(hit.contains(#/ \d+,\d{3}\n/#), "\(hit)")
        #expect(
            try english("search", "--mode", "keyword", "lease").output.contains(#/ \d+\.\d{3}\n/#)
        )
    }
}

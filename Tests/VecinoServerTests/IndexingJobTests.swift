#if Server
import Embedding
import Foundation
import HTTPTypes
import SentenceEncoder
import StoreTesting
import Testing
import Vecino

@testable import Operations
@testable import VecinoServer

/// Folders that callers of the server have indexed, and files that they hand in.
@Suite struct IndexingJobTests {
    /// A folder of two notes, a library in memory, and a server that indexes into it.
    final class Desk: Sendable {
        let home: String
        let served: ServedLibrary

        init(
            _ scope: IndexingJobs.Scope = .everyFolder,
            model: any Embedder = SampleLibrary.Model()
        ) throws {
            let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
                .appending(path: "desk-\(UUID().uuidString)")
            home = folder.path(percentEncoded: false)
            for name in ["notes", "inbox"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name),
                    withIntermediateDirectories: true
                )
            }
            let library = Library(store: MemoryStore(name: home + "/library.db"), embedder: model)
            let inbox = Inbox(home + "/inbox")
            served = ServedLibrary(
                library,
                jobs: IndexingJobs(scope: scope, inbox: inbox, environment: ["HOME": home]) {
                    library
                },
                inbox: inbox,
                version: "1.2.3"
            )
        }

        deinit { try? FileManager.default.removeItem(atPath: home) }

        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: home + "/" + name))
        }

        func send(
            _ path: String,
            _ method: HTTPRequest.Method = .post,
            type: String = "application/json",
            _ body: String? = "{}"
        ) async throws -> APITests.Reply {
            try await APITests.send(
                "/api/v1/" + path,
                method: method,
                headers: body == nil ? [:] : [.contentType: type],
                body: body,
                to: served
            )
        }

        /// Waits until a job is over.
        func end(of job: JSONValue?) async throws -> JSONValue {
            let id = try #require(job.flatMap(IndexingJobTests.number(of:)))
            while true {
                let now = try await send("jobs/\(id)", .get, nil).value
                if now["state"] != "waiting", now["state"] != "running" { return now }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Waits longer than any test.
    struct SlowModel: Embedder {
        let model = SampleLibrary.Model().model

        func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
            try await Task.sleep(for: .seconds(600))
            return []
        }

        func tokenCount(of text: String) -> Int { text.count }
    }

    @Test func aFolderIsAddedRefreshedAndRemoved() async throws {
        let desk = try Desk()
        try desk.write("The boiler stands in the attic.", to: "notes/boiler.md")
        try desk.write("\0\u{1}\0", to: "notes/picture.bin")
        let folder = desk.home + "/notes"
        let started = try await desk.send("index", body(["folder": .string("~/notes")]))
        #expect(started.status == 200)
        let job = try await desk.end(of: started.value["jobs"]?.elements?.first)
        #expect(job["state"] == "done" && job["folder"] == .string(folder))
        #expect(job["report"]?["added"] == 1)
        #expect(job["notRead"]?.elements?.first?["path"] == "picture.bin")
        let found = try await desk.send("search?q=boiler", .get, nil).value
        #expect(found["hits"]?.elements?.count == 1)

        // Named once, the folder is refreshed with all others.
        try desk.write("The boiler stands in the cellar.", to: "notes/boiler.md")
        let again = try await desk.send("index").value["jobs"]?.elements
        #expect(again?.count == 1)
        #expect(try await desk.end(of: again?.first)["report"]?["changed"] == 1)

        let removed = try await desk.send("folders/forget", body(["folder": .string(folder)]))
        #expect(removed.value["removed"] == 1)
        #expect(try await desk.send("status", .get, nil).value["documents"] == 0)
        #expect(FileManager.default.fileExists(atPath: folder + "/boiler.md"))
        #expect(try await desk.send("folders/forget", body(["folder": "/"])).status == 404)
        #expect(try await desk.send("index").status == 400)
    }

    @Test func aFolderThatIsNotThereIsAnError() async throws {
        let desk = try Desk()
        for (folder, status) in [("~/nothing", 404), ("notes", 400), ("/\0", 404)] {
            let reply = try await desk.send("index", body(["folder": .string(folder)]))
            #expect(reply.status == status, "\(folder): \(reply.body)")
        }
        #expect(try await desk.send("jobs", .get, nil).value == ["jobs": []])
        #expect(try await desk.send("jobs/7/cancel").status == 404)
    }

    @Test func aJobCanBeCanceled() async throws {
        let desk = try Desk(model: SlowModel())
        try desk.write("The boiler stands in the attic.", to: "notes/boiler.md")
        try desk.write("The pump stands in the cellar.", to: "inbox/pump.md")
        func start(_ folder: String) async throws -> JSONValue {
            let reply = try await desk.send("index", body(["folder": .string(folder)]))
            return try #require(reply.value["jobs"]?.elements?.first)
        }
        let first = try await start("~/notes")
        let second = try await start("~/inbox")
        #expect(try await start("~/notes")["id"] == first["id"])
        for job in [second, first] {
            let id = try #require(Self.number(of: job))
            #expect(try await desk.send("jobs/\(id)/cancel").value["state"] == "canceled")
        }
        let folder = try #require(first["folder"])
        #expect(try await desk.send("folders/forget", body(["folder": folder])).status != 503)
    }

    /// An answer is kept when somebody asks for it, and as one that follows another.
    @Test func anAnswerIsKeptOnRequest() async throws {
        let desk = try Desk()
        try desk.write("The boiler stands in the attic.", to: "notes/boiler.md")
        let jobs = try await desk.send("index", body(["folder": "~/notes"])).value["jobs"]
        _ = try await desk.end(of: jobs?.elements?.first)
        func ask() async throws -> JSONValue? {
            try await desk.send("ask?q=Where+does+the+boiler+stand", .get, nil).value["recent"]
        }
        let numbers = [try await ask(), try await ask()]
        #expect(numbers == [1, 2])
        #expect(try await desk.send("answers", .get, nil).value["answers"] == [])
        let first = try await desk.send("answers/keep", body(["recent": 1])).value
        let id = try #require(first["id"])
        let second = try await desk.send("answers/keep", body(["recent": 2, "follows": id])).value
        #expect(second["follows"] == id && second["id"] != id)
        #expect(try await desk.send("answers", .get, nil).value["answers"]?.elements?.count == 2)
        for wrong: JSONValue in [["recent": 3], ["recent": 1, "follows": 77]] {
            #expect(try await desk.send("answers/keep", body(wrong)).status == 404)
        }
        #expect(TokensOnly.right(for: "/api/v1/answers/keep") == .write)
    }

    @Test func foldersAreCompletedAsTheyAreTyped() async throws {
        let desk = try Desk()
        func complete(_ prefix: String) async throws -> JSONValue? {
            try await desk.send("folders/list", body(["prefix": .string(prefix)])).value["folders"]
        }
        #expect(try await complete("~/NO") == [.string(desk.home + "/notes")])
        #expect(try await complete(desk.home + "/")?.elements?.count == 2)
        #expect(try await complete("notes") == [])
    }

    @Test func callersFromElsewhereAddNoFolders() async throws {
        let desk = try Desk(.heldFolders)
        try desk.write("The boiler stands in the attic.", to: "notes/boiler.md")
        #expect(try await desk.send("index", body(["folder": "~/notes"])).status == 400)
        #expect(try await desk.send("folders/list").status == 400)
        // Their files are indexed all the same.
        let reply = try await desk.send(
            "inbox?name=pump.md",
            .put,
            type: "application/octet-stream",
            "The pump stands in the cellar."
        )
        #expect(reply.status == 200, "\(reply.body)")
        _ = try await desk.end(of: reply.value["jobs"]?.elements?.first)
        let found = try await desk.send("search?q=pump", .get, nil).value
        #expect(found["hits"]?.elements?.count == 1)
    }

    @Test func onlyBytesAreHandedIn() async throws {
        let desk = try Desk()
        for type in ["application/json", "text/plain", "multipart/form-data"] {
            #expect(try await desk.send("inbox?name=a.md", .put, type: type, "x").status == 415)
        }
        let nameless = try await desk.send("inbox", .put, type: "application/octet-stream", "x")
        #expect(nameless.status == 400)
        #expect(TokensOnly.right(for: "/api/v1/inbox") == .write)
        #expect(TokensOnly.right(for: "/api/v1/index") == .write)
        #expect(TokensOnly.right(for: "/api/v1/jobs/3/cancel") == .write)
        #expect(TokensOnly.right(for: "/api/v1/jobs") == .read)
    }

    @Test(arguments: [
        ("index", HTTPRequest.Method.post), ("jobs/1/cancel", .post), ("folders/forget", .post),
        ("folders/list", .post), ("answers/keep", .post), ("inbox?name=a.md", .put),
    ]) func otherSitesPagesChangeNothing(_ path: String, _ method: HTTPRequest.Method) async throws
    {
        let desk = try Desk()
        let type = method == .put ? "application/octet-stream" : "application/json"
        for body in ["{}", nil] {
            var headers: HTTPFields = [.origin: "https://evil.example"]
            if body != nil { headers[.contentType] = type }
            let reply = try await APITests.send(
                "/api/v1/" + path,
                method: method,
                headers: headers,
                body: body,
                to: desk.served
            )
            #expect(reply.status == 403, "\(reply.body)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.home + "/inbox").isEmpty)
    }

    @Test(arguments: [
        ("notes.md", "notes.md"), ("../../etc/passwd", "passwd"), ("C:\\temp\\a.txt", "a.txt"),
        (".bashrc", "bashrc"), ("..", nil), ("", nil), ("/", nil), ("a\0\nb.txt", "ab.txt"),
        ("Año 2024.pdf", "Año 2024.pdf"),
    ])
    func aNameLeadsNowhereElse(_ name: String, _ kept: String?) throws {
        let desk = try Desk()
        let inbox = try #require(desk.served.inbox)
        #expect((try? inbox.keep(Array("x".utf8), as: name)) == kept)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: inbox.folder)
                == [kept].compactMap { $0 }
        )
    }

    @Test func noFileIsReplaced() throws {
        let desk = try Desk()
        let inbox = try #require(desk.served.inbox)
        let names = try ["one", "one", "two", "two", "three"].map {
            try inbox.keep(Array($0.utf8), as: "a.md")
        }
        #expect(names == ["a.md", "a.md", "a (2).md", "a (2).md", "a (3).md"])
        let path = inbox.folder + "/a.md"
        #expect(FileManager.default.contents(atPath: path) == Data("one".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
    }

    fileprivate static func number(of job: JSONValue) -> Int64? {
        if case .integer(let id)? = job["id"] { id } else { nil }
    }

    private func body(_ value: JSONValue) throws -> String {
        String(decoding: try ServedJSON.encode(value), as: UTF8.self)
    }
}

extension IndexingJobTests.Desk {
    func send(_ path: String, _ body: String) async throws -> APITests.Reply {
        try await send(path, .post, body)
    }
}
#endif

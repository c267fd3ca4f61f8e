import Corpus
import Testing

@Suite struct PathNameTests {
    @Test(arguments: [
        ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/", "/", "/"), ("//", "/", "/"),
        (".", ".", "."), ("..", ".", ".."), ("", ".", ""), ("a/", ".", "a"), ("a//b//", "a", "b"),
        ("/a/b.c/", "/a", "b.c"), ("./x", ".", "x"), ("é/ñ", "é", "ñ"),
        ("a/\u{301}", "a", "\u{301}"),
        ("file:x/y", "file:x", "y"),
    ])
    func foldersAndNames(path: String, folder: String, name: String) {
        #expect(PathName.folder(path) == folder)
        #expect(PathName.last(path) == name)
    }

    @Test func absolutePaths() {
        #expect(PathName.absolute("/x", in: "/here") == "/x")
        #expect(PathName.absolute("file:x", in: "/here") == "/here/file:x")
        #expect(PathName.absolute(".", in: "/here") == "/here/.")
    }
}

@Suite struct LimitsTests {
    @Test(arguments: [
        "", " 1", "1 ", "1.0", "1e3", "0x1", "١", "9223372036854775808", "-1", "65536",
    ])
    func whatIsNoPort(_ text: String) {
        #expect(throws: LimitError.self) { try Limits.check(text, in: Limits.port, as: "--port") }
    }

    @Test func theEndsOfARangeAreInIt() throws {
        for number in [0, 1, 65_535] {
            #expect(try Limits.check(String(number), in: Limits.port, as: "--port") == number)
        }
        for number in [Int.min, -1, 65_536, Int.max] {
            #expect(throws: LimitError.self) {
                try Limits.check(number, in: Limits.port, as: "--port")
            }
        }
    }
}

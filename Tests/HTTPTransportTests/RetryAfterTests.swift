@testable import HTTPTransport
import Testing

@Suite struct RetryAfterTests {
    /// 784_111_777 is the standard's own example, Sun, 06 Nov 1994 08:49:37 GMT.
    @Test(arguments: [
        ("7", 7), ("0", 0), ("1.5", 2), ("-3", 0), ("1e99", 1_000_000_000),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 10), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
        ("Thu, 29 Feb 1996 00:00:00 GMT", 825_552_000 - 784_111_767),
        ("soon", nil), ("", nil), ("nan", nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
    ])
    func reads(header: String, seconds: Int?) {
        #expect(RetryAfter.seconds(header, now: 784_111_767) == seconds)
    }

    @Test func isOptional() { #expect(RetryAfter.seconds(nil) == nil) }
}

/// Cuts a stream of bytes into the messages that a server sends one by one.
package protocol StreamParser {
    /// Starts at the beginning of a stream.
    init()

    /// Takes in more bytes and returns the messages that they complete.
    ///
    /// - Throws: `TransportError.malformed` for a message that is not UTF-8 or has no end.
    mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String]

    /// Returns the last message, if the stream ended without what should follow it.
    ///
    /// - Throws: as `append` does.
    mutating func finish() throws(TransportError) -> String?
}

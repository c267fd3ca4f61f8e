/// A key that goes into one header of a request and nowhere else: whatever prints, dumps or
/// interpolates it gets an ellipsis.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The key itself.
    let value: String

    /// Wraps a key; white space around it, as files and pasted text have, is dropped.
    ///
    /// Nil for an empty key and for one that no header could carry.
    package init?(_ value: String?) {
        let trimmed = value?.split(whereSeparator: \.isWhitespace) ?? []
        guard trimmed.count == 1, let key = trimmed.first,
            key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.value = String(key)
    }

    package var description: String { "…" }
    package var debugDescription: String { "…" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The keys of the providers, from the environment and nowhere else.
package struct Credentials: Sendable {
    private let keys: [String: Secret]

    /// Reads the keys out of `environment`, such as `ProcessInfo.processInfo.environment`.
    package init(environment: [String: String]) {
        keys = environment.filter { $0.key.hasSuffix("_API_KEY") }.compactMapValues(Secret.init)
    }

    /// The key in `variable`, such as `OPENAI_API_KEY`; nil if it is unset, empty or unusable.
    package func key(_ variable: String) -> Secret? { keys[variable] }
}

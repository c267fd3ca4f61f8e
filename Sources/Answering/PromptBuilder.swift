public import ChatModels
public import TextAnalysis

/// Writes what a language model is asked: the rules, the passages as data, the question.
///
/// Passages stand between marks that carry a code made from their own text, so that no document
/// can close its passage and go on as if it were the one who asks. A model may be fooled all the
/// same; what it then says still has to pass the quotation gate.
public struct PromptBuilder: Sendable {
    /// The most passages in a prompt.
    public var maximumPassages: Int

    /// The most tokens of a prompt, estimated.
    public var maximumTokens: Int

    /// Makes a builder.
    public init(maximumPassages: Int = 5, maximumTokens: Int = 2_500) {
        self.maximumPassages = maximumPassages
        self.maximumTokens = maximumTokens
    }

    /// A prompt and what it shows.
    public struct Prompt: Sendable {
        /// The conversation to send.
        public var messages: [ChatMessage]
        /// The passages in it, in the order of their numbers: the first is `1`.
        public var passages: [SourcePassage]
        /// The JSON schema of the reply.
        public var schema: String
        /// Tokens of the messages, estimated.
        public var estimatedTokens: Int
    }

    /// Writes the prompt for `question` over as many of `passages`, best first, as fit.
    ///
    /// Spanish questions get a Spanish prompt, all others an English one that asks for an answer
    /// in the question's language. The last passage that fits only in part is cut. With
    /// `offersSearch`, the model may name words to search for instead of answering.
    public func prompt(
        for question: String,
        passages: [SourcePassage],
        language: Language,
        offersSearch: Bool = false
    ) -> Prompt {
        let words = language == .spanish ? PromptWords.spanish : .english
        let rules = words.rules + (offersSearch ? "\n\n" + words.search : "")
        let code = Self.code(of: passages, question)
        var room = maximumTokens - Self.estimatedTokens(rules + words.question(question)) - 60
        var shown: [SourcePassage] = []
        var blocks: [String] = []
        for passage in passages.prefix(maximumPassages) {
            let heading = Self.heading(of: passage)
            let text = Self.visible(passage.text)
            let cost = Self.estimatedTokens(text) + Self.estimatedTokens(heading) + 20
            let number = shown.count + 1
            // A remnant of a passage is worth having only if it says something.
            guard cost <= room || room > 120 || shown.isEmpty else { break }
            // A prompt without any passage would be asked for nothing.
            let part = cost <= room ? text : Self.cut(text, toTokens: max(room - 40, 80))
            shown.append(passage)
            blocks.append(
                """
                <passage \(number) \(code)> \(heading)
                \(part)
                </passage \(number) \(code)>
                """
            )
            room -= cost
            guard room > 0 else { break }
        }
        let body =
            words.question(question) + "\n\n" + words.passages + "\n\n"
            + blocks.joined(separator: "\n\n") + "\n\n" + words.reminder(question)
        let messages = [ChatMessage(.system, rules), ChatMessage(.user, body)]
        return Prompt(
            messages: messages,
            passages: shown,
            schema: Self.schema(passageCount: shown.count, offersSearch: offersSearch),
            estimatedTokens: messages.reduce(0) { $0 + Self.estimatedTokens($1.text) }
        )
    }

    /// Writes the prompt for a model that is asked without any documents.
    public func promptWithoutContext(for question: String, language: Language) -> [ChatMessage] {
        let words = language == .spanish ? PromptWords.spanish : .english
        return [ChatMessage(.system, words.rulesWithoutContext), ChatMessage(.user, question)]
    }

    /// Writes how a model is asked to make a question that leans on a conversation stand alone.
    func standalone(_ question: String, after turns: [Turn], language: Language) -> [ChatMessage] {
        let words = language == .spanish ? PromptWords.spanish : .english
        let talk = turns.suffix(4).map { turn in
            "\(words.question(turn.question))\n\(Self.visible(String(turn.answer.prefix(400))))"
        }
        return [
            ChatMessage(.system, words.standalone),
            ChatMessage(
                .user,
                talk.joined(separator: "\n\n") + "\n\n" + words.question(question)
            ),
        ]
    }

    /// Writes the second question to a model whose quotations did not pass: what was wrong.
    func retry(
        _ prompt: Prompt,
        reply: String,
        rejected: [RejectedQuotation],
        language: Language
    ) -> [ChatMessage] {
        let words = language == .spanish ? PromptWords.spanish : .english
        let failures = rejected.prefix(5).map { failure in
            "- \"\(Self.visible(String(failure.quotation.prefix(200))))\": \(words.fault(failure.reason))"
        }
        let text = failures.isEmpty ? words.unreadable : words.failures(failures)
        return prompt.messages + [
            ChatMessage(.assistant, String(reply.prefix(2_000))), ChatMessage(.user, text),
        ]
    }

    /// Estimates the tokens of `text`: four bytes of English, three of other languages, make one.
    public static func estimatedTokens(_ text: String) -> Int {
        ChatMessage.estimatedTokens(of: text)
    }

    private static func cut(_ text: String, toTokens tokens: Int) -> String {
        let limit = max(tokens, 0) * 7 / 2
        var end = text.startIndex
        for range in sentences(in: text) {
            guard text[..<range.upperBound].utf8.count <= limit else { break }
            end = range.upperBound
        }
        if end > text.startIndex { return String(text[..<end]) }
        // One long sentence: cut between words.
        let part = text.utf8.prefix(limit)
        let words = String(decoding: part, as: UTF8.self)
        return words.lastIndex(of: " ").map { String(words[..<$0]) } ?? words
    }

    private static func heading(of passage: SourcePassage) -> String {
        let title = ([passage.title] + passage.headingPath).filter { !$0.isEmpty }
        let words = title.isEmpty ? passage.path : title.joined(separator: " › ")
        return visible(String(words.prefix(160))).replacing("\n", with: " ")
    }

    /// `text` without the characters that nobody sees: instructions hide in them.
    ///
    /// Words that were divided at the end of a line are joined; models copy those with a space.
    private static func visible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "-", rest.first == "\n", scalars.last?.properties.isAlphabetic == true,
                rest.dropFirst().first?.properties.isLowercase == true
            {
                rest.removeFirst()
            } else if !HiddenCharacters.contains(scalar) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Four letters that depend on the question and all of the passages (FNV-1a): whoever wrote one of
    /// them could not know the question.
    private static func code(of passages: [SourcePassage], _ question: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in [question] + passages.map(\.text) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(
            (0..<4).map { i in
                Character(Unicode.Scalar(UInt8(97 + (hash >> (8 * UInt64(i)) & 0xFF) % 26)))
            }
        )
    }

    /// The quotation stands before the claim so that a model looks first and concludes then.
    private static func schema(passageCount: Int, offersSearch: Bool) -> String {
        let numbers = (1...max(passageCount, 1)).map(String.init).joined(separator: ",")
        // Null is the way to say nothing: some providers want every property there.
        let search = offersSearch ? #","search":{"type":["string","null"]}"# : ""
        let required = offersSearch ? #""claims","search""# : #""claims""#
        return """
            {"type":"object","properties":{"claims":{"type":"array","items":{"type":"object",\
            "properties":{"passage":{"type":"integer","enum":[\(numbers)]},\
            "quotation":{"type":"string"},"claim":{"type":"string"}},\
            "required":["passage","quotation","claim"],"additionalProperties":false}}\(search)},\
            "required":[\(required)],"additionalProperties":false}
            """
    }
}

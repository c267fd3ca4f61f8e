/// The JSON Schemas of what operations reply, for OpenAPI and for the outputs of tools.
package enum ResultSchema {
    package static let text: JSONValue = ["type": "string"]
    package static let whole: JSONValue = ["type": "integer"]
    package static let number: JSONValue = ["type": "number"]
    package static let flag: JSONValue = ["type": "boolean"]
    /// An object of any form.
    package static let anything: JSONValue = ["type": "object"]

    package static func list(of element: JSONValue) -> JSONValue {
        ["type": "array", "items": element]
    }

    package static func choice(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .array(words.map(JSONValue.string))]
    }

    /// An object with these members, and perhaps the `optional` ones.
    package static func object(
        _ members: [String: JSONValue],
        optional: [String: JSONValue] = [:]
    ) -> JSONValue {
        [
            "type": "object",
            "properties": .object(members.merging(optional) { member, _ in member }),
            "required": .array(members.keys.sorted().map(JSONValue.string)),
        ]
    }

    // MARK: Passages

    private static let location: [String: JSONValue] = [
        "path": text, "title": text, "headings": list(of: text), "firstLine": whole,
        "lastLine": whole,
    ]
    private static let pages: [String: JSONValue] = ["firstPage": whole, "lastPage": whole]

    private static let hit = object(
        location.merging([
            "id": whole, "rank": whole, "score": number, "language": text, "text": text,
            "duplicates": list(of: whole), "near": flag, "document": whole, "format": text,
            "snippet": object([
                "segments": list(of: object(["text": text, "isMatch": flag]))
            ]),
        ]) { member, _ in member },
        optional: pages.merging(["date": text, "explanation": anything]) { member, _ in member }
    )

    private static let counts = list(of: object(["value": text, "count": whole]))

    static let search = object(
        [
            "query": text, "mode": text, "exact": flag, "hits": list(of: hit),
            "notes": list(of: anything), "messages": list(of: text), "timings": anything,
        ],
        optional: [
            "nextCursor": text,
            "facets": object([
                "folders": counts, "formats": counts, "languages": counts, "years": counts,
                "authors": counts,
            ]),
        ]
    )

    private static let passageMembers = location.merging([
        "id": whole, "firstByte": whole, "endByte": whole, "position": whole, "text": text,
    ]) { member, _ in member }

    static let passage = object(
        passageMembers.merging(["document": whole, "format": text, "language": text]) { $1 },
        optional: pages.merging(["previous": whole, "next": whole, "date": text]) { $1 }
    )

    static let document = object(
        [
            "id": whole, "path": text, "title": text, "format": text, "language": text,
            "passageCount": whole, "passages": list(of: object(passageMembers, optional: pages)),
        ],
        optional: [
            "date": text, "pageCount": whole, "nextCursor": text,
            "outline": list(of: object(["heading": text, "level": whole, "passage": whole])),
        ]
    )

    static let marks = object([
        "page": whole, "width": number, "height": number,
        "boxes": list(
            of: object(["left": number, "top": number, "right": number, "bottom": number])
        ),
    ])

    static let documents = object(
        [
            "documents": list(
                of: object(
                    ["id": whole, "path": text, "title": text, "format": text, "language": text],
                    optional: ["date": text]
                )
            )
        ],
        optional: ["nextCursor": text]
    )

    private static let notes = list(of: object(["path": text, "text": text]))
    private static let named = list(of: object(["name": text, "documents": whole]))

    static let status = object(
        [
            "path": text, "fileSize": whole, "documents": whole, "passages": whole,
            "version": text,
            "collections": list(
                of: object(
                    [
                        "root": text, "documents": whole, "passages": whole, "bytes": whole,
                        "languages": named, "formats": named, "repaired": notes, "skipped": notes,
                    ],
                    optional: ["indexedAt": text]
                )
            ),
        ],
        optional: [
            "model": text, "dimensions": whole, "answerModel": text, "inbox": text,
            "indexes": choice(["everyFolder", "heldFolders"]),
        ]
    )

    // MARK: Indexing

    static let job = object(
        [
            "id": whole, "folder": text,
            "state": choice(IndexingJob.State.allCases.map(\.rawValue)), "files": whole,
            "totalFiles": whole, "bytes": whole, "totalBytes": whole,
            "passages": whole, "seconds": number,
            "notRead": list(of: object(["path": text, "reason": text])),
        ],
        optional: ["report": anything, "problem": text]
    )

    static let jobs = object(["jobs": list(of: job)])

    // MARK: Answers

    private static let answerMembers: [String: JSONValue] = [
        "question": text,
        "outcome": object(
            ["status": choice(["answered", "abstained"])],
            optional: ["reason": text]
        ),
        "claims": list(
            of: object(
                [
                    "text": text, "standing": text,
                    "citations": list(
                        of: object([
                            "passageID": whole, "quotation": text, "range": list(of: whole),
                        ])
                    ),
                ],
                optional: ["reading": text, "isOrder": flag]
            )
        ),
        "sources": list(
            of: object(
                [
                    "passageID": whole, "path": text, "title": text, "headingPath": list(of: text),
                ],
                optional: pages.merging(["firstLine": whole, "lastLine": whole]) { $1 }
            )
        ),
        "grounding": text, "model": text, "language": text, "rejected": list(of: anything),
        "searches": list(of: text),
    ]
    private static let answerRest: [String: JSONValue] = [
        "usage": anything, "evidence": anything, "standalone": text, "interruption": text,
        "budget": anything,
    ]

    static let answer = object(
        answerMembers.merging(["milliseconds": number]) { $1 },
        optional: answerRest.merging(["explanation": text, "recent": whole, "saved": whole]) { $1 }
    )

    static let savedAnswer = object(
        [
            "id": whole, "askedAt": text, "milliseconds": number, "feedback": whole,
            "answer": object(answerMembers, optional: answerRest),
            "quotationHashes": list(of: text),
        ],
        optional: ["follows": whole, "cost": number]
    )

    static let answers = object(["answers": list(of: savedAnswer)])

    static let check = object(
        ["id": whole, "question": text, "finding": text],
        optional: [
            "quotations": list(
                of: object(
                    ["text": text, "path": text, "finding": text],
                    optional: ["movedTo": text]
                )
            )
        ]
    )
}

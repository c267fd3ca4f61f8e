import CFuzzer
import Foundation
import NumberFormats
import TextAnalysis

@testable import Documents
@testable import Filters

/// Feeds what libFuzzer makes to the parser that `VECINO_FUZZ` names.
///
/// A trap is a find, and so is what `scripts/fuzz` takes for too long or too much memory. Of a
/// document that was read it is checked besides that its passages are within their limits and lead
/// back to places that the file has.
///
/// `--seeds FOLDER` writes the stored forms of a few vectors there, for `scripts/fuzz`.
@main enum FuzzParsers {
    static func main() {
        if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
            return writeStoredForms(to: CommandLine.arguments[2])
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, count in
                parse([UInt8](UnsafeBufferPointer(start: data, count: count)))
                return 0
            }
        )
    }
}

private let parse: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["VECINO_FUZZ"] ?? ""
    switch name {
    case "docx", "pptx", "xlsx", "odt", "epub":
        return { read(StoredZip.archive(of: $0), name: "seed.\(name)") }
    case "gz":
        return { read([0x1F, 0x8B] + $0, name: "seed.txt.gz") }
    case "msg":
        // Without its first bytes no compound file is one.
        return { read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + $0, name: "seed.msg") }
    case "layout":
        return { bytes in
            var rendering = ExtractedText()
            var layout = PDFLayout(bytes)
            layout.take(PDFStyles(bytes))
            PDFPages(layout).render(into: &rendering)
            precondition(rendering.source.isSound, "a page outside")
        }
    case "notes":
        return { _ = PDFNotes($0).texts }
    case "xls":
        return { bytes in
            var workbook = ExcelWorkbook(bytes)
            guard (try? workbook.readGlobals()) != nil else { return }
            var rendering = ExtractedText()
            for sheet in workbook.sheets {
                rendering.append(sheet: workbook.content(of: sheet).grid.table().rows)
            }
            precondition(rendering.source.isSound, "a sheet outside")
        }
    case "ppt":
        return { bytes in
            var presentation = LegacyPresentation(bytes)
            var rendering = ExtractedText()
            presentation.render(into: &rendering)
            precondition(rendering.source.isSound, "a slide outside")
        }
    case "archive":
        return { bytes in
            read(bytes, name: bytes.starts(with: "WARC/".utf8) ? "seed.warc" : "seed.tar")
        }
    case "mobi":
        return { read($0, name: "seed.mobi") }
    case "formats":
        return { bytes in
            let parts = bytes.split(separator: 0x0A, maxSplits: 1).map {
                String(decoding: $0, as: UTF8.self)
            }
            let number = Double(parts.last ?? "") ?? 1.5
            _ = NumberFormat(parts.first ?? "")
                .shown(number, written: parts.last ?? "", startsIn1904: false)
        }
    case "encoding":
        return { bytes in
            guard let name = bytes.split(separator: 0x0A, maxSplits: 1).first else { return }
            let label = String(decoding: name, as: UTF8.self)
            _ = try? TextDecoder.decode(Array(bytes.dropFirst(name.count)), declared: label)
        }
    case "man":
        return { read($0, name: "seed.7") }
    case "mail":
        return { read($0, name: $0.starts(with: "From ".utf8) ? "seed.mbox" : "seed.eml") }
    case "subtitles":
        return { read($0, name: $0.starts(with: "WEBVTT".utf8) ? "seed.vtt" : "seed.srt") }
    case "json":
        return { bytes in
            let isNotebook = bytes.firstRange(of: Array("\"cells\"".utf8)) != nil
            let isLines = bytes.last == 0x0A
            read(bytes, name: isNotebook ? "seed.ipynb" : isLines ? "seed.jsonl" : "seed.json")
        }
    case "ignore":
        return readIgnoreRules
    case "query":
        return { _ = QuerySyntax(String(decoding: $0, as: UTF8.self)) }
    case "segment", "graph", "postings", "sizes":
        return storedForms(name)
    case "gguf", "safetensors", "tokenizer", "words":
        return modelFiles(name)
    case "filter", "reply", "stream", "keys", "settings", "vectors", "transfer":
        return texts(name)
    case "text":
        return { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = words(in: text)
            _ = DocumentDate.parse(text)
            read(bytes, name: "seed.txt")
        }
    case "":
        fatalError("VECINO_FUZZ names no parser: see scripts/fuzz")
    default:
        return { read($0, name: "seed.\(name)") }
    }
}()

/// Reads a document and cuts it.
@Sendable private func read(_ bytes: [UInt8], name: String) {
    let options = ReadingOptions(maximumBytes: 16 << 20)
    guard let document = try? DocumentReader(options: options).read(bytes, path: name) else {
        return
    }
    let length = document.source.utf8.count
    for block in document.blocks {
        let source = block.anchors.source(of: 0..<block.text.utf8.count)
        precondition(source.lowerBound >= 0 && source.upperBound <= length, "a block outside")
    }
    let chunker = Chunker(maximumTokens: 20) { ($0.utf8.count + 3) / 4 }
    for chunk in chunker.chunks(of: document) {
        precondition(!chunk.text.isEmpty && chunk.tokenCount <= 20, "a passage of no good size")
        precondition(chunk.bytes.lowerBound >= 0, "a passage before the file")
        precondition(chunk.lines.upperBound <= document.source.lineCount, "a line after the last")
    }
}

/// The first line is a path, the rest an ignore file.
@Sendable private func readIgnoreRules(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let path = lines[0].split(separator: UInt8(ascii: "/"))
    let rules = IgnoreRules(lines.count > 1 ? Array(lines[1]) : [])
    _ = rules.verdict(on: path[...], isFolder: bytes.count % 2 == 0)
    _ = Glob(String(decoding: lines.last ?? [], as: UTF8.self))
        .matches(String(decoding: lines[0], as: UTF8.self))
}

/// A compound file, the container of Office's formats before 2007 and of Outlook's messages: a small file
/// system of streams in storages ([MS-CFB]).
///
/// Everything that it says of itself may be wrong: chains of sectors end at the first number that leads
/// out of the file or around in a circle.
struct CompoundFile {
    /// The streams, by their paths: `WordDocument`, `__attach_version1.0_#00000000/__substg1.0_3707001F`.
    private(set) var names: [String] = []

    private struct Entry {
        let start: Int
        let size: Int
    }

    private let bytes: [UInt8]
    private let sectorSize: Int
    private let miniSectorSize: Int
    private let cutoff: Int
    private var fat: [UInt32] = []
    private var miniFAT: [UInt32] = []
    private var miniStream: [UInt8] = []
    private var entries: [String: Entry] = [:]

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// More streams, and deeper storages, than any document has.
    private static let maximumEntries = 20_000
    private static let maximumDepth = 16

    /// Whether a file begins as compound files do.
    static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// Opens a file; nil if its head or its directory cannot be read.
    ///
    /// - Complexity: O(`bytes.count`).
    init?(_ bytes: [UInt8]) {
        guard Self.isOne(bytes), bytes.count >= 512 else { return nil }
        self.bytes = bytes
        let shift = Int(Self.number(bytes, 30, 2))
        let miniShift = Int(Self.number(bytes, 32, 2))
        guard (7...16).contains(shift), (4...12).contains(miniShift) else { return nil }
        sectorSize = 1 << shift
        miniSectorSize = 1 << miniShift
        cutoff = Int(Self.number(bytes, 56, 4))
        readTable()
        miniFAT = Self.numbers(chain(Int(Self.number(bytes, 60, 4))))
        let directory = chain(Int(Self.number(bytes, 48, 4)))
        guard directory.count >= 128 else { return nil }
        readDirectory(directory)
    }

    /// The content of a stream; nil if there is none of that name.
    func contents(of name: String) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        let whole = entry.size < cutoff ? miniChain(entry.start) : chain(entry.start)
        return Array(whole.prefix(entry.size))
    }

    // MARK: Sectors

    private static func number(
        _ bytes: some RandomAccessCollection<UInt8>,
        _ offset: Int,
        _ size: Int
    ) -> UInt64 {
        let start = bytes.index(bytes.startIndex, offsetBy: offset)
        guard bytes.count >= offset + size else { return 0 }
        return bytes[start...].prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func numbers(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map {
            UInt32(truncatingIfNeeded: number(bytes[$0..<($0 + 4)], 0, 4))
        }
    }

    private func sector(_ number: Int) -> ArraySlice<UInt8>? {
        let start = (number + 1) * sectorSize
        guard number >= 0, number < 1 << 30, start < bytes.count else { return nil }
        return bytes[start..<min(start + sectorSize, bytes.count)]
    }

    /// The table of what sector follows which; its own sectors are listed in the head and beyond.
    private mutating func readTable() {
        var sectors = Self.numbers(Array(bytes[76..<512]))
        var next = Int(Self.number(bytes, 68, 4))
        var seen: Set<Int> = []
        while let list = sector(next), seen.insert(next).inserted, seen.count < 10_000 {
            let numbers = Self.numbers(Array(list))
            sectors += numbers.dropLast()
            next = Int(numbers.last ?? .max)
        }
        for number in sectors where number < 0xFFFF_FFF0 && fat.count * 4 < bytes.count + 4096 {
            guard let table = sector(Int(number)) else { break }
            fat += Self.numbers(Array(table))
        }
    }

    private func chain(_ start: Int) -> [UInt8] {
        var result: [UInt8] = []
        var next = start
        while let piece = sector(next), result.count <= bytes.count {
            result += piece
            guard next < fat.count else { break }
            next = Int(fat[next])
        }
        return result
    }

    private func miniChain(_ start: Int) -> [UInt8] {
        var result: [UInt8] = []
        var next = start
        while next >= 0, (next + 1) * miniSectorSize <= miniStream.count + miniSectorSize,
            next * miniSectorSize < miniStream.count, result.count <= miniStream.count
        {
            let place = next * miniSectorSize
            result += miniStream[place..<min(place + miniSectorSize, miniStream.count)]
            guard next < miniFAT.count else { break }
            next = Int(miniFAT[next])
        }
        return result
    }

    // MARK: Directory

    private mutating func readDirectory(_ directory: [UInt8]) {
        let count = min(directory.count / 128, Self.maximumEntries)
        func entry(_ index: Int) -> ArraySlice<UInt8> {
            directory[(index * 128)..<(index * 128 + 128)]
        }
        miniStream = chain(Int(Self.number(entry(0), 116, 4)))
        var stack = [(index: Int(Self.number(entry(0), 76, 4)), path: "", depth: 0)]
        var seen: Set<Int> = []
        while let (index, path, depth) = stack.popLast() {
            guard index < count, depth < Self.maximumDepth, seen.insert(index).inserted else {
                continue
            }
            let bytes = entry(index)
            let length = max(Int(Self.number(bytes, 64, 2)) - 2, 0)
            let units = stride(from: 0, to: min(length, 62), by: 2).map {
                UInt16(truncatingIfNeeded: Self.number(bytes, $0, 2))
            }
            let name = path + String(decoding: units, as: UTF16.self)
            stack.append((Int(Self.number(bytes, 68, 4)), path, depth))
            stack.append((Int(Self.number(bytes, 72, 4)), path, depth))
            if bytes[bytes.startIndex + 66] == 2 {
                names.append(name)
                entries[name] = Entry(
                    start: Int(Self.number(bytes, 116, 4)),
                    size: min(Int(Self.number(bytes, 120, 4)), self.bytes.count)
                )
            } else {
                stack.append((Int(Self.number(bytes, 76, 4)), name + "/", depth + 1))
            }
        }
    }
}

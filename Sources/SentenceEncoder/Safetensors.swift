internal import VectorKernels

/// A `.safetensors` file: a JSON header with each tensor's type, shape and place, then the data.
enum Safetensors {
    /// Reads the header; the data stay where they are.
    ///
    /// Tensors of types that no encoder weight has
    /// (integers such as `position_ids`) are left out.
    static func read(_ path: String) throws(SentenceEncoderError) -> Tensors {
        let file = try ModelFile(path)
        let length = try file.load(UInt64.self, at: 0)
        guard length <= 100_000_000, Int(length) <= file.bytes.count - 8 else {
            throw file.malformed("its header is longer than the file")
        }
        let start = 8 + Int(length)
        guard let members = ParsedJSON(parsing: file.array(8..<start))?.members else {
            throw file.malformed("its header is not JSON")
        }
        var tensors = Tensors()
        for (key, value) in members {
            let name = String(decoding: key, as: UTF8.self)
            guard name != "__metadata__" else { continue }
            guard let type = value["dtype"]?.text, let dimensions = value["shape"]?.elements,
                let offsets = value["data_offsets"]?.elements, offsets.count == 2,
                let first = offsets[0].integer, let last = offsets[1].integer, first >= 0,
                last >= first, last <= file.bytes.count - start
            else { throw file.malformed("tensor \(name) has no valid entry") }
            guard let kind = ElementKind(rawValue: type.lowercased()), kind.blockLength == 1,
                !dimensions.isEmpty
            else { continue }
            let shape = dimensions.map { $0.integer ?? -1 }
            let tensor = try file.tensor(named: name, kind: kind, shape: shape, at: start + first)
            guard tensor.range.count == last - first else {
                throw file.malformed("tensor \(name) has another size than its shape")
            }
            tensors[name] = tensor
        }
        return tensors
    }
}

internal import CVectorKernels

extension GraphNodes {
    /// Puts consecutive nodes in place, each part of them as it lies in memory, little-endian.
    ///
    /// - Parameters:
    ///   - first: the number of the first node.
    ///   - codes: `dimensions` bytes for each.
    ///   - offsets: a `Float` for each.
    ///   - projected: `projectedBytes` bytes for each.
    ///   - links: `baseWidth` numbers for each.
    ///   - block: the first of the blocks above level 0.
    ///   - upperLinks: `upperWidth` numbers for each of those blocks.
    /// - Returns: whether there is room for them and every link is one to a node there is room for.
    package func place(
        from first: Int,
        codes: RawSpan,
        offsets: RawSpan,
        projected: RawSpan,
        links: RawSpan,
        block: Int,
        upperLinks: RawSpan
    ) -> Bool {
        let count = offsets.byteCount / 4, blocks = upperLinks.byteCount / (4 * upperWidth)
        guard first >= 0, first + count <= capacity, block >= 0, block + blocks <= upperCapacity,
            codes.byteCount == count * dimensions, offsets.byteCount == count * 4,
            projected.byteCount == count * projectedBytes,
            links.byteCount == count * baseWidth * 4,
            upperLinks.byteCount == blocks * upperWidth * 4
        else { return false }
        if stride == dimensions {
            self.codes.copy(codes, to: first * stride)
        } else {
            self.codes.withMutableElements(
                of: UInt8.self,
                at: first * stride,
                count: count * stride
            ) {
                for i in $0.indices { $0[i] = 128 }
            }
            for row in 0..<count {
                let start = row * dimensions
                self.codes.copy(
                    codes.extracting(start..<start + dimensions),
                    to: (first + row) * stride
                )
            }
        }
        self.offsets.copy(offsets, to: first * 4)
        self.projected.copy(projected, to: first * projectedBytes)
        baseLinks.copy(links, to: first * baseWidth * 4)
        self.upperLinks.copy(upperLinks, to: block * upperWidth * 4)
        return areSound(baseLinks, first, count, baseWidth)
            && areSound(self.upperLinks, block, blocks, upperWidth)
    }

    private func areSound(_ links: AlignedBytes, _ first: Int, _ blocks: Int, _ width: Int) -> Bool
    {
        let start = unsafe (links.start + first * width * 4).assumingMemoryBound(to: UInt32.self)
        return unsafe vk_graph_links_are_sound(start, blocks, width, UInt32(capacity)) == 1
    }

    /// Calls `body` with the bytes of consecutive nodes: codes without padding, offsets, projected codes,
    /// links.
    package func withStored<R>(
        _ range: Range<Int>,
        _ body: (_ codes: RawSpan, _ offsets: RawSpan, _ projected: RawSpan, _ links: RawSpan) -> R
    ) -> R {
        var rows: [UInt8] = []
        rows.reserveCapacity(range.count * dimensions)
        for node in range {
            withCodes(of: UInt32(node)) { for i in 0..<dimensions { rows.append($0[i]) } }
        }
        func part(_ size: Int) -> Range<Int> { range.lowerBound * size..<range.upperBound * size }
        return offsets.withBytes { offsets in
            projected.withBytes { projected in
                baseLinks.withBytes { links in
                    unsafe body(
                        rows.span.bytes,
                        offsets.extracting(part(4)),
                        projected.extracting(part(projectedBytes)),
                        links.extracting(part(baseWidth * 4))
                    )
                }
            }
        }
    }
}

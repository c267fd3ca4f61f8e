internal import CLinux

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Tells that something changed below a folder, through inotify.
///
/// What changed is not told: whoever is woken looks at the folder again, so that nothing depends on
/// the order, the completeness or the meaning of events.
package final class FolderWatch: Sendable {
    /// What has happened since it was last asked.
    package struct Changes: Hashable, Sendable {
        /// Something was written, renamed or deleted.
        package var isAny = false
        /// Folders came or went, or events were lost: the folders have to be walked again.
        package var areFolders = false

        /// Nothing.
        package init() {}
    }

    /// Readable when there are changes to ask for.
    package let descriptor: Int32

    /// A watch on nothing yet; nil if the system has no more of them.
    package init?() {
        descriptor = vl_watch()
        if descriptor < 0 { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Watches a folder itself, not what is below it; again and again if need be.
    ///
    /// - Returns: False if the system watches no more folders, or may not look into this one.
    package func add(_ folder: String) -> Bool {
        unsafe vl_watch_folder(descriptor, folder) >= 0
    }

    /// Takes what has happened; waits for nothing.
    package func take() -> Changes {
        var changes = Changes()
        while true {
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = max(0, unsafe read(descriptor, buffer.baseAddress, buffer.count))
            }
            if bytes.isEmpty { return changes }
            changes.isAny = true
            var event = 0
            // A watch, a mask, a cookie and the length of a name, four bytes each, then the name.
            while event + 16 <= bytes.count {
                let mask = Self.word(bytes, event + 4)
                if mask & Self.folderMask != 0 { changes.areFolders = true }
                event += 16 + Int(Self.word(bytes, event + 12))
            }
        }
    }

    /// A folder's event, an overflow, or the end of a watch.
    private static let folderMask: UInt32 = 0x4000_0000 | 0x4000 | 0x8000 | 0x400 | 0x800

    private static func word(_ bytes: [UInt8], _ start: Int) -> UInt32 {
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
    }
}

/// Parts of a path, by its slashes alone: no name is special, and no link is followed.
///
/// Foundation's functions on paths end the program for `.`, and rewrite others.
package enum PathName {
    /// The name after the last slash; slashes at the end do not count.
    package static func last(_ path: String) -> String {
        let path = withoutTrailingSlashes(path)
        guard path.utf8.count > 1, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return String(path)
        }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// The folder that `path` lies in; `.` for a name alone, `/` for the root.
    package static func folder(_ path: String) -> String {
        let path = withoutTrailingSlashes(path)
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        let folder = withoutTrailingSlashes(String(path[..<slash]))
        return folder.isEmpty ? "/" : String(folder)
    }

    /// `path`, or where it leads from `folder` if it does not begin with a slash.
    package static func absolute(_ path: String, in folder: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
    }

    /// Where `path` lies below `folder`, both absolute; empty for the folder itself, nil for elsewhere.
    ///
    /// By their bytes: two names that differ only in how an accent is written are two names.
    package static func relative(_ path: String, to folder: String) -> String? {
        let inner = path.utf8, outer = withoutTrailingSlashes(folder).utf8
        guard inner.starts(with: outer) else { return nil }
        let rest = inner.dropFirst(outer.count)
        if rest.isEmpty { return "" }
        if outer.elementsEqual("/".utf8) { return String(rest) }
        guard rest.first == UInt8(ascii: "/") else { return nil }
        return String(rest.dropFirst())
    }

    /// The place of `path` below `folder`; an empty path is the folder itself.
    package static func joined(_ folder: String, _ path: String) -> String {
        path.isEmpty ? folder : folder == "/" ? "/" + path : folder + "/" + path
    }

    private static func withoutTrailingSlashes(_ path: String) -> Substring {
        var rest = path[...]
        while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") {
            rest = Substring(rest.utf8.dropLast())
        }
        return rest
    }
}

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

    private static func withoutTrailingSlashes(_ path: String) -> Substring {
        var rest = path[...]
        while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") {
            rest = Substring(rest.utf8.dropLast())
        }
        return rest
    }
}

#if Server
internal import Foundation
internal import NIOCore

/// Closes connections that another user of this machine makes: 127.0.0.1 is everybody's, and a library
/// is its owner's alone.
///
/// Whose a connection is, Linux says when it is asked (`SocketOwner`), or, where that is forbidden, in
/// `/proc/net/tcp`, where both of its ends are listed with all others. Root reads every library anyway.
/// Where the system does not say it, every user of the machine gets through.
final class SameUserOnly: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func channelActive(context: ChannelHandlerContext) {
        guard Self.isOwn(from: context.remoteAddress, to: context.localAddress) else {
            context.close(promise: nil)
            return
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
    }

    private static func isOwn(from client: SocketAddress?, to server: SocketAddress?) -> Bool {
        guard let client, let server, let from = end(client), let to = end(server) else {
            return false
        }
        if let local = socketEnd(client), let remote = socketEnd(server) {
            do throws(SocketOwner.Failure) {
                return isOwn(try SocketOwner.of(local, connectedTo: remote), user: getuid())
            } catch {
                // The table says it too, at the cost of reading all of it.
            }
        }
        let tables = ["tcp", "tcp6"].compactMap { whole("/proc/net/" + $0) }
        // No table: not Linux, or a system that keeps it to itself.
        guard !tables.isEmpty else { return true }
        return tables.contains { table in
            isOwn(from, to, table: String(decoding: table, as: UTF8.self), user: getuid())
        }
    }

    /// Whether a connection with this owner at its other end belongs to `user` or to root.
    ///
    /// A socket that its process has closed has no inode, and shows root as its owner whoever had it.
    static func isOwn(_ owner: SocketOwner?, user: uid_t) -> Bool {
        guard let owner, owner.inode != 0 else { return false }
        return owner.user == user || owner.user == 0
    }

    /// A file of the system's to its end; nil if it cannot be read.
    ///
    /// Such files have no size and come in pieces, of which a single reading gives the first.
    static func whole(_ path: String) -> Data? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var whole = Data()
        while let piece = try? file.read(upToCount: 4_096), !piece.isEmpty { whole += piece }
        return whole
    }

    /// Whether `table` lists a connection from `client` to `server` that belongs to `user` or to root.
    ///
    /// A socket that its process has closed has no inode, and shows root as its owner whoever had it.
    static func isOwn(_ client: String, _ server: String, table: String, user: uid_t) -> Bool {
        for line in table.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: " ", omittingEmptySubsequences: true)
            guard columns.count > 9, columns[1].hasSuffix(client), columns[2].hasSuffix(server)
            else { continue }
            guard let owner = uid_t(columns[7]), columns[9] != "0" else { return false }
            return owner == user || owner == 0
        }
        return false
    }

    private static func socketEnd(_ address: SocketAddress) -> SocketOwner.End? {
        guard case .v4 = address, let text = address.ipAddress,
            let port = address.port.flatMap({ UInt16(exactly: $0) })
        else { return nil }
        return SocketOwner.End(
            address: text.split(separator: ".").compactMap { UInt8($0) },
            port: port
        )
    }

    /// An address as the table has it: `0100007F:1F90` for 127.0.0.1, port 8080.
    ///
    /// The table of IPv6 lists addresses of IPv4 with this at their end.
    private static func end(_ address: SocketAddress) -> String? {
        guard case .v4 = address, let text = address.ipAddress, let port = address.port else {
            return nil
        }
        let bytes = text.split(separator: ".").compactMap { UInt8($0) }
        guard bytes.count == 4 else { return nil }
        func hex(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        #if _endian(little)
        let ordered = bytes.reversed().map { hex(Int($0), 2) }
        #else
        let ordered = bytes.map { hex(Int($0), 2) }
        #endif
        return ordered.joined() + ":" + hex(port, 4)
    }
}
#endif

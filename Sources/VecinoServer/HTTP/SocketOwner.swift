#if Server
internal import Foundation

/// Asks the kernel for one connection by its four numbers (`sock_diag`): a question and an answer, however
/// many connections the machine has.
///
/// The message is that of `linux/inet_diag.h`, whose layout is part of the kernel's interface.
struct SocketOwner: Hashable {
    let user: UInt32
    /// 0 for a socket that no process holds any more.
    let inode: UInt32

    /// One end of a connection.
    struct End: Hashable {
        /// Four bytes.
        let address: [UInt8]
        let port: UInt16

        fileprivate static let any = End(address: [0, 0, 0, 0], port: 0)
    }

    enum Failure: Error {
        /// The system does not answer such questions.
        case unsupported
    }

    private static let family = UInt8(AF_INET)
    private static let byFamily: UInt16 = 20
    private static let requestSize = 72
    private static let replySize = 88

    /// The owner of the socket at `local` that is connected to `remote`; nil if there is none.
    ///
    /// - Throws: `Failure` where the system does not say it.
    static func of(_ local: End, connectedTo remote: End) throws(Failure) -> SocketOwner? {
        guard let reply = try reply(to: local, remote) else {
            // That there is none, and that the kernel knows nothing of TCP, is one error: this process
            // listens at `remote`, which a kernel that knows of TCP finds.
            guard try self.reply(to: remote, .any) != nil else { throw .unsupported }
            return nil
        }
        // For want of such a connection the kernel answers with who listens at the first address.
        guard reply[20..<24].elementsEqual(ports(local, remote)) else { return nil }
        return SocketOwner(
            user: UInt32(truncatingIfNeeded: number(reply, at: 80, bytes: 4)),
            inode: UInt32(truncatingIfNeeded: number(reply, at: 84, bytes: 4))
        )
    }

    /// - Returns: the kernel's description of a socket; nil if it finds none.
    private static func reply(to local: End, _ remote: End) throws(Failure) -> [UInt8]? {
        guard local.address.count == 4, remote.address.count == 4 else { throw .unsupported }
        // NETLINK_SOCK_DIAG
        let socket = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 4)
        guard socket >= 0 else { throw .unsupported }
        defer { close(socket) }
        let request = request(local, remote)
        let sent = unsafe request.withUnsafeBytes {
            unsafe send(socket, $0.baseAddress, $0.count, 0)
        }
        guard sent == request.count else { throw .unsupported }
        var reply = [UInt8](repeating: 0, count: 512)
        // The kernel has answered before `send` returns.
        let count = unsafe reply.withUnsafeMutableBytes {
            unsafe recv(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        guard count >= 20 else { throw .unsupported }
        let kind = UInt16(truncatingIfNeeded: number(reply, at: 4, bytes: 2))
        if kind == byFamily, count >= replySize { return reply }
        // NLMSG_ERROR with a negative error number.
        let code = Int32(truncatingIfNeeded: Int64(bitPattern: number(reply, at: 16, bytes: 4)))
        guard kind == 2, code == -ENOENT else { throw .unsupported }
        return nil
    }

    /// Both ports as they go over a network.
    private static func ports(_ local: End, _ remote: End) -> [UInt8] {
        [local.port, remote.port].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    private static func request(_ local: End, _ remote: End) -> [UInt8] {
        var bytes = native(UInt32(requestSize)) + native(byFamily)
        // NLM_F_REQUEST; sequence number and sender.
        bytes += native(UInt16(1)) + native(UInt32(1)) + native(UInt32(0))
        // Family, protocol, no extensions; every state.
        bytes += [family, UInt8(IPPROTO_TCP), 0, 0] + native(UInt32.max)
        bytes += ports(local, remote)
        bytes += local.address + [UInt8](repeating: 0, count: 12)
        bytes += remote.address + [UInt8](repeating: 0, count: 12)
        // Any interface; no cookie is known.
        bytes += native(UInt32(0)) + native(UInt32.max) + native(UInt32.max)
        return bytes
    }

    private static func native(_ number: some FixedWidthInteger) -> [UInt8] {
        let count = number.bitWidth / 8
        let bits = UInt64(truncatingIfNeeded: number)
        let little = (0..<count).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        #if _endian(little)
        return little
        #else
        return little.reversed()
        #endif
    }

    private static func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> UInt64 {
        #if _endian(little)
        let part = Array(bytes[start..<start + count].reversed())
        #else
        let part = Array(bytes[start..<start + count])
        #endif
        return part.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
#endif

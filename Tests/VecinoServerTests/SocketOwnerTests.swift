#if Server
import Foundation
import Testing

@testable import VecinoServer

/// Whose a connection is, as the kernel says it of one.
@Suite struct SocketOwnerTests {
    private typealias End = SocketOwner.End

    private func socket() -> Int32 { Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }

    private func end(of socket: Int32) -> End {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket, $0, &size)
            }
        }
        let bytes = unsafe withUnsafeBytes(of: address.sin_addr.s_addr) { unsafe Array($0) }
        return End(address: bytes, port: UInt16(bigEndian: address.sin_port))
    }

    /// Binds the socket to a port of this machine's own address, or connects it to that port.
    private func use(_ socket: Int32, port: UInt16, connects: Bool) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe (connects ? connect(socket, $0, size) : bind(socket, $0, size)) == 0
            }
        }
    }

    @Test func aConnectionOfThisProcess() throws {
        let (server, client) = (socket(), socket())
        defer { close(server) }
        try #require(use(server, port: 0, connects: false))
        try #require(listen(server, 4) == 0)
        let remote = end(of: server)
        try #require(use(client, port: remote.port, connects: true))
        let local = end(of: client)
        let owner = try #require(try SocketOwner.of(local, connectedTo: remote))
        #expect(owner.user == getuid() && owner.inode != 0)
        #expect(SameUserOnly.isOwn(owner, user: getuid()))
        // Nobody is connected from there.
        #expect(
            try SocketOwner.of(End(address: local.address, port: 1), connectedTo: remote) == nil
        )
        // What its process has closed is nobody's.
        close(client)
        #expect(!SameUserOnly.isOwn(try SocketOwner.of(local, connectedTo: remote), user: getuid()))
    }

    @Test func ownersThatAreRefused() {
        #expect(SameUserOnly.isOwn(SocketOwner(user: 1_000, inode: 9), user: 1_000))
        #expect(SameUserOnly.isOwn(SocketOwner(user: 0, inode: 9), user: 1_000))
        #expect(!SameUserOnly.isOwn(SocketOwner(user: 1_001, inode: 9), user: 1_000))
        #expect(!SameUserOnly.isOwn(SocketOwner(user: 0, inode: 0), user: 1_000))
        #expect(!SameUserOnly.isOwn(nil, user: 1_000))
    }
}
#endif

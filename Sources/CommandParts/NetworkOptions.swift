internal import ArgumentParser
internal import Localization
internal import Vecino

/// Whether a command may use the network.
///
/// The program itself has this option, so that every command takes it, before or after its name; those
/// that could reach a network have it too, so that their help says so. It works where it is read: none
/// of them has to heed it.
package struct NetworkOptions: ParsableArguments {
    @Flag(
        name: .long,
        help: .localized(
            "Connect to nothing, servers on this machine included, whatever is configured; what cannot "
                + "be done without says so, with status 4. VECINO_OFFLINE=1 does the same."
        )
    )
    var offline = false

    package init() {}

    package func validate() throws {
        if offline || Self.forbidsNetwork(ProcessEnvironment.environment["VECINO_OFFLINE"]) {
            ProcessEnvironment.stayOffline()
        }
    }

    /// Whether the variable's value forbids the network: one that is misspelled does.
    static func forbidsNetwork(_ value: String?) -> Bool {
        guard let value, !value.isEmpty else { return false }
        return !["0", "false", "no", "off"].contains(value.lowercased())
    }
}

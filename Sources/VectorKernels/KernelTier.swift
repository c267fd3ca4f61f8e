internal import CVectorKernels

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// An instruction set that kernels are written for.
///
/// The order is slowest first. A tier of another architecture is never available. Results of
/// different tiers agree to rounding, not to the bit, because each sums in its own order.
package enum KernelTier: String, CaseIterable, Comparable, Sendable {
    /// Plain C, the reference that the others are tested against.
    case scalar
    /// 128-bit Advanced SIMD of arm64.
    case neon
    /// 256-bit AVX2 with FMA of x86-64.
    case avx2
    /// 512-bit AVX-512 F, BW, DQ, VL and VNNI of x86-64.
    case avx512

    /// The tiers that this build has and this CPU runs, slowest first; `scalar` is always there.
    package static let available = allCases.filter { vk_tier_is_available($0.c) == 1 }

    /// The tier that every kernel of this process uses, chosen once.
    ///
    /// It is the fastest available one, or the lower one that the environment variable
    /// `VECINO_KERNELS` names.
    package static var current: KernelTier { choice.tier }

    /// A sentence that says why `VECINO_KERNELS` was not obeyed, or `nil` if it was or is unset.
    package static var note: String? { choice.note }

    private static let choice = choose(
        unsafe getenv("VECINO_KERNELS").map { unsafe String(cString: $0) }
    )

    /// Chooses a tier.
    ///
    /// - Parameter request: the name of a tier, or `nil` for the fastest available one.
    /// - Returns: the tier asked for if it is available, else the fastest, with a note saying so.
    static func choose(_ request: String?) -> (tier: KernelTier, note: String?) {
        let fastest = available.last ?? .scalar
        guard let request, !request.isEmpty else { return (fastest, nil) }
        if let asked = KernelTier(rawValue: request.lowercased()), available.contains(asked) {
            return (asked, nil)
        }
        let names = available.map(\.rawValue).joined(separator: ", ")
        return (
            fastest,
            "VECINO_KERNELS=\(request) is not available here; using \(fastest.rawValue)."
                + " Set it to one of: \(names)."
        )
    }

    package static func < (left: KernelTier, right: KernelTier) -> Bool {
        left.c.rawValue < right.c.rawValue
    }

    /// The name that C has for the tier.
    var c: vk_tier {
        switch self {
        case .scalar: .scalar
        case .neon: .neon
        case .avx2: .avx2
        case .avx512: .avx512
        }
    }
}

extension KernelTier: CustomStringConvertible {
    /// The tier in words, for `--version` and reports.
    package var description: String {
        switch self {
        case .scalar: "scalar"
        case .neon: "NEON"
        case .avx2: "AVX2+FMA"
        case .avx512: "AVX-512+VNNI"
        }
    }
}

internal import COpenBLAS

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// OpenBLAS, loaded when its first product is wanted.
///
/// A program that is linked with it starts it whether it multiplies or not: of a search from the command
/// line, which computes in 8 bits, that took 2 ms, and a second core, on which OpenBLAS's thread waits
/// busily for work.
package enum OpenBLAS {
    typealias Product =
        @convention(c) (
            CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, Float,
            UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32, Float,
            UnsafeMutablePointer<Float>?, Int32
        ) -> Void

    private static let names = ["libopenblas.so.0", "libopenblas.so"]

    /// `cblas_sgemm`, or `nil` where OpenBLAS is not installed.
    static let product: Product? = {
        for name in names {
            guard let library = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL),
                let product = unsafe dlsym(library, "cblas_sgemm"),
                let setThreads = unsafe dlsym(library, "openblas_set_num_threads")
            else { continue }
            // On the thread that calls it: whoever has more divides the work itself, and two layers of
            // threads would fight for the cores.
            unsafe unsafeBitCast(setThreads, to: (@convention(c) (Int32) -> Void).self)(1)
            return unsafe unsafeBitCast(product, to: Product.self)
        }
        return nil
    }()

    /// Whether products can be computed.
    package static var isInstalled: Bool { unsafe product != nil }
}

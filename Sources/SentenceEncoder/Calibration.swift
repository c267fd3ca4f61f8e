internal import VectorKernels

/// How large each input of each matrix product gets, measured once on a few texts while a model is
/// prepared: what decides how its weights and inputs share the 8 bits.
struct InputRanges: Sendable {
    /// A layer's products, in their order.
    enum Product: Int { case queryKeyValue, attention, up, down }

    private var largest: [[Float]]

    init(_ shape: EncoderShape) {
        largest = (0..<shape.layers * 4).map { index in
            [Float](repeating: 0, count: index % 4 == 3 ? shape.inner : shape.hidden)
        }
    }

    /// Takes `rows` rows of a product's input, from row `first` on, into account.
    mutating func observe(
        _ input: [Float],
        first: Int,
        rows: Int,
        layer: Int,
        _ product: Product
    ) {
        let index = 4 * layer + product.rawValue
        let columns = largest[index].count
        for row in first..<first + rows {
            for column in 0..<columns {
                let size = input[row * columns + column].magnitude
                if size > largest[index][column] { largest[index][column] = size }
            }
        }
    }

    /// The factors of a product's inputs: SmoothQuant's rule with alpha = 1/2, about a mean of 1.
    func factors(of weights: [Float], layer: Int, _ product: Product) -> [Float] {
        let ranges = largest[4 * layer + product.rawValue]
        let inner = ranges.count
        var heaviest = [Float](repeating: 0, count: inner)
        for row in stride(from: 0, to: weights.count, by: inner) {
            for input in 0..<inner {
                heaviest[input] = max(heaviest[input], weights[row + input].magnitude)
            }
        }
        // A few texts do not bring out every input: none is taken for less than this.
        let floor = max(ranges.reduce(0, +) / Float(inner) / 16, 1e-4)
        let factors = (0..<inner).map { input in
            (max(heaviest[input], 1e-4) / max(ranges[input], floor)).squareRoot()
        }
        let mean = factors.reduce(0, +) / Float(inner)
        return factors.map { factor in
            let factor = factor / mean
            return factor.isFinite && factor > 1e-3 && factor < 1e3 ? factor : 1
        }
    }

    /// Texts to measure on: prose of several kinds and scripts, questions, code, lists, noise.
    static let texts = [
        "The town library opens at nine, except on Mondays, when volunteers repair torn bindings"
            + " and return misplaced atlases to the second floor.",
        "How do I change the password of a database user without restarting the server?",
        "In 1897 the bridge carried 14,250 carts; by 1931 it carried twice as many lorries, and"
            + " its wooden deck had to be replaced by steel.",
        "func median(of values: [Double]) -> Double? { guard !values.isEmpty else { return nil };"
            + " let sorted = values.sorted(); return sorted[sorted.count / 2] }",
        "The boundary layer separates where the pressure rises along a curved surface; at Mach 0.8"
            + " the shock moves it upstream and lift is lost.",
        "La cooperativa repara bicicletas los martes por la tarde; quien no pueda pagar deja, a"
            + " cambio, una hora de trabajo en el huerto.",
        "¿Qué documentos hacen falta para matricular a un niño en la escuela municipal?",
        "Der Verein verleiht Werkzeug, Leitern und Anhänger; zurückgebracht wird alles sauber und"
            + " bis spätestens Sonntagabend.",
        "Le marché se tient sous la halle depuis le treizième siècle, sauf les jours de grand vent.",
        "تفتح المكتبة أبوابها في الساعة التاسعة صباحا كل يوم ما عدا يوم الاثنين.",
        "图书馆每天上午九点开门，星期一闭馆，志愿者在那天修补旧书。",
        "Библиотека открыта с девяти утра, кроме понедельника.",
        "error: cannot open '/var/lib/data/index.db': No such file or directory (errno 2)",
        "- apples, 3 kg\n- flour\n- 12 eggs\n- salt; pepper; thyme",
        "AAAAAAAAAAAAAAAA 0000 ---- ???? zzzzzzzz",
        "yes",
    ]
}

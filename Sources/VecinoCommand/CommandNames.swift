/// What somebody may have meant who typed the name of a command that there is not.
enum CommandNames {
    /// Names in Spanish and names that other programs use, by the command they mean here.
    private static let others: [String: [String]] = [
        "answers": ["respuestas", "historial", "history"],
        "ask": ["pregunta", "preguntar", "question"],
        "backup": ["copia", "copiar", "copy", "respaldar", "respaldo"],
        "bench": ["benchmark", "medir"],
        "chat": ["charla", "charlar", "chatear", "conversar"],
        "check": ["comprobar", "verificar", "verify"],
        "completions": ["completar", "completion"],
        "doctor": ["medico", "médico", "reparar", "repair", "fix"],
        "eval": ["evaluar", "evaluate"],
        "get": ["cat", "mostrar", "obtener", "show", "ver"],
        "help": ["ayuda"],
        "index": ["add", "añadir", "indexa", "indexar", "indizar", "refresh", "update"],
        "ls": ["documentos", "list", "lista", "listar"],
        "model": ["modelo", "modelos", "models"],
        "rerank": ["ordenar", "reordenar", "rank"],
        "rm": ["borrar", "delete", "eliminar", "quitar", "remove"],
        "search": ["busca", "buscar", "encontrar", "find", "query"],
        "serve": ["server", "servidor", "servir", "web"],
        "similar": ["parecidos", "like", "similares"],
        "stats": ["estadisticas", "estadísticas"],
        "status": ["estado", "info"],
        "token": ["tokens", "clave", "contraseña"],
        "tune": ["ajustar"],
        "watch": ["observar", "vigilar"],
    ]

    /// The command that `name` is most likely to mean; nil if it is like none.
    ///
    /// - Parameters:
    ///   - name: what was typed.
    ///   - commands: the commands that there are, in an order of preference.
    /// - Returns: one of `commands`.
    static func nearest(to name: String, among commands: [String]) -> String? {
        let name = name.lowercased()
        if let command = commands.first(where: { others[$0]?.contains(name) == true }) {
            return command
        }
        // A third of the letters may be wrong, as long as one is right.
        let most = min(2, max(1, name.count / 3))
        var best: (distance: Int, command: String)?
        for command in commands {
            for word in [command] + (others[command] ?? []) {
                let distance = distance(name, word)
                guard distance <= most, distance < word.count, distance < best?.distance ?? .max
                else { continue }
                best = (distance, command)
            }
        }
        return best?.command ?? commands.first { name.count >= 3 && $0.hasPrefix(name) }
    }

    /// Letters to insert, delete, replace or swap with their neighbor (optimal string alignment).
    ///
    /// - Complexity: O(`a.count` · `b.count`).
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a)
        let b = Array(b)
        var before: [Int] = []
        var last = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                var least = min(last[j] + (x == y ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, x == b[j - 1], y == a[i - 1] {
                    least = min(least, before[j - 1] + 1)
                }
                row.append(least)
            }
            before = last
            last = row
        }
        return last[b.count]
    }
}

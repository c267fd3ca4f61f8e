/// `search`, `similar`, `get`, `ls` and `rm`.
extension SpanishMessages {
    static let search: [String: String] = [
        "Nothing found for “{}”.": "No se ha encontrado nada para «{}».",
        "— not near the query —": "— ya no se parece a la consulta —",
        "Not near the query:": "Ya no se parece a la consulta:",
        "exact": "exacta",
        "ms: {}": "ms: {}",
        "and {} more that {says} nearly the same: {}{}":
            "y {} más que {dice|dicen} casi lo mismo: {}{}",
        "{} rank {}, score {}, share {}": "{} puesto {}, puntuación {}, parte {}",
        "words:": "palabras:",
        "meaning:": "significado:",
        "Nothing stands at those lines.": "En esas líneas no hay nada.",
        "{} nearly the same": "{} casi iguales",
        "No passages are nearly the same.": "No hay pasajes casi iguales.",
        "{group}, {} not shown: -n shows more.":
            "{grupo|grupos}; sin mostrar: {} (-n muestra más).",
        "{group}.": "{grupo|grupos}.",
        "Would remove {document} from the library.":
            "Se retirarían {documento|documentos} de la biblioteca.",
        "Removed {document} from the library.":
            "Se han retirado {documento|documentos} de la biblioteca.",
        "  ·  second look: score {}": "  ·  segunda mirada: puntuación {}",
        "There are no passages: name files, or write lines to standard input.":
            "No hay pasajes: nombra archivos, o escribe líneas en la entrada estándar.",
    ]
}

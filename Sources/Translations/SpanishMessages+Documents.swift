/// Why a file was not read, and what was repaired in it.
extension SpanishMessages {
    static let documents: [String: String] = [
        "binary, not text: {}": "binario, no texto: {}",
        "no reader for .{} files: convert it to text, Markdown or HTML to have it read":
            "no hay lector para archivos .{}: conviértelo en texto, Markdown o HTML para que se lea",
        "broken {}: {}": "{} mal formado: {}",
        "{} bytes, over the limit of {}: split it, or exclude it":
            "{} bytes, más que el límite de {}: divídelo, o exclúyelo",
        "{} is not installed, which reads it: `apt install {}`, then index again":
            "{}, que lo lee, no está instalado: `apt install {}` e indexa de nuevo",
        "an encrypted {}: remove its password to have it read":
            "un {} cifrado: quítale la contraseña para que se lea",
        "no text on its {} pages, only pictures: `vecino index --ocr` reads those":
            "sin texto en sus {} páginas, solo imágenes: `vecino index --ocr` las lee",
        "not read within {} seconds, so it was given up":
            "no se ha leído en {} segundos, y se ha dejado",
        "its reader crashed (signal {}): please report it; the next version tries again":
            "su lector ha fallado (señal {}): por favor, comunícalo; la próxima versión lo intenta de nuevo",
        "reading it took over {} GB of memory, so it was given up: split it":
            "leerlo ocupaba más de {} GB de memoria, y se ha dejado: divídelo",
        """
        its reader's reply was not understood, a fault of the program and not of the file: please report it; \
        the next version tries again
        """:
            """
        no se ha entendido a su lector, un fallo del programa y no del archivo: por favor, comunícalo; la \
        próxima versión lo intenta de nuevo
        """,
        "an index: {} links to other pages and no text of its own":
            "un índice: {} enlaces a otras páginas y ningún texto propio",
        "no text in it": "no tiene texto",
    ]
}

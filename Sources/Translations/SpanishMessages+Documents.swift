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
        "no text on its {} pages, only pictures: text recognition (OCR) reads those":
            "sin texto en sus {} páginas, solo imágenes: el reconocimiento de texto (OCR) las lee",
        // As earlier versions wrote it into libraries.
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
        "an ELF program or library": "un programa o una biblioteca ELF",
        "a zip archive (or an office document)": "un archivo zip (o un documento de oficina)",
        "an empty zip archive": "un archivo zip vacío",
        "an old Office document: save it in a newer format":
            "un documento antiguo de Office: guárdalo en un formato más nuevo",
        "no permission to read it": "sin permiso para leerlo",
        "no such file or folder": "no existe ese archivo ni carpeta",
        "its name is not UTF-8": "su nombre no está en UTF-8",
        "on another file system": "en otro sistema de archivos",
        "a device, pipe or socket, not a file":
            "un dispositivo, una tubería o un socket, no un archivo",
        "a link that leads nowhere": "un enlace que no lleva a ninguna parte",
        "a link that leads out of the folder": "un enlace que sale de la carpeta",
        "{} characters mended: UTF-8 that had been read as {}":
            "{} caracteres corregidos: UTF-8 que se había leído como {}",
        "{} bytes that are no text in its encoding replaced":
            "{} bytes sustituidos que no son texto en su codificación",
        "{} control characters dropped": "{} caracteres de control quitados",
        "{} pages without text, probably pictures: text recognition (OCR) reads those":
            "{} páginas sin texto, probablemente imágenes: el reconocimiento de texto (OCR) las lee",
        "{} pages without text, probably pictures: `vecino index --ocr` reads those":
            "{} páginas sin texto, probablemente imágenes: `vecino index --ocr` las lee",
        "{} pages not read: `apt install poppler-data` has the characters of their fonts":
            "{} páginas sin leer: `apt install poppler-data` tiene los caracteres de sus letras",
        "{} long outputs shortened to their first and last lines":
            "{} salidas largas reducidas a sus primeras y últimas líneas",
        "{} parts in an encoding that is not known here":
            "{} partes en una codificación que aquí no se conoce",
        "{} attachments not read, of formats that nothing here reads":
            "{} adjuntos sin leer, de formatos que nada lee aquí",
        "{} fields of the front matter are not YAML, and were taken as they stand":
            "{} campos de los datos iniciales no son YAML, y se han tomado como están",
        "{} lines are not JSON": "{} líneas no son JSON",
        "in no encoding that is known here": "en ninguna codificación que aquí se conozca",
        "control bytes and no known encoding": "bytes de control y ninguna codificación conocida",
        "a binary Excel workbook: save it as .xlsx":
            "un libro binario de Excel: guárdalo como .xlsx",
        "an Apple Pages, Numbers or Keynote document: export it to PDF, Word or Excel":
            "un documento de Apple Pages, Numbers o Keynote: expórtalo a PDF, Word o Excel",
        "a book for Kindle packed with a dictionary: convert it to EPUB":
            "un libro de Kindle empaquetado con un diccionario: conviértelo en EPUB",
        "its date “{}” is not understood": "su fecha «{}» no se entiende",
        """
        nothing is left in it, where {} had been: a disk may be missing; if they are to go, say that it may be \
        empty
        """:
            """
        no queda nada en ella, donde había {}: puede que falte un disco; si deben irse, di que puede estar \
        vacía
        """,
        "it has gone since the folder was listed": "ha desaparecido desde que se leyó la carpeta",
        "the system killed its reader": "el sistema ha terminado a su lector",
        "its text cannot be embedded: {}": "de su texto no se puede hacer un vector: {}",
    ]
}

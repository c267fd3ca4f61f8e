/// The program itself, and the library: `status`, `doctor`, `backup`, `copy`, `serve`, `token`, `mcp`.
extension SpanishMessages {
    static let library: [String: String] = [
        "There is no command “{}”. Did you mean `vecino {}`?":
            "No hay ninguna orden «{}». ¿Querías decir `vecino {}`?",
        "There is no command “{}”. To look for it: `vecino search {}`.":
            "No hay ninguna orden «{}». Para buscarlo: `vecino search {}`.",
        "`vecino --help` lists the commands.": "`vecino --help` enumera las órdenes.",
        "There is no library here yet. To make one of a folder of documents:":
            "Aquí todavía no hay una biblioteca. Para hacer una de una carpeta de documentos:",
        "  vecino index FOLDER": "  vecino index CARPETA",
        "vecino index FOLDER": "vecino index CARPETA",
        "`vecino --help` shows all commands.": "`vecino --help` muestra todas las órdenes.",
        "{}  {document}, {passage}": "{}  {documento|documentos}, {pasaje|pasajes}",
        "read a folder of documents": "lee una carpeta de documentos",
        "vecino search WORDS": "vecino search PALABRAS",
        "find passages by meaning and by words": "busca pasajes por significado y por palabras",
        "vecino ask \"QUESTION\"": "vecino ask \"PREGUNTA\"",
        "an answer with quotations": "una respuesta con citas",
        "read what has changed since": "lee lo que ha cambiado desde entonces",
        "why {file} {was} not read":
            "por qué {archivo|archivos} {no se leyó|no se leyeron}",
        "Interrupted; everything that was finished is kept.":
            "Interrumpido; todo lo que estaba terminado se conserva.",
        "What begins with a dash and is no option goes after two dashes: vecino {} -- {}":
            "Lo que empieza con un guion y no es una opción va detrás de dos guiones: vecino {} -- {}",
        "vecino: the output could not be written ({}), and is not complete.":
            "vecino: la salida no se ha podido escribir ({}) y no está completa.",
        """
        vecino: the system lets this process open {} more files, and {} are needed: raise the limit with \
        `ulimit -n 256`.
        """:
            """
        vecino: el sistema deja que este proceso abra {} archivos más, y hacen falta {}: sube el límite \
        con `ulimit -n 256`.
        """,
        "The file is whole.": "El archivo está íntegro.",
        "The library is whole.": "La biblioteca está íntegra.",
        "{}  {document}, {passage}, {}": "{}  {documento|documentos}, {pasaje|pasajes}, {}",
        "model: {}, {} dimensions": "modelo: {}, {} dimensiones",
        "    {document}, {passage}, {} of files":
            "    {documento|documentos}, {pasaje|pasajes}, {} de archivos",
        "languages": "idiomas",
        "formats": "formatos",
        "    last indexed: {}": "    última indexación: {}",
        "    last indexed: never to the end; run `vecino index`":
            "    última indexación: nunca hasta el final; ejecuta `vecino index`",
        "repaired": "reparados",
        "repaired: {}": "reparado: {}",
        "damaged: {}": "dañado: {}",
        "to be indexed again: {}": "hay que indexarlo otra vez: {}",
        """
        Not all could be repaired: save what `vecino answers list -n 1000000 --json` still prints, move {} \
        away and run `vecino index` on your folders.
        """:
            """
        No se ha podido reparar todo: guarda lo que aún muestre `vecino answers list -n 1000000 --json`, \
        aparta {} y ejecuta `vecino index` con tus carpetas.
        """,
        "    `vecino index --ocr` reads the text of pictures.":
            "    `vecino index --ocr` lee el texto de las imágenes.",
        "Run `vecino doctor --fix`.": "Ejecuta `vecino doctor --fix`.",
        "Repaired. Run `vecino index` to bring the library up to date.":
            "Reparado. Ejecuta `vecino index` para poner la biblioteca al día.",
        "Copied {} to {}, and checked it.": "Se ha copiado {} a {}, y se ha comprobado la copia.",
        "Copied {document}, {passage} and {answer}, and compared all of them.":
            """
        Se han copiado {documento|documentos}, {pasaje|pasajes} y {respuesta|respuestas}, y se han \
        comparado todos.
        """,
        "Of the first ten results of {search} {} % by words and {} % by meaning are the same.":
            """
        De los diez primeros resultados de {búsqueda|búsquedas} coinciden el {} % por palabras y el {} % \
        por significado.
        """,
        "Vecino is at {}  (Ctrl-C ends it)": "Vecino está en {}  (Ctrl-C lo termina)",
        "Token {} may {}. It is not shown again:":
            "El token {} permite: {}. No se muestra otra vez:",
        "There is no token: `vecino token new` makes one.":
            "No hay ningún token: `vecino token new` hace uno.",
        "There is no token {}: `vecino token list` lists them.":
            "No hay ningún token {}: `vecino token list` los enumera.",
        "Token {} is worthless now.": "El token {} ya no vale.",
        "~/{} needs no change.": "~/{} no necesita cambios.",
        "Written to ~/{}. Start {} again.": "Escrito en ~/{}. Inicia {} de nuevo.",
    ]
}

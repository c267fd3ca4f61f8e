/// Wrong usage.
extension SpanishMessages {
    static let usage: [String: String] = [
        "-k takes a number from 1 to 50.": "-k lleva un número de 1 a 50.",
        "-n takes 1 to 10000.": "-n lleva un número de 1 a 10000.",
        "-n takes 1 to 100000.": "-n lleva un número de 1 a 100000.",
        "--cold takes 0 to 1000.": "--cold lleva un número de 0 a 1000.",
        "--concurrency takes 1 to 256.": "--concurrency lleva un número de 1 a 256.",
        "--max-risk takes a number from 0 to 1.": "--max-risk lleva un número de 0 a 1.",
        "--diversity takes a number from 0 to 1.": "--diversity lleva un número de 0 a 1.",
        "--steps takes a number up to 10.": "--steps lleva un número de hasta 10.",
        "--limit takes a number from 1 up.": "--limit lleva un número desde 1.",
        "--context-tokens takes a number from 200 up.":
            "--context-tokens lleva un número desde 200.",
        "--time-limit takes seconds, up to 86400.": "--time-limit lleva segundos, hasta 86400.",
        "--size-limit takes megabytes, up to 2000.": "--size-limit lleva megabytes, hasta 2000.",
        "--days takes a whole number from 1 to 36500.":
            "--days lleva un número entero de 1 a 36500.",
        "--temperature takes 0 to 2.": "--temperature lleva un número de 0 a 2.",
        "--top-p takes a number above 0, up to 1.":
            "--top-p lleva un número mayor que 0, hasta 1.",
        "--ef takes numbers from 1 to 100000 with commas between them.":
            "--ef lleva números de 1 a 100000 separados por comas.",
        "--fusion takes convex:WEIGHT or dbsf:WEIGHT, a weight from 0 to 1, or rrf:K.":
            "--fusion lleva convex:PESO o dbsf:PESO, con un peso de 0 a 1, o rrf:K.",
        "--name takes letters, digits, - and _.": "--name lleva letras, cifras, - y _.",
        "--fix and --recall do not go together.": "--fix y --recall no van juntos.",
        "--queries goes with --recall.": "--queries va con --recall.",
        "--vector-queries and --truth go with --vectors.":
            "--vector-queries y --truth van con --vectors.",
        "--truth goes with --vector-queries.": "--truth va con --vector-queries.",
        "--no-context asks a language model: name one with -m.":
            "--no-context pregunta a un modelo de lenguaje: nombra uno con -m.",
        "--fail-if '{}' names a mode that is not measured.":
            "--fail-if '{}' nombra un modo que no se mide.",
        "--listen {} answers to tokens only, and there is none: make one with `vecino token new --read`.":
            "--listen {} solo responde a tokens, y no hay ninguno: haz uno con `vecino token new --read`.",
        "A new process could not search: `vecino search --mode {}` shows why.":
            "Un proceso nuevo no ha podido buscar: `vecino search --mode {}` muestra por qué.",
        "Name a passage or a document.": "Nombra un pasaje o un documento.",
        "Name a passage, or ask for --duplicates.": "Nombra un pasaje, o pide --duplicates.",
        "Lines count from 1, and at least one is shown.":
            "Las líneas se cuentan desde 1, y se muestra al menos una.",
        "There is nothing to look for: the library is empty.":
            "No hay nada que buscar: la biblioteca está vacía.",
        "There is nothing to ask: the library or the file is empty.":
            "No hay nada que preguntar: la biblioteca o el archivo está vacío.",
        "A language model has to write the questions: name one with -m, such as -m local.":
            "Las preguntas las tiene que escribir un modelo de lenguaje: nombra uno con -m, como -m local.",
        "{} has no question that names a relevant document.":
            "{} no tiene ninguna pregunta que nombre un documento pertinente.",
        "{} has no question to score.": "{} no tiene ninguna pregunta que puntuar.",
        "There is no program “{}” here: there are {}.":
            "Aquí no hay ningún programa «{}»: hay {}.",
        "{} cannot be read: check the path and its permissions.":
            "{} no se puede leer: comprueba la ruta y sus permisos.",
        "Write the answer's number and +1, -1 or 0.":
            "Escribe el número de la respuesta y +1, -1 o 0.",
        "Write numbers, or --all.": "Escribe números, o --all.",
        "Name a set to tune by, or give --reset alone.":
            "Nombra un conjunto con el que ajustar, o da solo --reset.",
        """
        This program was built without the server. In the source folder, `swift build -c release --product \
        vecino` builds it with everything.
        """:
            """
        Este programa se compiló sin el servidor. En la carpeta del código, `swift build -c release \
        --product vecino` lo compila con todo.
        """,
        """
        --budget takes amounts with their units, such as 2000tokens, 0.02$ or 1500ms, \
        divided by commas.
        """:
            """
        --budget lleva cantidades con sus unidades, como 2000tokens, 0.02$ o 1500ms, \
        separadas por comas.
        """,
        """
        A budget of money needs the price of {} in {}: under [prices], "{}" = { prompt = \
        0.40, reply = 1.60 } for a million tokens.
        """:
            """
        Un presupuesto de dinero necesita el precio de {} en {}: bajo [prices], "{}" = { \
        prompt = 0.40, reply = 1.60 } por millón de tokens.
        """,
        """
        --compare asks with and without documents: leave out --no-context, --show-prompt and \
        --dry-run.
        """:
            """
        --compare pregunta con documentos y sin ellos: quita --no-context, --show-prompt y \
        --dry-run.
        """,
        "--compare asks a language model: name one with -m.":
            "--compare pregunta a un modelo de lenguaje: nombra uno con -m.",
        "--pins goes with --ask.": "--pins va con --ask.",
        "No pin has the number {}: `vecino answers pins` lists them.":
            "Ninguna respuesta fijada tiene el número {}: `vecino answers pins` las enumera.",
        "A library on a server has no folder: name a file with --pins.":
            "Una biblioteca en un servidor no tiene carpeta: nombra un archivo con --pins.",
        "Answer {} rests on no document: only answers from documents are pinned.":
            """
        La respuesta {} no se apoya en ningún documento: solo se fijan respuestas con \
        documentos.
        """,
        "-n, --per-doc and --duplicates go with --search.":
            "-n, --per-doc y --duplicates van con --search.",
        "The query is empty: say what the passages should answer.":
            "La consulta está vacía: di qué deberían responder los pasajes.",
        "MODEL is a cross-encoder's name or folder, or late.":
            "MODELO es el nombre o la carpeta de un cross-encoder, o late.",
        "{} cannot be read: name text files.": "{} no se puede leer: nombra archivos de texto.",
    ]
}

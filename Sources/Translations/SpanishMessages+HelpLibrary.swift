/// The help of the program, and of keeping a library.
extension SpanishMessages {
    static let helpLibrary: [String: String] = [
        "Copy the library into a new file, while it is in use.":
            "Copia la biblioteca en un archivo nuevo, mientras está en uso.",
        """
        The copy holds all that was finished when it was made, and is checked before it gets \
        its name. A copy of the file that other programs make may lack what is still in the \
        log beside it, library.db-wal.

        EXAMPLES
          vecino backup notes-2026-11.db
          vecino backup /media/usb/library.db --db notes.db
        """:
            """
        La copia tiene todo lo que estaba terminado cuando se hizo, y se comprueba antes \
        de recibir su nombre. A una copia del archivo que hagan otros programas puede \
        faltarle lo que aún está en el registro que hay al lado, library.db-wal.

        EJEMPLOS
          vecino backup notas-2026-11.db
          vecino backup /media/usb/library.db --db notas.db
        """,
        "The new file; nothing may be there yet.":
            "El archivo nuevo; todavía no puede haber nada en ese lugar.",
        "Copy a library to another file or server, without embedding anything again.":
            "Copia una biblioteca a otro archivo o servidor, sin volver a hacer ningún vector.",
        """
        Documents, passages, embeddings, folders, choices and answers are copied, and then \
        both libraries are compared: every document, and a hundred searches. A copy that was \
        interrupted goes on where it stopped when the command is run again. Documents and \
        answers get other numbers. A server is named by a connection string of PostgreSQL; its \
        password comes from PGPASSWORD or ~/.pgpass.

        EXAMPLES
          vecino copy notes.db postgresql://ana@db.example/notes?schema=letters
          vecino copy "host=db.example dbname=notes" notes.db
        """:
            """
        Se copian documentos, pasajes, vectores, carpetas, elecciones y respuestas, y \
        después se comparan las dos bibliotecas: cada documento, y cien búsquedas. Una \
        copia interrumpida sigue donde se quedó cuando se repite la orden. Los documentos \
        y las respuestas reciben otros números. Un servidor se nombra con una cadena de \
        conexión de PostgreSQL; su contraseña viene de PGPASSWORD o de ~/.pgpass.

        EJEMPLOS
          vecino copy notas.db postgresql://ana@db.example/notas?schema=cartas
          vecino copy "host=db.example dbname=notas" notas.db
        """,
        "The library that is copied.":
            "La biblioteca que se copia.",
        "Where the copy goes; no library with documents may be there.":
            "Adónde va la copia; allí no puede haber una biblioteca con documentos.",
        "Print what was copied and compared as JSON.":
            "Muestra como JSON lo que se copió y comparó.",
        "Check whether the library is whole, and repair what can be repaired.":
            "Comprueba si la biblioteca está íntegra, y repara lo que se puede reparar.",
        """
        Checks SQLite's structure, that every passage has its vector, its codes and its words, \
        and that all of them can be read. --fix makes codes, words and the graph again from \
        the passages; a document whose vectors are damaged is taken out, and the next `vecino \
        index` reads it again. Your documents themselves are never touched. The exit status is \
        3 while something is wrong.

        --recall does something else: it searches for your own queries, one a line in \
        --queries, or for some made from your passages. It prints what share of the nearest \
        passages the searches find, and the time they save over comparing every passage.

        EXAMPLES
          vecino doctor
          vecino doctor --fix && vecino index
          vecino doctor --recall --queries questions.txt
        """:
            """
        Comprueba la estructura de SQLite, que cada pasaje tenga su vector, sus códigos y \
        sus palabras, y que todo se pueda leer. --fix rehace códigos, palabras y el grafo \
        con los pasajes; un documento con vectores dañados se retira, y el próximo `vecino \
        index` lo lee otra vez. Tus documentos no se tocan nunca. El estado de salida es 3 \
        mientras algo esté mal.

        --recall hace otra cosa: busca tus propias consultas, una por línea en --queries, \
        o algunas hechas con tus pasajes. Muestra qué parte de los pasajes más cercanos \
        encuentran las búsquedas, y el tiempo que ahorran frente a comparar todos los \
        pasajes.

        EJEMPLOS
          vecino doctor
          vecino doctor --fix && vecino index
          vecino doctor --recall --queries preguntas.txt
        """,
        "Repair what can be made again from the rest.":
            "Repara lo que se puede rehacer con el resto.",
        "Measure what vector searches find, and the time they save.":
            "Mide lo que encuentran las búsquedas por vectores, y el tiempo que ahorran.",
        "With --recall: a file with one query a line.":
            "Con --recall: un archivo con una consulta por línea.",
        "With --recall: how many queries to make.":
            "Con --recall: cuántas consultas hacer.",
        "Build or refresh the library of a folder of documents.":
            "Crea o actualiza la biblioteca de una carpeta de documentos.",
        """
        New and changed files are read, deleted ones leave the library, unchanged ones cost \
        one look each. It may be interrupted at any moment and goes on where it stopped; \
        documents that are done can be searched meanwhile. .gitignore and .vecinoignore are \
        respected, hidden files are left out. What is chosen for a folder is kept with it and \
        holds until it is chosen otherwise; --include '' and the like take a choice back.

        EXAMPLES
          vecino index Notes
          vecino index ~/Papers --include '*.md' --exclude 'drafts/**'
          vecino index Notes --dry-run
          vecino index Notes --db notes.db --model all-MiniLM-L6-v2
          vecino index faq.csv --text-field question --text-field answer --id-field no
          vecino index                          refresh everything the library knows
        """:
            """
        Se leen los archivos nuevos y los cambiados, los borrados salen de la biblioteca, \
        los que no cambian cuestan una mirada. Se puede interrumpir en cualquier momento y \
        sigue donde se quedó; lo que ya está hecho se puede buscar entretanto. Se respetan \
        .gitignore y .vecinoignore, y los archivos ocultos se dejan fuera. Lo que se elige \
        para una carpeta se guarda con ella y vale hasta que se elija otra cosa; --include \
        '' y sus parecidos retiran una elección.

        EJEMPLOS
          vecino index Notas
          vecino index ~/Papeles --include '*.md' --exclude 'borradores/**'
          vecino index Notas --dry-run
          vecino index Notas --db notas.db --model all-MiniLM-L6-v2
          vecino index faq.csv --text-field pregunta --text-field respuesta --id-field n
          vecino index                          actualiza todo lo que ya conoce
        """,
        "Folders or files. Without any, those the library already knows.":
            "Carpetas o archivos. Sin ninguno, los que la biblioteca ya conoce.",
        "Only files that match; may be repeated.":
            "Solo los archivos que coincidan; se puede repetir.",
        "glob":
            "patrón",
        "Leave out what matches; may be repeated.":
            "Deja fuera lo que coincida; se puede repetir.",
        "Read hidden files and folders too.":
            "Lee también archivos y carpetas ocultos.",
        "Look for text in scanned PDFs too, with tesseract; takes seconds a page.":
            "Busca texto también en PDF escaneados, con tesseract; tarda segundos por página.",
        "Enter folders where other file systems are mounted too.":
            "Entra también en carpetas donde están montados otros sistemas de archivos.",
        """
        Of CSV, TSV, JSON and JSON Lines only this field is text; may be repeated. Dots \
        between the names of nested fields. Records without it are read whole.
        """:
            """
        De CSV, TSV, JSON y JSON Lines solo este campo es texto; se puede repetir. Con \
        puntos entre los nombres de campos anidados. Los registros que no lo tienen se \
        leen enteros.
        """,
        "name":
            "nombre",
        "The field that names a record; shown above it like a heading.":
            "El campo que nombra un registro; se muestra encima como un título.",
        "Give a file up after so many seconds, and one more per MB. Default: 30.":
            "Deja un archivo tras tantos segundos, y uno más por MB. Por omisión: 30.",
        "seconds":
            "segundos",
        "Leave out files that are larger. Default: 64.":
            "Deja fuera los archivos más grandes. Por omisión: 64.",
        "MB":
            "MB",
        "Take all documents of a folder out when nothing is left in it.":
            "Retira todos los documentos de una carpeta si no queda nada en ella.",
        "Say what would be done, and do nothing.":
            "Dice qué se haría, y no hace nada.",
        "Also forget embeddings that no passage uses any more, and shrink the file.":
            "Olvida también los vectores que ningún pasaje usa ya, y encoge el archivo.",
        "Build the library anew; the old one answers until then. Changes its embedding model.":
            """
        Rehace la biblioteca; la anterior responde hasta entonces. Cambia su modelo de \
        vectores.
        """,
        "One JSON line for each file, then one with the totals.":
            "Una línea de JSON por archivo, y después una con los totales.",
        "Say nothing but errors.":
            "No decir nada más que errores.",
        "Finds passages by meaning and by words, and answers from your documents.":
            "Busca pasajes por significado y por palabras, y responde con tus documentos.",
        """
        Everything is in one SQLite file, .vecino/library.db in the folder where you index; \
        the commands find it from there and from any folder below. Nothing leaves this machine \
        unless you name a remote provider, and nothing at all with --offline.

        EXAMPLES
          vecino index Notes                      build or refresh a folder's library
          vecino search "renew the lease"         find passages by meaning and by words
          vecino ask "¿Cuándo abre el taller?"    a short answer, its quotations checked
          vecino status                           what it holds, and what was not read

        EXIT STATUS
          0 found or answered · 1 nothing found, or no answer · 2 wrong usage
          3 the library or a document · 4 a provider · 130 interrupted
        """:
            """
        Todo está en un archivo SQLite, .vecino/library.db en la carpeta donde indexas; \
        las órdenes lo encuentran desde ella y desde cualquier carpeta de dentro. Nada \
        sale de este ordenador si no nombras un proveedor, y nada en absoluto con \
        --offline.

        EJEMPLOS
          vecino index Notas                      crea o actualiza la biblioteca
          vecino search "renovar el contrato"     busca por significado y por palabras
          vecino ask "¿Cuándo abre el taller?"    una respuesta corta, con citas
          vecino status                           qué contiene, y qué no se leyó

        ESTADO DE SALIDA
          0 encontrado o respondido · 1 nada encontrado, o sin respuesta · 2 mal uso
          3 la biblioteca o un documento · 4 un proveedor · 130 interrumpido
        """,
        "Output":
            "Salida",
        "Show what the library holds, and what could not be read.":
            "Muestra qué contiene la biblioteca, y qué no se pudo leer.",
        """
        EXAMPLES
          vecino status
          vecino status --check            also check the file itself
          vecino status --json | jq '.collections[].skipped'
        """:
            """
        EJEMPLOS
          vecino status
          vecino status --check            comprueba también el archivo
          vecino status --json | jq '.collections[].skipped'
        """,
        "Check the file with SQLite's integrity check.":
            "Comprueba el archivo con la comprobación de integridad de SQLite.",
        "Keep the library up to date while files change.":
            "Mantiene la biblioteca al día mientras cambian los archivos.",
        """
        Brings the folders up to date as `vecino index` does, then waits for changes and takes \
        them in about a second later. Ctrl-C stops it at a whole state.

        EXAMPLES
          vecino watch                       everything the library knows
          vecino watch Notes ~/Papers
          vecino watch --install > ~/.config/systemd/user/vecino.service
          systemctl --user enable --now vecino
        """:
            """
        Pone las carpetas al día como `vecino index`, y después espera cambios y los toma \
        más o menos un segundo más tarde. Ctrl-C lo para en un estado íntegro.

        EJEMPLOS
          vecino watch                       todo lo que la biblioteca conoce
          vecino watch Notas ~/Papeles
          vecino watch --install > ~/.config/systemd/user/vecino.service
          systemctl --user enable --now vecino
        """,
        "Print a systemd user unit that watches them, and do nothing.":
            "Muestra una unidad de systemd de usuario que las vigila, y no hace nada.",
        "One JSON line for each file.":
            "Una línea de JSON por archivo.",
    ]
}

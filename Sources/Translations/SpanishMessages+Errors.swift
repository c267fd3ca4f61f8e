/// Errors of the library, its file, its settings and what was asked of it.
extension SpanishMessages {
    static let errors: [String: String] = [
        "There is no library at {}: build one with `vecino index FOLDER`.":
            "No hay ninguna biblioteca en {}: haz una con `vecino index CARPETA`.",
        "{} is not a Vecino library; it was left as it is. Name another file.":
            "{} no es una biblioteca de Vecino; se ha dejado como está. Nombra otro archivo.",
        "{} has format {} and this program reads up to {}: update vecino.":
            "{} tiene el formato {} y este programa lee hasta el {}: actualiza vecino.",
        """
        {} has format {} of an earlier version, not {}: run `vecino index` once, and it is brought up to date; \
        nothing is embedded again.
        """:
            """
        {} tiene el formato {} de una versión anterior, no el {}: ejecuta `vecino index` una vez y se pone \
        al día; los vectores se conservan.
        """,
        """
        {} is damaged ({}): repair it, then index again; if that does not help, move the file away and index \
        your folders again. Your documents themselves are not affected.
        """:
            """
        {} está dañado ({}): repáralo y vuelve a indexar; si no basta, aparta el archivo e indexa de nuevo \
        tus carpetas. Tus documentos no están afectados.
        """,
        "No room left on the disk of {}: free some and run the command again; what was finished is kept.":
            """
        No queda sitio en el disco de {}: libera espacio y repite la orden; lo que estaba terminado se \
        conserva.
        """,
        "{} cannot be opened ({}): check the permissions of it and of its folder.":
            "{} no se puede abrir ({}): comprueba sus permisos y los de su carpeta.",
        """
        {} was deleted, or another file took its place, while it was open: nothing more was written. Start \
        again.
        """:
            """
        {} se borró, u otro archivo ocupó su lugar, mientras estaba abierto: no se ha escrito nada más. \
        Empieza de nuevo.
        """,
        "Another process is writing to {}: try again when it has finished.":
            "Otro proceso está escribiendo en {}: inténtalo de nuevo cuando termine.",
        """
        This library was built with the model {}, and {} cannot read it: name the first, or build the library \
        anew.
        """:
            """
        Esta biblioteca se hizo con el modelo {}, y {} no puede leerla: nombra el primero, o rehaz la \
        biblioteca.
        """,
        "Another vecino is indexing into {}: wait for it to finish, then try again.":
            "Otro vecino está indexando en {}: espera a que termine e inténtalo de nuevo.",
        "The library has no embedding model yet: index a folder first.":
            "La biblioteca aún no tiene modelo de vectores: indexa antes una carpeta.",
        "This kind of library cannot {}.": "Esta clase de biblioteca no puede hacer eso ({}).",
        "The server of {} cannot be used: {}.": "El servidor de {} no se puede usar: {}.",
        "SQLite could not use {}: {}": "SQLite no ha podido usar {}: {}",
        "it was found on the way up from here, and belongs to another user; name it with --db if you trust it":
            "se encontró subiendo desde aquí, y es de otro usuario; nómbrala con --db si te fías de ella",
        """
        {} bytes of the library are in {}-wal and not in the file itself, because others have it open: copy it \
        with `vecino backup FILE`.
        """:
            """
        {} bytes de la biblioteca están en {}-wal y no en el propio archivo, porque otros lo tienen \
        abierto: cópiala con `vecino backup ARCHIVO`.
        """,
        "There is no file or folder at {}: check the spelling.":
            "No hay ningún archivo ni carpeta en {}: comprueba cómo está escrito.",
        "{} cannot be read ({}): check its permissions. The library was left as it was.":
            "{} no se puede leer ({}): comprueba sus permisos. La biblioteca se ha dejado como estaba.",
        """
        Nothing in the library is called {}: `vecino ls` lists its documents; a passage is named by the number \
        that `vecino search` shows.
        """:
            """
        Nada en la biblioteca se llama {}: `vecino ls` enumera sus documentos; un pasaje se nombra con el \
        número que muestra `vecino search`.
        """,
        "No saved answer has the number {}: `vecino answers` lists them.":
            "Ninguna respuesta guardada tiene el número {}: `vecino answers` las enumera.",
        "{} could be any of {}: write more of the path.":
            "{} puede ser cualquiera de {}: escribe más de la ruta.",
        "{} already holds documents: name a place where there is no library yet.":
            "{} ya contiene documentos: nombra un lugar donde aún no haya una biblioteca.",
        """
        The copy is not what the original is ({}): was the original changed meanwhile? Run the command again; \
        what is the same already is not copied twice.
        """:
            """
        La copia no es igual que el original ({}): ¿cambió el original entretanto? Repite la orden; lo que \
        ya es igual no se copia dos veces.
        """,
        "The query is empty: say what to look for, for example `vecino search \"opening hours\"`.":
            "La consulta está vacía: di qué buscar, por ejemplo `vecino search \"horario\"`.",
        "The query has {} bytes, and at most {} are taken: shorten it.":
            "La consulta tiene {} bytes, y se admiten {} como mucho: acórtala.",
        "The library has no passage {}: `vecino search` shows the numbers of those it has.":
            "La biblioteca no tiene ningún pasaje {}: `vecino search` muestra los números de los que tiene.",
        "The filter “{}” cannot be read: {}.": "El filtro «{}» no se entiende: {}.",
        "{} takes a whole number from {} to {}.": "{} lleva un número entero de {} a {}.",
        "The settings in {} cannot be read ({}): correct that file or move it away.":
            "La configuración de {} no se puede leer ({}): corrige ese archivo o apártalo.",
        "“{}” takes a name in quotation marks": "«{}» lleva un nombre entre comillas",
        "“results” takes a whole number from {} to {}, without quotation marks":
            "«results» lleva un número entero de {} a {}, sin comillas",
        "“addresses” takes a table of addresses in quotation marks":
            "«addresses» lleva una tabla de direcciones entre comillas",
        "“prices” takes a table of prices": "«prices» lleva una tabla de precios",
        "the price of “{}” takes a number from 0 for prompt and for reply":
            "el precio de «{}» lleva un número desde 0 para prompt y para reply",
        "there is no such day": "ese día no existe",
        "the field's name is missing": "falta el nombre del campo",
        "the first day comes after the last": "el primer día es posterior al último",
        "write FIELD=VALUE, with one of = != < <= > >= ~ : !:":
            "escribe CAMPO=VALOR, con uno de = != < <= > >= ~ : !:",
        "write FIELD!=VALUE for “is not”": "escribe CAMPO!=VALOR para «no es»",
        "Permission denied": "permiso denegado",
        "No such file or directory": "no existe",
        "No space left on device": "no queda sitio en el disco",
        "Input/output error": "error de entrada/salida",
        "Too many open files": "demasiados archivos abiertos",
        "Not a directory": "no es una carpeta",
        "Is a directory": "es una carpeta",
        "File exists": "ya existe",
        "Read-only file system": "sistema de archivos de solo lectura",
        "Cannot allocate memory": "no hay memoria suficiente",
        "File too large": "archivo demasiado grande",
        "File name too long": "nombre demasiado largo",
        "Disk quota exceeded": "cuota de disco agotada",
        "there is a file already": "ya hay un archivo",
        "it cannot be written here": "aquí no se puede escribir",
        "opened for reading only": "abierto solo para leer",
        "links that lead in a circle": "enlaces que dan vueltas en círculo",
        "unreadable": "ilegible",
        "no reason": "sin motivo",
        """
        Line {} of {} is no pinned answer: correct it or delete it; `vecino answers pin` writes \
        such lines.
        """:
            """
        La línea {} de {} no es una respuesta fijada: corrígela o bórrala; `vecino answers \
        pin` escribe esas líneas.
        """,
        """
        Reranking by late interaction compares tokens with an embedding model that runs in this process, and \
        this library's is {}: name a cross-encoder (`vecino model list`), or do not rerank.
        """:
            """
        Reordenar por interacción tardía compara tokens con un modelo de vectores que se ejecuta en este \
        proceso, y el de esta biblioteca es {}: nombra un cross-encoder (`vecino model list`), o no \
        reordenes.
        """,
        "none yet": "ninguno todavía",
        """
        Nothing here can rerank with “{}”: name late, or a cross-encoder of this machine \
        (`vecino model list`).
        """:
            """
        Nada puede reordenar aquí con «{}»: nombra late, o un cross-encoder de este \
        ordenador (`vecino model list`).
        """,
    ]
}

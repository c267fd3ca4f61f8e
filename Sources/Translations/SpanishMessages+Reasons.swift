/// Why something was not understood or not read, as the sentences about it say in parentheses.
extension SpanishMessages {
    static let reasons: [String: String] = [
        // Filters.
        """
        write a date as 2024-06-01, 2024-06 or 2024, or in words: June 2024, yesterday, last \
        week
        """:
            """
        escribe una fecha como 2024-06-01, 2024-06 o 2024, o en palabras: junio 2024, ayer, la \
        semana pasada
        """,
        "it is on another machine, and no network may be used":
            "está en otro ordenador y no se puede usar la red",
        "the day and the month cannot be told apart: write {} or {}":
            "no se distinguen el día y el mes: escribe {} o {}",
        // Documents.
        "it does not say where its contents are": "no dice dónde está su contenido",
        "{} is missing": "falta {}",
        "its directory is damaged": "su directorio está dañado",
        "its first record is damaged": "su primer registro está dañado",
        "it has no cells": "no tiene celdas",
        "{} crashed on it": "{} ha fallado con él",
        "groups nested over 500 deep": "grupos anidados a más de 500 niveles",
        "elements nested more than {} deep": "elementos anidados a más de {} niveles",
        "elements nested over {} deep": "elementos anidados a más de {} niveles",
        "more cells than anybody fills": "más celdas de las que nadie llena",
        "its XML is damaged": "su XML está dañado",
        "no memory for it": "no hay memoria para él",
        "{} cannot be unpacked": "{} no se puede descomprimir",
        "{} is damaged": "{} está dañado",
        """
        nothing is left in it, where {} had been: if no disk is missing and they are to go, run \
        `vecino index --allow-empty`
        """:
            """
        no queda nada, donde había {}: si no falta ningún disco y han de irse, ejecuta \
        `vecino index --allow-empty`
        """,
        // Libraries.
        "no permission": "sin permiso",
        "it is on another machine, and --offline connects to none":
            "está en otra máquina, y --offline no se conecta a ninguna",
        "it cannot be created": "no se puede crear",
        "its address cannot be read": "no se entiende su dirección",
        "its format is number {}": "su formato es el número {}",
        "{} is not as it was written": "{} no está como se escribió",
        "no vector in slot {}": "no hay vector en el lugar {}",
        "SQLite refuses its defensive mode": "SQLite rechaza su modo defensivo",
        "{} (an error of the disk or file system)":
            "{} (un error del disco o del sistema de archivos)",
        "it holds a {}, which no library does: somebody has put it there":
            "contiene un {}, que ninguna biblioteca tiene: alguien lo ha puesto ahí",
        """
        {}-wal holds a part of it, which cannot be brought in where nothing can be written, nor in a copy \
        below {}: {}; set TMPDIR to a folder with room, or run `vecino backup` where it was made
        """:
            """
        {}-wal contiene una parte, que no se puede incorporar donde no se puede escribir, ni en una copia \
        bajo {}: {}; pon en TMPDIR una carpeta con sitio, o ejecuta `vecino backup` donde se hizo
        """,
        "a passage of {} has no embedding": "a un pasaje de {} le falta el vector",
        "the library is closed": "la biblioteca está cerrada",
        "the passage number {}": "el pasaje número {}",
        "the document {}": "el documento {}",
        "the answer number {}": "la respuesta número {}",
        "the model's name": "el nombre del modelo",
        "a folder's path": "la ruta de una carpeta",
        "a passage's vector": "el vector de un pasaje",
        "a group of languages": "un grupo de idiomas",
        "the length of passage {}": "la longitud del pasaje {}",
        "lengths of passages, block {}": "longitudes de pasajes, bloque {}",
        "the list of the words' pages": "la lista de las páginas de las palabras",
        "the index of the words' pages": "el índice de las páginas de las palabras",
        "the settings of the words' index": "los ajustes del índice de palabras",
        "page {} of the words' index": "la página {} del índice de palabras",
        "record {} of the words' index": "el registro {} del índice de palabras",
        "block {} of the words' checksums": "el bloque {} de las sumas de las palabras",
        // Models.
        "its prepared file does not fit it": "su archivo preparado no le corresponde",
        "it is GGUF version {}, not 2 or 3": "es GGUF de la versión {}, no 2 ni 3",
        "tensor {} has GGML type {}, and only F32, F16, BF16, Q8_0 and Q4_0 are read":
            "el tensor {} es de tipo GGML {}, y solo se leen F32, F16, BF16, Q8_0 y Q4_0",
        "its tokenizer is of type '{}'": "su tokenizador es de tipo «{}»",
        "its tokenizer uses {}": "su tokenizador usa {}",
        "tensor {} is {}, not {}": "el tensor {} es {}, no {}",
        "{} layers of {} in {} heads cannot be": "no puede haber {} capas de {} en {} cabezas",
        "tensor {} has another width": "el tensor {} tiene otro ancho",
        "its tokenizer has {} tokens, its weights {}":
            "su tokenizador tiene {} tokens, sus pesos {}",
        "a special token has no row in the weights": "un token especial no tiene fila en los pesos",
        "its vocabulary of {} is too large": "su vocabulario, de {}, es demasiado grande",
        """
        its classification head has no tensor {}.weight, as conversions leave it out: take its Hugging Face \
        folder
        """:
            """
        a su cabeza de clasificación le falta el tensor {}.weight, que las conversiones omiten: usa su \
        carpeta de Hugging Face
        """,
        "its elements are no integers": "sus elementos no son enteros",
        "it cannot be read (error {})": "no se puede leer (error {})",
        "it writes no answers": "no escribe respuestas",
        "{} does not embed.": "{} no calcula vectores.",
        "no such provider": "no existe ese proveedor",
        "this is not a model's name: check it.": "esto no es el nombre de un modelo: compruébalo.",
        "not a model's name": "no es el nombre de un modelo",
        "embedding {} of {}": "vector {} de {}",
        "a vector with nulls": "un vector con nulos",
        "an empty vector": "un vector vacío",
        "a vector of {} dimensions": "un vector de {} dimensiones",
        "an embedding without length": "un vector sin longitud",
        "not the JSON that was expected: {}": "no es el JSON que se esperaba: {}",
        "the connection broke off": "la conexión se cortó",
        "the model declined": "el modelo no quiso",
        "its content filter": "su filtro de contenidos",
        "it filled the context of {} tokens that was asked for":
            "llenó el contexto de {} tokens que se pidió",
        "too many open files": "demasiados archivos abiertos",
        "unknown host": "máquina desconocida",
        "no connection": "sin conexión",
        // Settings and measurements.
        "a “[” that is followed by no table's name":
            "un «[» al que no sigue el nombre de una tabla",
        "{} pairs are judged twice: the last gain counts.":
            "{} pares se juzgan dos veces: cuenta la última ganancia.",
        "{} judged queries are not in queries.jsonl: {}, …":
            "{} consultas juzgadas no están en queries.jsonl: {}, …",
        "{} judged documents are not in corpus.jsonl: {}, …":
            "{} documentos juzgados no están en corpus.jsonl: {}, …",
        "the file is empty: save the run again.":
            "el archivo está vacío: guarda la prueba de nuevo.",
        "cannot read {}: check that it exists and that you may read it.":
            "no se puede leer {}: comprueba que existe y que puedes leerlo.",
        """
        no {} in {}: a labeled set has corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv).
        """:
            """
        falta {} en {}: un conjunto etiquetado tiene corpus.jsonl, queries.jsonl y qrels.tsv (o \
        qrels/test.tsv).
        """,
        "unknown metric “{}”: use ndcg@10, mrr@10, hit@5, recall@100, precision@5 or map.":
            "métrica desconocida «{}»: usa ndcg@10, mrr@10, hit@5, recall@100, precision@5 o map.",
        "“{}” is no bar: write, for example, “ndcg@10 < 0.9” or “hybrid: mrr@10 < 0.85”.":
            "«{}» no es un límite: escribe, por ejemplo, «ndcg@10 < 0.9» o «hybrid: mrr@10 < 0.85».",
        "no query in {} has a relevant document: nothing can be measured.":
            "ninguna consulta de {} tiene un documento relevante: no hay nada que medir.",
        "not a PDF inside": "por dentro no es un PDF",
        // What files are.
        "a PostScript program": "un programa PostScript",
        "a PostScript picture": "una imagen PostScript",
        "an SVG picture": "una imagen SVG",
        "a key or certificate": "una clave o un certificado",
        "a lock file": "un archivo de bloqueo",
        "a source map": "un mapa de código",
        "a 7z archive": "un archivo 7z",
        "a FLAC recording": "una grabación FLAC",
        "a GGUF model": "un modelo GGUF",
        "a GIF image": "una imagen GIF",
        "a JPEG image": "una imagen JPEG",
        "a Java class or a Mach-O program": "una clase de Java o un programa Mach-O",
        "a Mach-O program": "un programa Mach-O",
        "a Matroska or WebM video": "un vídeo Matroska o WebM",
        "a PDF document": "un documento PDF",
        "a PNG image": "una imagen PNG",
        "a WebAssembly module": "un módulo de WebAssembly",
        "a WebP image": "una imagen WebP",
        "a font": "un tipo de letra",
        "a rar archive": "un archivo rar",
        "a tar archive": "un archivo tar",
        "an MP3 recording": "una grabación MP3",
        "an MP4 or HEIC file": "un archivo MP4 o HEIC",
        "an Ogg recording": "una grabación Ogg",
        "an SQLite database": "una base de datos SQLite",
        "an archive of object files": "un archivo de código objeto",
        // The system's words.
        "Stale file handle": "archivo de red caducado",
        "Operation not permitted": "operación no permitida",
        "No such device or address": "no existe ese dispositivo o dirección",
        "No such device": "no existe ese dispositivo",
        "Device or resource busy": "dispositivo o recurso ocupado",
        "Invalid argument": "argumento no válido",
        "Too many levels of symbolic links": "demasiados enlaces simbólicos seguidos",
        "No locks available": "no quedan bloqueos",
        "Function not implemented": "función no disponible en este sistema",
        "Operation not supported": "operación no admitida",
        "Connection timed out": "la conexión ha tardado demasiado",
        "Connection refused": "conexión rechazada",
        "Too many open files in system": "demasiados archivos abiertos en el sistema",
        "Text file busy": "archivo de programa en uso",
        "Resource temporarily unavailable": "recurso no disponible por ahora",
        "Interrupted system call": "llamada al sistema interrumpida",
        "Directory not empty": "la carpeta no está vacía",
        "Invalid cross-device link": "enlace entre sistemas de archivos distintos",
        "Broken pipe": "tubería rota",
        "Connection reset by peer": "el otro extremo cortó la conexión",
        "Address already in use": "dirección ya en uso",
        "Bad file descriptor": "descriptor de archivo no válido",
        "No route to host": "no hay ruta hasta la máquina",
        "Network is unreachable": "la red no es accesible",
        "Structure needs cleaning": "el sistema de archivos necesita reparación",
        "Remote I/O error": "error de entrada/salida remoto",
        "Value too large for defined data type": "valor demasiado grande",
        "Protocol error": "error de protocolo",
        "Transport endpoint is not connected": "el sistema de archivos no está conectado",
        "Host is down": "la máquina está apagada",
    ]
}

/// The help of what many commands have in common.
extension SpanishMessages {
    static let helpOptions: [String: String] = [
        "How many passages the answer may draw on.":
            "En cuántos pasajes puede basarse la respuesta.",
        "hybrid, keyword or vector.":
            "hybrid (ambos), keyword (palabras) o vector (significado).",
        """
        Refuse when the risk that the documents do not answer is seen as larger, 0 to 1: small \
        for few and sure answers. Default: {}; {} before a language model is asked, which \
        judges for itself.
        """:
            """
        No responder si el riesgo de que los documentos no respondan parece mayor, de 0 a \
        1: pequeño para pocas respuestas y seguras. Por omisión: {}; {} antes de preguntar \
        a un modelo de lenguaje, que juzga por sí mismo.
        """,
        "risk":
            "riesgo",
        "How often the model may search again.":
            "Cuántas veces puede volver a buscar el modelo.",
        "n":
            "n",
        "Tokens of all passages that are sent together.":
            "Tokens de todos los pasajes que se envían juntos.",
        "Drop what has no passing quotation, or show it last and marked as unsupported.":
            """
        Quita lo que no tiene una cita comprobada, o lo muestra al final y señalado como \
        sin respaldo.
        """,
        "Do not keep the answer in the library.":
            "No guardar la respuesta en la biblioteca.",
        "Show no claim before all are checked.":
            "No mostrar ninguna afirmación antes de que todas estén comprobadas.",
        """
        The library: a file, or postgresql://HOST/DATABASE?schema=NAME. Default: the nearest \
        .vecino/library.db, upwards from here.
        """:
            """
        La biblioteca: un archivo, o postgresql://HOST/BASE?schema=NOMBRE. Por omisión: el \
        .vecino/library.db más cercano, subiendo desde aquí.
        """,
        """
        The embedding model: an installed one's name or folder, or {}. Default: the library's \
        own.
        """:
            """
        El modelo de vectores: el nombre o la carpeta de uno instalado, o {}. Por omisión: \
        el de la biblioteca.
        """,
        "model":
            "modelo",
        "The server of a provider's model, if not the usual one.":
            "El servidor del modelo de un proveedor, si no es el habitual.",
        "url":
            "url",
        """
        Only documents whose path matches: a glob, or a path as results show it; may be \
        repeated.
        """:
            """
        Solo documentos cuya ruta coincida: un patrón, o una ruta como la muestran los \
        resultados; se puede repetir.
        """,
        """
        Only documents whose front matter fulfills this, such as author=Ana, year>=2024, \
        tags=solar, language=es; may be repeated, all must hold.
        """:
            """
        Solo documentos cuyos datos iniciales cumplan esto, como author=Ana, year>=2024, \
        tags=solar, language=es; se puede repetir, y debe cumplirse todo.
        """,
        "expr":
            "expr",
        "Only documents of this day or later: 2024-06-01, 2024-6, \"June 2024\", \"last week\".":
            """
        Solo documentos de este día o posteriores: 2024-06-01, 2024-6, "June 2024", "last \
        week".
        """,
        "date":
            "fecha",
        "Only documents of this day or before.":
            "Solo documentos de este día o anteriores.",
        """
        Connect to nothing, servers on this machine included, whatever is configured; what \
        cannot be done without says so, with status 4. VECINO_OFFLINE=1 does the same.
        """:
            """
        No conectar con nada, tampoco con servidores de este ordenador, sea cual sea la \
        configuración; lo que no se puede hacer así lo dice, con estado 4. \
        VECINO_OFFLINE=1 hace lo mismo.
        """,
        "Color and links in the output: auto (on a terminal), always or never.":
            """
        Color y enlaces en la salida: auto (en un terminal), always (siempre) o never \
        (nunca).
        """,
        "when":
            "cuándo",
        """
        {}, local (a server on this machine) or local:NAME, NAME with --base-url, or none. \
        Default: the provider whose key is set, else none.
        """:
            """
        {}, local (un servidor de este ordenador) o local:NOMBRE, NOMBRE con --base-url, o \
        none. Por omisión: el proveedor cuya clave está definida; si no, ninguno.
        """,
        """
        The server that has the model, such as http://127.0.0.1:8080/v1. A provider's key does \
        not go there.
        """:
            """
        El servidor que tiene el modelo, como http://127.0.0.1:8080/v1. La clave de un \
        proveedor no va allí.
        """,
        "The environment variable, or line of the key file, whose key goes to --base-url.":
            """
        La variable de entorno, o la línea del archivo de claves, cuya clave va a \
        --base-url.
        """,
        "variable":
            "variable",
        "Quote the best sentences; use no language model.":
            "Cita las mejores frases; no usa ningún modelo de lenguaje.",
        "0 for the likeliest words, up to 2.":
            "0 para las palabras más probables, hasta 2.",
        "Draw from the likeliest words that together have this probability.":
            "Elige entre las palabras más probables que juntas tienen esta probabilidad.",
        "Draw from so many likeliest words.":
            "Elige entre tantas palabras, las más probables.",
        "Tokens of the longest reply.":
            "Tokens de la respuesta más larga.",
        "Makes replies repeatable, where the provider can.":
            "Hace repetibles las respuestas, donde el proveedor puede.",
        """
        What a question may take: tokens, money and time, such as 2000tokens,0.02$,1500ms. \
        Money needs the model's price in your settings.
        """:
            """
        Lo que puede gastar una pregunta: tokens, dinero y tiempo, como \
        2000tokens,0.02$,1500ms. El dinero necesita el precio del modelo en tu \
        configuración.
        """,
        "amounts":
            "cantidades",
        """
        How the model is asked: numbered (it chooses among numbered sentences, which small \
        models can), quotations (it quotes), or automatic: by the size that its name tells.
        """:
            """
        Cómo se pregunta al modelo: numbered (elige entre frases numeradas, que los modelos \
        pequeños pueden), quotations (cita), o automatic: por el tamaño que dice su nombre.
        """,
        "form":
            "forma",
        """
        Look at the first 20 passages again: late (the library's own model, token by token), \
        or a cross-encoder's name or folder; none overrules `vecino tune`.
        """:
            """
        Mira otra vez los primeros 20 pasajes: late (el modelo de la biblioteca, token por \
        token), o el nombre o la carpeta de un cross-encoder; none anula lo que eligió \
        `vecino tune`.
        """,
        "how":
            "cómo",
        "How many passages the answer may draw on. Default: 5 for a language model, else {}.":
            """
        En cuántos pasajes puede basarse la respuesta. Por omisión: 5 para un modelo de \
        lenguaje; si no, {}.
        """,
        "passages":
            "pasajes",
    ]
}

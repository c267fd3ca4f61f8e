/// The help of checking answers, pinning them, asking why something was not found, and ordering passages.
extension SpanishMessages {
    static let helpChecks: [String: String] = [
        "Look whether saved answers still stand, or ask pinned questions again.":
            "Mira si las respuestas guardadas siguen en pie, o repite las preguntas fijadas.",
        """
        Each quotation of a saved answer is looked up again: supported (it stands in its \
        document), moved (word for word in another document), changed (its document says it \
        in other words now), vanished.

        With --ask the questions that `vecino answers pin` keeps are asked again: same, \
        reworded (the same quotations, said otherwise), moved (the same words from another \
        document), changed (other quotations), refused, answered, failed. Those that were \
        answered without a language model are asked without one; the others go to the model \
        that `vecino ask` would take.

        The exit status is 1 when an answer has lost its support, or a pinned one is not \
        what it was. Index first, so that the library knows the documents as they are.

        EXAMPLES
          vecino index Notes && vecino check
          vecino check 12
          vecino check --json
          vecino check --ask                         all pinned questions
          vecino check --ask 2 3                     these of `vecino answers pins`
          vecino check --ask --junit report.xml      for CI
          vecino check --ask -m local                by this model, where one was asked
        """:
            """
        Cada cita de una respuesta guardada se busca otra vez: supported (está en su \
        documento), moved (palabra por palabra en otro documento), changed (su documento lo \
        dice ahora con otras palabras), vanished (ya no está).

        Con --ask se hacen otra vez las preguntas que guarda `vecino answers pin`: same \
        (igual), reworded (las mismas citas, dichas de otro modo), moved (las mismas \
        palabras de otro documento), changed (otras citas), refused (ya no se responde), \
        answered (ahora sí), failed (no se pudo). Las que se respondieron sin modelo de \
        lenguaje se hacen sin él; las demás van al modelo que tomaría `vecino ask`.

        El estado de salida es 1 si una respuesta ha perdido su respaldo, o si una fijada ya \
        no es la que era. Indexa antes, para que la biblioteca conozca los documentos como \
        están.

        EJEMPLOS
          vecino index Notas && vecino check
          vecino check 12
          vecino check --json
          vecino check --ask                         todas las preguntas fijadas
          vecino check --ask 2 3                     estas de `vecino answers pins`
          vecino check --ask --junit informe.xml     para la integración continua
          vecino check --ask -m local                con este modelo, donde hubo uno
        """,
        "The numbers of the answers, or with --ask of the pins; all if there are none.":
            "Los números de las respuestas, o con --ask de las fijadas; todas si no hay ninguno.",
        "Ask the pinned questions again and report what changed.":
            "Hace otra vez las preguntas fijadas y dice qué ha cambiado.",
        "Write a report as JUnit XML.":
            "Escribe un informe en JUnit XML.",
        """
        The file of expectations, one a line. Default: .vecino/pinned.jsonl beside the \
        library.
        """:
            """
        El archivo de lo que se espera, una respuesta por línea. Por omisión: \
        .vecino/pinned.jsonl junto a la biblioteca.
        """,
        "Keep question, answer and sources as an expectation.":
            "Fija una pregunta con su respuesta y sus fuentes como lo que se espera.",
        """
        `vecino check --ask` asks pinned questions again and reports what changed. \
        Expectations are lines of a file that can be kept with the documents, and paths in \
        it are written from the library's folder on. A question that is pinned again takes \
        the place of its first pin. Name the options that the question was asked with, as \
        they are kept with it.

        EXAMPLES
          vecino answers pin                       the newest answer
          vecino answers pin 12 13
          vecino answers pin 12 --path 'notes/**'  asked with that filter again
          vecino answers pin 12 --pins tests/answers.jsonl
        """:
            """
        `vecino check --ask` hace otra vez las preguntas fijadas y dice qué ha cambiado. Lo \
        que se espera son líneas de un archivo que se puede guardar con los documentos, y \
        sus rutas se escriben desde la carpeta de la biblioteca. Una pregunta que se fija \
        otra vez ocupa el lugar de la primera. Da las opciones con que se hizo la pregunta, \
        porque se guardan con ella.

        EJEMPLOS
          vecino answers pin                       la respuesta más reciente
          vecino answers pin 12 13
          vecino answers pin 12 --path 'notas/**'  se repite con ese filtro
          vecino answers pin 12 --pins pruebas/respuestas.jsonl
        """,
        "The numbers of the answers; the newest if there are none.":
            "Los números de las respuestas; la más reciente si no hay ninguno.",
        "The largest risk that is answered, 0 to 1.":
            "El mayor riesgo con que se responde, de 0 a 1.",
        "List the pinned answers.":
            "Enumera las respuestas fijadas.",
        """
        EXAMPLES
          vecino answers pins
          vecino answers pins --json
        """:
            """
        EJEMPLOS
          vecino answers pins
          vecino answers pins --json
        """,
        "Expect pinned answers no more.":
            "Deja de esperar respuestas fijadas.",
        """
        EXAMPLES
          vecino answers unpin 1 3
          vecino answers unpin --all
        """:
            """
        EJEMPLOS
          vecino answers unpin 1 3
          vecino answers unpin --all
        """,
        "The numbers that `vecino answers pins` shows.":
            "Los números que muestra `vecino answers pins`.",
        "Say why a passage or document was not quoted for a question, or not found.":
            "Dice por qué un pasaje o un documento no se citó para una pregunta, o no se encontró.",
        """
        Follows what you expected through every stage: whether the library holds it, the \
        filters, the words, the vectors, both together, languages, duplicates, the room for \
        passages, the risk, and the weighing of sentences. Then it tries what would bring it \
        up, and says what did. No language model is asked. The exit status is 0 when it is \
        found or quoted, 1 when it is not.

        EXAMPLES
          vecino why-not notes/lease.md "when is the lease renewed?"
          vecino why-not 42 "when is the lease renewed?"    passage 42
          vecino why-not notes/lease.md:20 "…"              what stands at line 20
          vecino why-not "renewed every year in March" "…"  the passage with these words
          vecino why-not --search notes/lease.md "lease"    why a search misses it
          vecino why-not --search --where language=es notes/lease.md "lease"
          vecino why-not --json notes/lease.md "…"
        """:
            """
        Sigue lo que esperabas por cada etapa: si la biblioteca lo tiene, los filtros, las \
        palabras, los vectores, ambos juntos, los idiomas, los casi iguales, el sitio para \
        pasajes, el riesgo y la comparación de frases. Después prueba qué lo haría aparecer, \
        y dice qué lo ha conseguido. No se pregunta a ningún modelo de lenguaje. El estado \
        de salida es 0 si se encuentra o se cita, 1 si no.

        EJEMPLOS
          vecino why-not notas/contrato.md "¿cuándo se renueva?"
          vecino why-not 42 "¿cuándo se renueva?"           el pasaje 42
          vecino why-not notas/contrato.md:20 "…"           lo que hay en la línea 20
          vecino why-not "se renueva en marzo" "…"          el pasaje con estas palabras
          vecino why-not --search notas/contrato.md "pago"  por qué no se encuentra
          vecino why-not --search --where language=es notas/contrato.md "pago"
          vecino why-not --json notas/contrato.md "…"
        """,
        "A passage's number, a document's path, PATH:LINE, or words of a passage.":
            "El número de un pasaje, la ruta de un documento, RUTA:LÍNEA, o palabras de un pasaje.",
        "The question, or what was searched for.":
            "La pregunta, o lo que se buscó.",
        "Follow a search rather than an answer.":
            "Sigue una búsqueda, no una respuesta.",
        "How many hits the search shows. Default: 10.":
            "Cuántos resultados muestra la búsqueda. Por omisión: 10.",
        "Show passages that say nearly the same as hits of their own.":
            "Muestra los pasajes que dicen casi lo mismo como resultados propios.",
        "The risk above which the question is refused, 0 to 1.":
            "El riesgo desde el que no se responde, de 0 a 1.",
        "Order passages of any origin by how well they answer a query.":
            "Ordena pasajes de cualquier origen por lo bien que responden a una consulta.",
        """
        MODEL is a cross-encoder of this machine (`vecino model list`), by its name or \
        folder, or late, which compares token by token with an embedding model. Each line of \
        the files, or of standard input, is a passage; with --whole each file is one. No \
        library is needed.

        Scores of a cross-encoder go from 0 to 1; those of late are mean similarities of the \
        query's words. `index` in the output counts the passages from 0, empty lines left \
        out.

        EXAMPLES
          vecino rerank ms-marco-MiniLM-L6-v2 "who pays for repairs" passages.txt
          grep -rh lease notes/ | vecino rerank late "when does the lease end" -n 3
          vecino rerank late "annual fee" --whole --json letters/*.txt | jq -r '.results[0].path'
        """:
            """
        MODELO es un cross-encoder de este ordenador (`vecino model list`), por su nombre o \
        su carpeta, o late, que compara token por token con un modelo de vectores. Cada \
        línea de los archivos, o de la entrada estándar, es un pasaje; con --whole lo es \
        cada archivo. No hace falta una biblioteca.

        Las puntuaciones de un cross-encoder van de 0 a 1; las de late son parecidos medios \
        de las palabras de la consulta. `index` cuenta en la salida los pasajes desde 0, sin \
        las líneas vacías.

        EJEMPLOS
          vecino rerank ms-marco-MiniLM-L6-v2 "quién paga las reparaciones" pasajes.txt
          grep -rh contrato notas/ | vecino rerank late "cuándo termina" -n 3
          vecino rerank late "cuota" --whole --json cartas/*.txt | jq -r '.results[0].path'
        """,
        "A cross-encoder's name or folder, or late.":
            "El nombre o la carpeta de un cross-encoder, o late.",
        "What the passages should answer.":
            "Qué deberían responder los pasajes.",
        "Where the passages are. Default: standard input.":
            "Dónde están los pasajes. Por omisión: la entrada estándar.",
        "How many passages to show. Default: all.":
            "Cuántos pasajes mostrar. Por omisión: todos.",
        "Each file is one passage.":
            "Cada archivo es un pasaje.",
        "The embedding model for late. Default: that of new libraries.":
            "El modelo de vectores para late. Por omisión: el de las bibliotecas nuevas.",
    ]
}

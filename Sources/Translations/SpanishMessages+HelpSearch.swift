/// The help of searching and asking.
extension SpanishMessages {
    static let helpSearch: [String: String] = [
        "Answer a question from your documents, with quotations that were checked.":
            "Responde a una pregunta con tus documentos, con citas comprobadas.",
        """
        Every claim rests on a quotation that stands word for word in a document, or it is not \
        shown. What your documents do not say is answered with “not in your documents”.

        With the key of a provider set ({}, in the environment or in the file \
        ~/.config/vecino/keys, mode 600), that provider writes the answer from the passages \
        found; without a key, or with --no-llm, the best sentences are quoted and nothing \
        leaves this machine. A key goes to its provider's own server only.

        EXAMPLES
          vecino ask "¿Cuándo abre el taller?"
          vecino ask --no-llm "How do I renew the lease?"
          vecino ask --max-risk 0.2 "…"         only an answer that is very likely right
          vecino ask -m gemini:gemini-3.8-flash "What did we decide about the roof?"
          vecino ask -m local "…"               whichever server runs on this machine
          vecino ask -m local --steps 2 "…"     the model may search again, twice
          vecino ask --continue "And who pays?" goes on from the last answer
          vecino ask --base-url http://127.0.0.1:8080/v1 -m local-model "…"
          vecino ask --show-prompt "…"          what would be sent, sending nothing
          vecino ask --dry-run "…"              whom it would go to, sending nothing
          vecino ask --no-context "…"           what the model says without documents
          vecino ask --compare -m local "…"     the model alone, documents alone, both
          vecino ask --budget 2000tokens,3s "…" no more than that; 0.02$ bounds the cost
        """:
            """
        Cada afirmación se apoya en una cita que está palabra por palabra en un documento, \
        o no se muestra. Lo que tus documentos no dicen se responde con «no está en tus \
        documentos».

        Si la clave de un proveedor está definida ({}, en el entorno o en el archivo \
        ~/.config/vecino/keys, modo 600), ese proveedor escribe la respuesta con los \
        pasajes encontrados; sin clave, o con --no-llm, se citan las mejores frases y nada \
        sale de este ordenador. Una clave solo va al servidor de su proveedor.

        EJEMPLOS
          vecino ask "¿Cuándo abre el taller?"
          vecino ask --no-llm "¿Cómo se renueva el contrato?"
          vecino ask --max-risk 0.2 "…"         solo una respuesta casi segura
          vecino ask -m gemini:gemini-3.8-flash "¿Qué se decidió sobre el tejado?"
          vecino ask -m local "…"               el servidor que haya en este ordenador
          vecino ask -m local --steps 2 "…"     el modelo puede buscar dos veces más
          vecino ask --continue "¿Y quién paga?" sigue desde la última respuesta
          vecino ask --base-url http://127.0.0.1:8080/v1 -m modelo-local "…"
          vecino ask --show-prompt "…"          lo que se enviaría, sin enviar nada
          vecino ask --dry-run "…"              a quién iría, sin enviar nada
          vecino ask --no-context "…"           lo que dice el modelo sin documentos
          vecino ask --compare -m local "…"     el modelo solo, los documentos, ambos
          vecino ask --budget 2000tokens,3s "…" nada más que eso; 0.02$ limita el coste
        """,
        "The question, in any language.":
            "La pregunta, en cualquier idioma.",
        "Language model":
            "Modelo de lenguaje",
        "Go on from the last answer: the question may lean on it.":
            "Sigue desde la última respuesta: la pregunta puede apoyarse en ella.",
        "Ask the model alone, without your documents.":
            "Pregunta al modelo solo, sin tus documentos.",
        "Print what would be sent, and send nothing.":
            "Muestra lo que se enviaría, y no envía nada.",
        "Say what would be sent to whom, and send nothing.":
            "Dice qué se enviaría y a quién, y no envía nada.",
        "Print as JSON.":
            "Muestra JSON.",
        "Filters":
            "Filtros",
        "Network":
            "Red",
        "Ask one question after another; each may lean on those before.":
            "Haz una pregunta tras otra; cada una puede apoyarse en las anteriores.",
        """
        A line is a question. A question such as “And on Saturdays?” is made to stand alone \
        before the documents are searched: by the language model, or without one by the \
        question before it.

          /sources       the passages of the last answer, whole
          /why           what spoke for it, what was searched and what was refused
          /rate +1       it was good; -1 for bad
          /save FILE     the conversation so far as Markdown
          /new           forget what was said
          /quit          or Ctrl-D

        On a terminal, the arrows move in the line and through earlier questions, Ctrl-R looks \
        for one, Tab completes a command, and Alt-Enter or a backslash at the end begins \
        another line of the same question. Ctrl-C stops an answer, or drops the line, and not \
        the talk.

        EXAMPLES
          vecino chat
          vecino chat -m local
          printf '¿Cuándo abre el taller?\\n¿Y los sábados?\\n' | vecino chat --no-llm
        """:
            """
        Una línea es una pregunta. Una pregunta como «¿Y los sábados?» se completa antes \
        de buscar en los documentos: con el modelo de lenguaje, o sin él con la pregunta \
        anterior.

          /sources       los pasajes de la última respuesta, enteros
          /why           qué la apoyaba, qué se buscó y qué se rechazó
          /rate +1       fue buena; -1 si fue mala
          /save ARCHIVO  la conversación hasta ahora, como Markdown
          /new           olvida lo dicho
          /quit          o Ctrl-D

        En un terminal, las flechas se mueven por la línea y por las preguntas anteriores, \
        Ctrl-R busca una, el tabulador completa una orden, y Alt-Intro o una barra \
        invertida al final empieza otra línea de la misma pregunta. Ctrl-C para una \
        respuesta, o deja la línea, y no termina la conversación.

        EJEMPLOS
          vecino chat
          vecino chat -m local
          printf '¿Cuándo abre el taller?\\n¿Y los sábados?\\n' | vecino chat --no-llm
        """,
        "Print a passage or a document as the library holds it.":
            "Muestra un pasaje o un documento como lo tiene la biblioteca.",
        """
        EXAMPLES
          vecino get 42                     passage 42, as numbered by `vecino search`
          vecino get notes/lease.md         a whole document
          vecino get notes/lease.md:20      what stands at line 20
          vecino get notes/lease.md:20:15   what stands in the 15 lines from 20 on
        """:
            """
        EJEMPLOS
          vecino get 42                     el pasaje 42, como lo numera `vecino search`
          vecino get notas/contrato.md      un documento entero
          vecino get notas/contrato.md:20   lo que hay en la línea 20
          vecino get notas/contrato.md:20:15 lo que hay en 15 líneas desde la 20
        """,
        "REF[:from[:count]]: a passage's number or a document's path, and lines of it.":
            """
        REF[:desde[:cuántas]]: el número de un pasaje o la ruta de un documento, y líneas \
        de él.
        """,
        "Find the passages nearest in meaning to one of the library's.":
            "Busca los pasajes de significado más cercano a uno de la biblioteca.",
        """
        With --duplicates: the groups of passages that say nearly the same in nearly the same \
        words, as copies and versions of a document do.

        EXAMPLES
          vecino similar 42
          vecino similar notes/lease.md:20 --others -n 5
          vecino similar --duplicates
        """:
            """
        Con --duplicates: los grupos de pasajes que dicen casi lo mismo con casi las \
        mismas palabras, como las copias y las versiones de un documento.

        EJEMPLOS
          vecino similar 42
          vecino similar notas/contrato.md:20 --others -n 5
          vecino similar --duplicates
        """,
        "A passage's number, or PATH:LINE.":
            "El número de un pasaje, o RUTA:LÍNEA.",
        "How many hits, or groups, to show.":
            "Cuántos resultados, o grupos, mostrar.",
        "Only passages of other documents.":
            "Solo pasajes de otros documentos.",
        "List groups of near-duplicates instead.":
            "Enumera en cambio los grupos de casi iguales.",
        "text, json, jsonl, csv, md or files.":
            "text, json, jsonl, csv, md o files.",
        "The same as --format json.":
            "Lo mismo que --format json.",
        "List the documents of the library.":
            "Enumera los documentos de la biblioteca.",
        """
        EXAMPLES
          vecino ls
          vecino ls --path '*.md' --where language=es
        """:
            """
        EJEMPLOS
          vecino ls
          vecino ls --path '*.md' --where language=es
        """,
        "With language, format, date and title.":
            "Con idioma, formato, fecha y título.",
        "Take documents or whole collections out of the library.":
            "Retira documentos o carpetas enteras de la biblioteca.",
        """
        Your files are not touched. What still stands in an indexed folder comes back with the \
        next `vecino index`; to keep it out, name it in .vecinoignore or with --exclude.

        EXAMPLES
          vecino rm notes/old.md
          vecino rm ~/Papers              a collection, by its root
        """:
            """
        Tus archivos no se tocan. Lo que sigue en una carpeta indexada vuelve con el \
        próximo `vecino index`; para que no entre, nómbralo en .vecinoignore o con \
        --exclude.

        EJEMPLOS
          vecino rm notas/viejo.md
          vecino rm ~/Papeles             una carpeta indexada, por su raíz
        """,
        "Documents by path, or collections by their root.":
            "Documentos por su ruta, o carpetas indexadas por su raíz.",
        "Say what would go, and do nothing.":
            "Dice qué se retiraría, y no hace nada.",
        "List, show, rate, pin or forget the answers that the library keeps.":
            "Enumera, muestra, valora, fija u olvida las respuestas que guarda la biblioteca.",
        """
        EXAMPLES
          vecino answers                  the newest ones, a line each
          vecino answers show 12          one, with its quotations
          vecino answers rate 12 +1       it was good; -1 for bad, 0 for neither
          vecino answers rm 12 13         forget these
          vecino answers pin 12           expect this answer; `check --ask` asks again
          vecino answers pins             what is expected
          vecino answers unpin 1          expect it no more
        """:
            """
        EJEMPLOS
          vecino answers                  las más recientes, una por línea
          vecino answers show 12          una, con sus citas
          vecino answers rate 12 +1       fue buena; -1 mala, 0 ni lo uno ni lo otro
          vecino answers rm 12 13         olvida estas
          vecino answers pin 12           espera esta; `check --ask` pregunta otra vez
          vecino answers pins             qué se espera
          vecino answers unpin 1          deja de esperarla
        """,
        "List the newest answers, the newest last.":
            "Enumera las respuestas más recientes, la última al final.",
        "How many to list.":
            "Cuántas enumerar.",
        "Show an answer again, as it was given.":
            "Muestra otra vez una respuesta, como se dio.",
        "The answer's number.":
            "El número de la respuesta.",
        "Say what you think of an answer: +1, -1, or 0 for nothing.":
            "Di qué te parece una respuesta: +1, -1, o 0 para nada.",
        "The answer's number, and +1, -1 or 0.":
            "El número de la respuesta, y +1, -1 o 0.",
        "Forget answers.":
            "Olvida respuestas.",
        "The numbers of the answers.":
            "Los números de las respuestas.",
        "All of them.":
            "Todas.",
        "Show what was asked: answers, refusals, tokens, cost, latency, ratings.":
            """
        Muestra qué se preguntó: respuestas, negativas, tokens, coste, tiempos, \
        valoraciones.
        """,
        """
        Costs are reckoned from prices in your settings, ~/.config/vecino/config.toml, in any \
        currency, for a million tokens:

          [prices]
          "openai:gpt-4.1-mini" = { prompt = 0.40, reply = 1.60 }

        EXAMPLES
          vecino stats
          vecino stats --json
        """:
            """
        Los costes se calculan con los precios de tu configuración, \
        ~/.config/vecino/config.toml, en cualquier moneda, por millón de tokens:

          [prices]
          "openai:gpt-4.1-mini" = { prompt = 0.40, reply = 1.60 }

        EJEMPLOS
          vecino stats
          vecino stats --json
        """,
        "Find passages by meaning and by words.":
            "Busca pasajes por significado y por palabras.",
        """
        EXAMPLES
          vecino search "how do I renew the lease"
          vecino search -n 3 --per-doc 1 "tarifa de socios"
          vecino search --mode keyword CVE-2024-3094
          vecino search '"annual general meeting" minut* -draft'
          vecino search --where language=es --since 2024 "acta de la asamblea"
          vecino search --rerank late "who has to pay for a broken boiler"
          vecino search --format files "solar" | xargs -d '\\n' ls -l
          vecino search --json "battery" | jq -r '.hits[].path'

        Words "in quotes" have to stand in the passage in that order (within a sentence they \
        only count more), a word or phrase after a minus must not, and an asterisk stands for \
        any ending. title:word, heading:, author:, tag:, path: and since: name where; OR, AND \
        and parentheses join.

        The first column of the text output is the number that `vecino get` and `vecino \
        similar` take.
        """:
            """
        EJEMPLOS
          vecino search "cómo se renueva el contrato"
          vecino search -n 3 --per-doc 1 "tarifa de socios"
          vecino search --mode keyword CVE-2024-3094
          vecino search '"asamblea general" acta* -borrador'
          vecino search --where language=es --since 2024 "acta de la asamblea"
          vecino search --rerank late "quién paga una caldera rota"
          vecino search --format files "solar" | xargs -d '\\n' ls -l
          vecino search --json "batería" | jq -r '.hits[].path'

        Las palabras "entre comillas" tienen que estar en el pasaje en ese orden (dentro \
        de una frase solo cuentan más), una palabra o frase tras un signo menos no puede \
        estar, y un asterisco vale por cualquier terminación. title:palabra, heading:, \
        author:, tag:, path: y since: dicen dónde; OR, AND y los paréntesis unen.

        La primera columna de la salida de texto es el número que toman `vecino get` y \
        `vecino similar`.
        """,
        "What to look for, in any language.":
            "Qué buscar, en cualquier idioma.",
        "How many hits to show.":
            "Cuántos resultados mostrar.",
        "At most this many hits of one document.":
            "Como mucho tantos resultados de un documento.",
        "How much hits should differ from each other: 0 (not at all) to 1.":
            "Cuánto deben diferir los resultados entre sí: de 0 (nada) a 1.",
        "share":
            "parte",
        "Show passages that say nearly the same as hits of their own, not only their number.":
            """
        Muestra los pasajes que dicen casi lo mismo como resultados propios, no solo su \
        número.
        """,
        "Show each side's rank and score, and the time of each stage.":
            "Muestra el puesto y la puntuación de cada lado, y el tiempo de cada etapa.",
        """
        Ask three times: the model alone, the model with your documents, your documents \
        alone. Shows the answers side by side, with tokens and cost, and where they differ.
        """:
            """
        Pregunta tres veces: al modelo solo, al modelo con tus documentos, a tus documentos \
        solos. Muestra las respuestas una al lado de otra, con tokens y coste, y en qué \
        difieren.
        """,
    ]
}

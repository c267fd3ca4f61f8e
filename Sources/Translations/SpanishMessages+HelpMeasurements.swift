/// The help of measuring.
extension SpanishMessages {
    static let helpMeasurements: [String: String] = [
        "Measure how fast searches answer on your own library.":
            "Mide lo rápido que responden las búsquedas en tu biblioteca.",
        """
        Queries come from --queries, one a line, or are made from the library's own passages. \
        Every mode answers all of them, after a warm-up of 10; the query's embedding is part \
        of the time. Cold figures are those of whole new processes, from start to exit, the \
        file being in the system's cache. --html adds what wider walks of the vectors' graph \
        find and cost; a library without a graph gets one in memory if it is small, or with \
        --recall.

        EXAMPLES
          vecino bench
          vecino bench --queries questions.txt --html report.html
          vecino bench --cold 20
          vecino bench --mode hybrid -n 500 --concurrency 2 --json

        With --vectors the index alone is measured, on vectors of a file, without a library:
          vecino bench --vectors a.fvecs --vector-queries b.fvecs --svg recall.svg
          vecino bench --vectors embeddings.npy --metric cosine --ef 32,64,128
        """:
            """
        Las consultas vienen de --queries, una por línea, o se hacen con pasajes de la \
        propia biblioteca. Cada modo las responde todas, tras un calentamiento de 10; el \
        vector de la consulta cuenta en el tiempo. Las cifras en frío son de procesos \
        nuevos enteros, del comienzo al fin, con el archivo en la caché del sistema. \
        --html añade lo que encuentran y cuestan recorridos más amplios del grafo de \
        vectores; una biblioteca sin grafo recibe uno en memoria si es pequeña, o con \
        --recall.

        EJEMPLOS
          vecino bench
          vecino bench --queries preguntas.txt --html informe.html
          vecino bench --cold 20
          vecino bench --mode hybrid -n 500 --concurrency 2 --json

        Con --vectors se mide solo el índice, con vectores de un archivo, sin biblioteca:
          vecino bench --vectors a.fvecs --vector-queries b.fvecs --svg recall.svg
          vecino bench --vectors embeddings.npy --metric cosine --ef 32,64,128
        """,
        "A file with one query a line.":
            "Un archivo con una consulta por línea.",
        "file":
            "archivo",
        "How many queries to make from the library.":
            "Cuántas consultas hacer con la biblioteca.",
        "Only this mode: hybrid, keyword or vector; may be repeated.":
            "Solo este modo: hybrid, keyword o vector; se puede repetir.",
        "Searches at the same time.":
            "Búsquedas al mismo tiempo.",
        "New processes to time in each mode.":
            "Procesos nuevos que cronometrar en cada modo.",
        "Measure recall and time over ef, too.":
            "Mide también la exhaustividad y el tiempo según ef.",
        "Write a report with plots.":
            "Escribe un informe con gráficos.",
        "Write the plot.":
            "Escribe el gráfico.",
        "Vectors":
            "Vectores",
        "Measure answers and refusals: how often right, how often rightly refused.":
            "Mide respuestas y negativas: cuántas aciertan, cuántas están justificadas.",
        """
        Each labeled question is asked twice: with all documents, and with those that answer \
        it left out, when the right thing to do is to refuse. Questions that are labeled as \
        answered by nothing are asked once. The table shows, for bounds on the risk as \
        --max-risk of ask takes them, what share is answered and how much of that is wrong.

        With -m each question is asked without a model as well, and a warning says when the \
        model answers fewer of them rightly.

        With "quotation" or "answer" in a question's line, an answer is right if its first \
        quotation has it; without one, if that is from a document that answers.

        EXAMPLES
          vecino eval answers questions.jsonl
          vecino eval answers sets/xquad --limit 200 --svg curve.svg
          vecino eval answers sets/xquad --reliability reliability.svg
          vecino eval answers questions.jsonl -m local --no-removal
        """:
            """
        Cada pregunta etiquetada se hace dos veces: con todos los documentos, y sin los \
        que la responden, cuando lo correcto es no responder. Las preguntas etiquetadas \
        como sin respuesta se hacen una vez. La tabla muestra, para límites del riesgo \
        como los que toma --max-risk de ask, qué parte se responde y cuánto de eso está \
        mal.

        Con -m cada pregunta se hace también sin modelo, y un aviso dice cuándo el modelo \
        acierta menos.

        Con "quotation" o "answer" en la línea de una pregunta, una respuesta acierta si \
        lo tiene su primera cita; sin ellos, si esta viene de un documento que responde.

        EJEMPLOS
          vecino eval answers preguntas.jsonl
          vecino eval answers sets/xquad --limit 200 --svg curva.svg
          vecino eval answers sets/xquad --reliability fiabilidad.svg
          vecino eval answers preguntas.jsonl -m local --no-removal
        """,
        "A BEIR folder or a questions.jsonl.":
            "Una carpeta BEIR o un preguntas.jsonl.",
        """
        How many passages an answer may draw on. Default: 5 for a language model, else {}.
        """:
            """
        En cuántos pasajes puede basarse una respuesta. Por omisión: 5 para un modelo de \
        lenguaje; si no, {}.
        """,
        "Ask only so many of the questions, evenly spread.":
            "Hace solo tantas de las preguntas, repartidas por igual.",
        "Do not ask without the documents that answer.":
            "No preguntar sin los documentos que responden.",
        "Draw the risk-coverage curve.":
            "Dibuja la curva de riesgo y cobertura.",
        "Draw the stated risks against the true ones.":
            "Dibuja los riesgos declarados frente a los verdaderos.",
        "Print a line of JSON for each question asked, then the summary.":
            "Muestra una línea de JSON por cada pregunta, y después el resumen.",
        "With --json, add what scripts/fit-answers fits the ranking and the risk to.":
            """
        Con --json, añade aquello a lo que scripts/fit-answers ajusta el orden y el riesgo.
        """,
        "Measure how well searches find, and answers answer, what labeled questions want.":
            """
        Mide lo bien que las búsquedas encuentran, y las respuestas responden, lo que \
        quieren preguntas etiquetadas.
        """,
        """
        EXAMPLES
          vecino eval sets/cranfield                   rankings, as `eval ranking` does
          vecino eval questions.jsonl --metric hit@5
          vecino eval questions.jsonl --fail-if 'ndcg@10 < 0.85'
          vecino eval answers questions.jsonl          answers and refusals
          vecino eval gen -n 50 -m local               questions to review
        """:
            """
        EJEMPLOS
          vecino eval sets/cranfield                   órdenes, como `eval ranking`
          vecino eval preguntas.jsonl --metric hit@5
          vecino eval preguntas.jsonl --fail-if 'ndcg@10 < 0.85'
          vecino eval answers preguntas.jsonl          respuestas y negativas
          vecino eval gen -n 50 -m local               preguntas que revisar
        """,
        "Let a language model propose questions about your documents, for review.":
            """
        Que un modelo de lenguaje proponga preguntas sobre tus documentos, para revisarlas.
        """,
        """
        Passages are drawn evenly from the library, and the model writes for each one a \
        question that it answers. The lines go to stdout as questions.jsonl, marked \
        "reviewed": false. Read them: throw out what nobody would ask, what the passage does \
        not answer, and what another document answers as well; then set "reviewed" to true. \
        `vecino eval` does not score the others.

        EXAMPLES
          vecino eval gen -n 50 -m local > questions.jsonl
          vecino eval gen -n 100 -m openai:gpt-4.1-mini > questions.jsonl
        """:
            """
        Se toman pasajes repartidos por la biblioteca, y el modelo escribe para cada uno \
        una pregunta que el pasaje responde. Las líneas van a la salida como un \
        questions.jsonl, con "reviewed": false. Léelas: quita lo que nadie preguntaría, lo \
        que el pasaje no responde y lo que también responde otro documento; después pon \
        "reviewed" a true. `vecino eval` no puntúa las demás.

        EJEMPLOS
          vecino eval gen -n 50 -m local > preguntas.jsonl
          vecino eval gen -n 100 -m openai:gpt-4.1-mini > preguntas.jsonl
        """,
        "How many passages to ask about.":
            "Sobre cuántos pasajes preguntar.",
        "Measure how well searches find what labeled questions want.":
            "Mide lo bien que las búsquedas encuentran lo que quieren preguntas etiquetadas.",
        """
        SET is a folder in BEIR layout (corpus.jsonl, queries.jsonl, qrels.tsv or \
        qrels/test.tsv), whose corpus is indexed into a library of its own and kept for the \
        next time, or a questions.jsonl with lines like {"question": "…", "relevant": \
        ["notes/a.md"]} about the documents of your library. Questions that say "reviewed": \
        false were made by a language model and read by nobody: they are left out unless \
        --unreviewed takes them along.

        EXAMPLES
          vecino eval sets/cranfield
          vecino eval sets/faq --match-field course --baseline before.jsonl
          vecino eval sets/faq --mode hybrid --trec hybrid.run
          vecino eval questions.jsonl --fail-if 'keyword: hit@5 < 0.7'
        """:
            """
        SET es una carpeta con la forma de BEIR (corpus.jsonl, queries.jsonl, qrels.tsv o \
        qrels/test.tsv), cuyo corpus se indexa en una biblioteca propia que se guarda para \
        la próxima vez, o un questions.jsonl con líneas como {"question": "…", "relevant": \
        ["notas/a.md"]} sobre los documentos de tu biblioteca. Las preguntas que dicen \
        "reviewed": false las hizo un modelo de lenguaje y nadie las ha leído: se dejan \
        fuera si no las toma --unreviewed.

        EJEMPLOS
          vecino eval sets/cranfield
          vecino eval sets/faq --match-field course --baseline antes.jsonl
          vecino eval sets/faq --mode hybrid --trec hybrid.run
          vecino eval preguntas.jsonl --fail-if 'keyword: hit@5 < 0.7'
        """,
        "ndcg@10, mrr@10, hit@5, recall@100, precision@5, map; may be repeated.":
            "ndcg@10, mrr@10, hit@5, recall@100, precision@5, map; se puede repetir.",
        """
        How hybrid fuses: convex:WEIGHT or dbsf:WEIGHT of the words, or rrf:K. Default: as \
        searches do.
        """:
            """
        Cómo combina hybrid: convex:PESO o dbsf:PESO de las palabras, o rrf:K. Por \
        omisión: como las búsquedas.
        """,
        "fusion":
            "fusión",
        "Save the last mode's run.":
            "Guarda la ejecución del último modo.",
        "Save it for trec_eval and ir_measures.":
            "La guarda para trec_eval e ir_measures.",
        "Compare with a saved run, ours or TREC's.":
            "Compara con una ejecución guardada, nuestra o de TREC.",
        "Judgements instead of the set's, ours or TREC's.":
            "Juicios en lugar de los del conjunto, nuestros o de TREC.",
        """
        Exit 1 when this holds, such as 'ndcg@10 < 0.85' of the last mode or 'keyword: mrr@10 \
        <= 0.7'; may be repeated.
        """:
            """
        Sale con 1 si esto se cumple, como 'ndcg@10 < 0.85' del último modo o 'keyword: \
        mrr@10 <= 0.7'; se puede repetir.
        """,
        "bound":
            "límite",
        "How many of the worst queries to list.":
            "Cuántas de las peores consultas enumerar.",
        "Score questions, too, that no person has reviewed.":
            "Puntúa también preguntas que nadie ha revisado.",
        "Search only documents that agree with the query in this field.":
            "Busca solo documentos que coincidan con la consulta en este campo.",
        "field":
            "campo",
        "Fit ranking to labeled questions of your own.":
            "Ajusta el orden de los resultados a preguntas etiquetadas tuyas.",
        """
        SET is what `vecino eval` takes: a questions.jsonl about your library, or a folder in \
        BEIR layout. Tried are the ways and weights of bringing words and meaning together, \
        the weights of titles and headings, how many candidates each side brings up, and with \
        --rerank a second look, each by itself and the best of each together. One half of the questions chooses, the other \
        half tells what the choice is worth. Unless that is significantly more than the \
        default's worth (p < 0.02) the default stays; and nothing changes without --apply.

        EXAMPLES
          vecino tune questions.jsonl
          vecino tune questions.jsonl --metric mrr@5 --apply
          vecino tune questions.jsonl --rerank late
          vecino tune --reset
        """:
            """
        SET es lo que toma `vecino eval`: un questions.jsonl sobre tu biblioteca, o una \
        carpeta con la forma de BEIR. Se prueban las maneras y los pesos de juntar \
        palabras y significado, los pesos de títulos y encabezados, cuántos candidatos \
        aporta cada lado y, con --rerank, una segunda mirada, cada cosa por sí sola y las mejores \
        juntas. Una mitad de las \
        preguntas elige, la otra dice cuánto vale la elección. Si no vale \
        significativamente más que lo de fábrica (p < 0.02), se queda lo de fábrica; y \
        nada cambia sin --apply.

        EJEMPLOS
          vecino tune preguntas.jsonl
          vecino tune preguntas.jsonl --metric mrr@5 --apply
          vecino tune preguntas.jsonl --rerank late
          vecino tune --reset
        """,
        """
        Try a second look at the first 20 passages as well: late, or a cross-encoder's name or folder.
        """:
            """
        Prueba también una segunda mirada a los primeros 20 pasajes: late, o el nombre o la carpeta \
        de un codificador cruzado.
        """,
        "What should be as high as can be.":
            "Lo que debe ser lo más alto posible.",
        "Let the library's searches use what was found.":
            "Que las búsquedas de la biblioteca usen lo encontrado.",
        "Let the library's searches use the default again.":
            "Que las búsquedas de la biblioteca usen otra vez lo de fábrica.",
        "Measure the index alone on these vectors: .fvecs, .bvecs or .npy. Needs no library.":
            """
        Mide solo el índice con estos vectores: .fvecs, .bvecs o .npy. No necesita \
        biblioteca.
        """,
        "Vectors to look for. Default: up to 1,000 of --vectors, which are then left out.":
            """
        Vectores que buscar. Por omisión: hasta 1.000 de --vectors, que entonces se dejan \
        fuera.
        """,
        "Their nearest rows: .ivecs or .npy. Default: what the exact search finds.":
            """
        Sus filas más cercanas: .ivecs o .npy. Por omisión: lo que encuentra la búsqueda \
        exacta.
        """,
        "What nearness means: ip, cosine or l2.":
            "Qué es estar cerca: ip, cosine o l2.",
        "Links of the graph's nodes.":
            "Enlaces de los nodos del grafo.",
        "Width of the search for a new node's links.":
            "Anchura de la búsqueda de los enlaces de un nodo nuevo.",
        "Widths of walks to measure.":
            "Anchuras de los recorridos que medir.",
        "n,n,…":
            "n,n,…",
    ]
}

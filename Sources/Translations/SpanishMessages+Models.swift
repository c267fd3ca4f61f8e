/// Models and measurements: `model`, `bench`, `eval`, `tune`.
extension SpanishMessages {
    static let models: [String: String] = [
        "No model in {}: `scripts/models` fetches the usual ones.":
            "No hay ningún modelo en {}: `scripts/models` descarga los habituales.",
        "Added {}: {}": "Se ha añadido {}: {}",
        "Added {} ({}, revision {}): {}": "Se ha añadido {} ({}, revisión {}): {}",
        """
        New libraries are built with {} ({}). A library that exists keeps its model until `vecino index \
        --rebuild`.
        """:
            """
        Las bibliotecas nuevas se hacen con {} ({}). Una que ya existe conserva su modelo hasta `vecino \
        index --rebuild`.
        """,
        "`vecino model use {}` chooses it for new libraries.":
            "`vecino model use {}` lo elige para las bibliotecas nuevas.",
        "{} at {}: {file}, {}": "{} en {}: {archivo|archivos}, {}",
        "{} at {}: {file}, {}, {} of it here already":
            "{} en {}: {archivo|archivos}, {}, de los que {} ya están aquí",
        "fetching {}": "descargando {}",
        "Asking {}, because its key is set; --no-llm stays here.":
            "Se pregunta a {}, porque su clave está definida; con --no-llm nada sale de aquí.",
        "Asking {}, on this machine.": "Se pregunta a {}, en este ordenador.",
        """
        Leave out --offline or VECINO_OFFLINE, or do without: --no-llm, --mode keyword, an installed model.
        """:
            """
        Quita --offline o VECINO_OFFLINE, o prescinde de la red: --no-llm, --mode keyword, un modelo \
        instalado.
        """,
        "Leave out --offline or VECINO_OFFLINE.": "Quita --offline o VECINO_OFFLINE.",
        "Leave out --offline, VECINO_OFFLINE and HF_HUB_OFFLINE.":
            "Quita --offline, VECINO_OFFLINE y HF_HUB_OFFLINE.",
        "--db names another file.": "--db nombra otro archivo.",
        "To repair: `vecino doctor --fix`, then `vecino index`.":
            "Para repararlo: `vecino doctor --fix` y después `vecino index`.",
        "--model names a model; `vecino index --rebuild` builds the library anew.":
            "--model nombra un modelo; `vecino index --rebuild` rehace la biblioteca.",
        "--rerank names a cross-encoder; without it, or with none, nothing is ranked again.":
            "--rerank nombra un cross-encoder; sin esa opción, o con none, no se reordena nada.",
        "--name gives it another name.": "--name le da otro nombre.",
        "--file chooses one.": "--file elige uno.",
        "--budget allows more; --no-llm asks no model.":
            "--budget permite más; --no-llm no pregunta a ningún modelo.",
        "-k asks with fewer passages.": "-k pregunta con menos pasajes.",
        "--key-variable names the variable of a key for --base-url; --no-llm asks no model.":
            """
        --key-variable nombra la variable de una clave para --base-url; --no-llm no pregunta a ningún \
        modelo.
        """,
        "--base-url gives the address of a server; --no-llm asks no model.":
            "--base-url da la dirección de un servidor; --no-llm no pregunta a ningún modelo.",
        "--no-llm quotes the best sentences without a model.":
            "--no-llm cita las mejores frases sin ningún modelo.",
        "Measuring {} vectors of {} dimensions.": "Se miden {} vectores de {} dimensiones.",
        "Building the graph: {} %": "Construyendo el grafo: {} %",
        "note: {}": "nota: {}",
        "{} of {} questions": "{} de {} preguntas",
        """
        note: {} of {} questions were made by a language model and reviewed by nobody: figures on them say \
        little.
        """:
            """
        nota: {} de {} preguntas las hizo un modelo de lenguaje y nadie las ha revisado: las cifras sobre \
        ellas dicen poco.
        """,
        """
        note: {} of {} questions are unreviewed and are not scored. Read them in {} and set "reviewed" to \
        true, or score them with --unreviewed.
        """:
            """
        nota: {} de {} preguntas están sin revisar y no se puntúan. Léelas en {} y pon "reviewed" a true, \
        o puntúalas con --unreviewed.
        """,
        """
        {} questions by {} about {} passages, none of them reviewed: read them and set "reviewed" to true \
        before `vecino eval` scores them.
        """:
            """
        {} preguntas de {} sobre {} pasajes, ninguna revisada: léelas y pon "reviewed" a true antes de que \
        `vecino eval` las puntúe.
        """,
        """
        {} judged queries; ± is half a 95 % bootstrap interval, p of a paired permutation test; times until \
        the ranking stands, without the query's embedding.
        """:
            """
        {} consultas juzgadas; ± es medio intervalo bootstrap del 95 %, p de una prueba de permutación \
        pareada; tiempos hasta que el orden está hecho, sin el vector de la consulta.
        """,
        "Searches rank as by default: {}.": "Las búsquedas ordenan como de fábrica: {}.",
        "Nothing was changed: --apply makes searches use it.":
            "No se ha cambiado nada: --apply hace que las búsquedas lo usen.",
        "Applied. `vecino tune --reset` takes it back.":
            "Aplicado. `vecino tune --reset` lo deshace.",
        """
        The second look takes {} ms more for each question, less for passages that it has seen.
        """:
            """
        La segunda mirada tarda {} ms más en cada pregunta, menos con pasajes que ya ha visto.
        """,
        "{} is better than the default, {}: {}.": "{} es mejor que lo de fábrica, {}: {}.",
        "The default, {}, stays: over {} questions nothing is significantly better ({}).":
            "Se queda lo de fábrica, {}: en {} preguntas nada es significativamente mejor ({}).",
        """
        warning: {} answers fewer questions rightly ({}) than no model ({}): ask with \
        --no-llm, or with --form numbered.
        """:
            """
        aviso: {} acierta menos preguntas ({}) que ningún modelo ({}): pregunta con \
        --no-llm, o con --form numbered.
        """,
        "`vecino search --rerank {}` looks at the first passages with it.":
            "`vecino search --rerank {}` mira con él los primeros pasajes.",
    ]
}

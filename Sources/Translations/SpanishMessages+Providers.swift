/// Errors of models, and of those who serve them.
extension SpanishMessages {
    static let providerErrors: [String: String] = [
        "{} needs a key: set {} in the environment, or ask no model.":
            "{} necesita una clave: define {} en el entorno, o no preguntes a ningún modelo.",
        "{} needs a key: set {} in the environment, or use a local model.":
            "{} necesita una clave: define {} en el entorno, o usa un modelo local.",
        """
        no language model is served on this machine (ports {}): start Ollama, LM Studio or `scripts/local-llm \
        serve`, or give the address of another server.
        """:
            """
        en este ordenador no hay ningún modelo de lenguaje en marcha (puertos {}): inicia Ollama, LM \
        Studio o `scripts/local-llm serve`, o da la dirección de otro servidor.
        """,
        "{}: the server wants a key {}": "{}: el servidor pide una clave {}",
        "{} is not known to the server ({}): check the model's name.":
            "el servidor no conoce {} ({}): comprueba el nombre del modelo.",
        "{} refused the key ({}): check {}, or ask no model.":
            "{} ha rechazado la clave ({}): comprueba {}, o no preguntes a ningún modelo.",
        "{} has no quota left ({}): wait, or check the account.":
            "{} no tiene más cuota ({}): espera, o comprueba la cuenta.",
        "the prompt is too long for {} ({}): use fewer passages.":
            "el texto es demasiado largo para {} ({}): usa menos pasajes.",
        "{} refused to answer ({}): rephrase, or use another model.":
            "{} no ha querido responder ({}): pregunta de otro modo, o usa otro modelo.",
        "{} sent a reply that cannot be read ({}): try again, or use another model.":
            "{} ha enviado una respuesta que no se puede leer ({}): inténtalo de nuevo, o usa otro modelo.",
        "{} could not embed the text: {}": "{} no ha podido hacer el vector del texto: {}",
        """
        {} sent a reply that is not an embedding ({}): check that the address is an embedding server's and the \
        model an embedding model.
        """:
            """
        {} ha enviado una respuesta que no es un vector ({}): comprueba que la dirección sea de un \
        servidor de vectores y el modelo, de vectores.
        """,
        "{} cannot embed {} ({}): leave it out, or use another model.":
            "{} no puede hacer el vector de {} ({}): déjalo fuera, o usa otro modelo.",
        "{} sent {} embeddings for {} texts: try again, or use another server.":
            "{} ha enviado {} vectores para {} textos: inténtalo de nuevo, o usa otro servidor.",
        "{} sent {} dimensions, not {}: the server changed its model; use the old one, or index again.":
            """
        {} ha enviado {} dimensiones, no {}: el servidor ha cambiado de modelo; usa el anterior, o indexa \
        de nuevo.
        """,
        "“{}” is not a web address: write it as http://127.0.0.1:8080/v1.":
            "«{}» no es una dirección web: escríbela como http://127.0.0.1:8080/v1.",
        "the key would be sent unencrypted to {}: use an https:// address.":
            "la clave iría sin cifrar a {}: usa una dirección https://.",
        """
        nothing was sent to {}, because the network is forbidden: allow it, or do without (an installed model, \
        or none).
        """:
            """
        no se ha enviado nada a {}, porque la red está prohibida: permítela, o prescinde de ella (un \
        modelo instalado, o ninguno).
        """,
        """
        nothing was sent to {}, because this program was built without the network: build it with `swift build \
        -c release --product vecino`.
        """:
            """
        no se ha enviado nada a {}, porque este programa se compiló sin la red: compílalo con `swift build \
        -c release --product vecino`.
        """,
        "nothing answers at {}: start the server, or correct the address.":
            "nada responde en {}: inicia el servidor, o corrige la dirección.",
        "{} cannot be reached ({}): check the address and the network.":
            "no se llega a {} ({}): comprueba la dirección y la red.",
        "{} took too long: try again, or use a faster model.":
            "{} ha tardado demasiado: inténtalo de nuevo, o usa un modelo más rápido.",
        "{} redirects to {}, which is not followed with a key: give the final address.":
            "{} remite a {}, y con una clave no se sigue: da la dirección final.",
        "the server reported an error{}: try again, or use another model.":
            "el servidor ha comunicado un error{}: inténtalo de nuevo, o usa otro modelo.",
        "the server answered {}: check the key.":
            "el servidor ha respondido {}: comprueba la clave.",
        "the server answered {}: check the account.":
            "el servidor ha respondido {}: comprueba la cuenta.",
        "the server answered {}: check the address and the model's name.":
            "el servidor ha respondido {}: comprueba la dirección y el nombre del modelo.",
        "the server answered {}: try again later.":
            "el servidor ha respondido {}: inténtalo más tarde.",
        "the server answered {}: try again in {} s.":
            "el servidor ha respondido {}: inténtalo dentro de {} s.",
        "the server answered {}{}{}": "el servidor ha respondido {}{}{}",
        "the connection to {} broke off: try again.":
            "la conexión con {} se ha cortado: inténtalo de nuevo.",
        "{} sent more than {} bytes: check that it is the right server.":
            "{} ha enviado más de {} bytes: comprueba que sea el servidor correcto.",
        "the reply is not readable ({}): check that it is the right server.":
            "la respuesta no se puede leer ({}): comprueba que sea el servidor correcto.",
        """
        The embedding model {} is not in {} ({}): `scripts/models` fetches the usual ones, `vecino model pull \
        ORG/NAME` others, `vecino model add FOLDER` takes one you have.
        """:
            """
        El modelo de vectores {} no está en {} ({}): `scripts/models` descarga los habituales, `vecino \
        model pull ORG/NOMBRE` otros, `vecino model add CARPETA` toma uno que ya tengas.
        """,
        "there is none yet": "todavía no hay ninguno",
        "there: {}": "hay: {}",
        "“{}” names no embedding model: use the name or the folder of a local one, or {}.":
            "«{}» no es ningún modelo de vectores: usa el nombre o la carpeta de uno local, o {}.",
        "There is a model called {} in {} already: give this one another name, or remove that folder.":
            "Ya hay un modelo llamado {} en {}: dale a este otro nombre, o quita esa carpeta.",
        "{} has several GGUF files, and one must be chosen: {}.":
            "{} tiene varios archivos GGUF, y hay que elegir uno: {}.",
        "“{}” is no model of a hub: write ORG/NAME, such as BAAI/bge-small-en-v1.5.":
            "«{}» no es un modelo de un repositorio: escribe ORG/NOMBRE, como BAAI/bge-small-en-v1.5.",
        """
        A model is pulled over the network, which may not be used: nothing was sent. `vecino model add FOLDER` \
        takes one that is on this machine.
        """:
            """
        Un modelo se descarga por la red, que no se puede usar: no se ha enviado nada. `vecino model add CARPETA` toma uno que esté en este ordenador.
        """,
        "{} has no {} at revision {}: check the spelling, and the revision.":
            "{} no tiene {} en la revisión {}: comprueba cómo está escrito, y la revisión.",
        """
        The hub refuses with the token in HF_TOKEN: open {}, accept the model's conditions there if it has \
        any, and check that the token may read it.
        """:
            """
        El repositorio rechaza el token de HF_TOKEN: abre {}, acepta allí las condiciones del modelo si \
        las tiene, y comprueba que el token pueda leerlo.
        """,
        """
        The hub refuses without a token: the model does not exist, is private, or asks for its conditions to \
        be accepted. Open {}, then set HF_TOKEN to a token that may read it.
        """:
            """
        El repositorio se niega sin un token: el modelo no existe, es privado, o pide que se acepten sus \
        condiciones. Abre {} y pon en HF_TOKEN un token que pueda leerlo.
        """,
        "What answers at {} is not a Hugging Face hub: check HF_ENDPOINT.":
            "Lo que responde en {} no es un repositorio de Hugging Face: comprueba HF_ENDPOINT.",
        """
        {} cannot be used: {}. BERT-family sentence encoders can, such as BAAI/bge-small-en-v1.5 or \
        intfloat/multilingual-e5-base.
        """:
            """
        {} no se puede usar: {}. Sirven los codificadores de frases de la familia BERT, como \
        BAAI/bge-small-en-v1.5 o intfloat/multilingual-e5-base.
        """,
        """
        {} of {} arrived with another checksum than the hub states and was thrown away: run this again; if it \
        happens again, do not trust the way there.
        """:
            """
        {} de {} ha llegado con otra suma de comprobación que la que da el repositorio, y se ha tirado: \
        repite la orden; si vuelve a pasar, no te fíes del camino.
        """,
        "{} states no checksum of {}, so it was not taken: use another HF_ENDPOINT.":
            "{} no da ninguna suma de comprobación de {}, y no se ha tomado: usa otro HF_ENDPOINT.",
        "{} has too little room, {} MB are needed: free some, or set VECINO_MODELS to a folder on another disk.":
            """
        {} no tiene sitio suficiente, hacen falta {} MB: libera espacio, o pon en VECINO_MODELS una \
        carpeta de otro disco.
        """,
        "{} cannot be written ({}): free some room, or set VECINO_MODELS to a folder that you can write.{}":
            """
        {} no se puede escribir ({}): libera espacio, o pon en VECINO_MODELS una carpeta en la que puedas \
        escribir.{}
        """,
        "Another vecino is pulling {}: wait for it to finish.":
            "Otro vecino está descargando {}: espera a que termine.",
        "The download stopped: {}": "La descarga se ha parado: {}",
        "Nothing was fetched: {}": "No se ha descargado nada: {}",
        "“{}” names no language model: write {}, local, none, or give the address of its server.":
            "«{}» no es ningún modelo de lenguaje: escribe {}, local, none, o da la dirección de su servidor.",
        "Others may read the keys in {}: run chmod 600 on it.":
            "Otros pueden leer las claves de {}: ejecuta chmod 600 sobre él.",
        "The keys in {} cannot be read: check whose file it is.":
            "Las claves de {} no se pueden leer: comprueba de quién es el archivo.",
        """
        Line {} of {} is not NAME_API_KEY=…, such as OPENAI_API_KEY=…, nor another variable of a provider's: \
        correct it.
        """:
            """
        La línea {} de {} no es NOMBRE_API_KEY=…, como OPENAI_API_KEY=…, ni otra variable de un proveedor: \
        corrígela.
        """,
        """
        No embedding model at {}: run scripts/models, or name a folder with config.json, tokenizer.json and \
        model.safetensors, or a .gguf file.
        """:
            """
        No hay ningún modelo de vectores en {}: ejecuta scripts/models, o nombra una carpeta con \
        config.json, tokenizer.json y model.safetensors, o un archivo .gguf.
        """,
        "{} cannot be read ({}): check that it exists and may be read.":
            "{} no se puede leer ({}): comprueba que exista y se pueda leer.",
        "{} is damaged ({}): download the model again.":
            "{} está dañado ({}): descarga el modelo de nuevo.",
        """
        {} cannot be run: {}. Choose a BERT or XLM-RoBERTa sentence encoder, such as multilingual-e5-small or \
        all-MiniLM-L6-v2, or for reranking a cross-encoder of these families, such as ms-marco-MiniLM-L6-v2.
        """:
            """
        {} no se puede ejecutar: {}. Elige un codificador de frases BERT o XLM-RoBERTa, como \
        multilingual-e5-small o all-MiniLM-L6-v2, o para reordenar un cross-encoder de estas familias, como \
        ms-marco-MiniLM-L6-v2.
        """,
        "{} is {}, and {} is wanted: `vecino model list` says which models are which.":
            "{} es {}, y hace falta {}: `vecino model list` dice qué es cada modelo.",
        "{} tells {} classes apart ({}) and gives no score: choose a reranker, such as ms-marco-MiniLM-L6-v2.":
            "{} distingue {} clases ({}) y no da una puntuación: elige un reordenador, como ms-marco-MiniLM-L6-v2.",
        """
        The reranker {} is not in {} ({}): `vecino model pull ORG/NAME` fetches one, such as \
        cross-encoder/ms-marco-MiniLM-L6-v2, `vecino model add FOLDER` takes one you have; late needs none.
        """:
            """
        El reordenador {} no está en {} ({}): `vecino model pull ORG/NOMBRE` trae uno, como \
        cross-encoder/ms-marco-MiniLM-L6-v2, `vecino model add CARPETA` toma uno que tengas; late no necesita \
        ninguno.
        """,
        """
        {} was not asked further, because the budget is used up ({}): allow more, or ask no \
        model.
        """:
            """
        No se ha preguntado más a {}, porque el presupuesto se ha agotado ({}): permite más, \
        o pregunta sin modelo.
        """,
        "a sentence encoder": "un codificador de frases",
        "a cross-encoder": "un cross-encoder",
        "it holds {} GGUF files; name the one to use":
            "contiene {} archivos GGUF; nombra el que se debe usar",
        "it has no tensor {}": "no tiene el tensor {}",
        "it has no embedding tables": "no tiene tablas de vectores",
        "its architecture is {}": "su arquitectura es {}",
        "its pooling type is {}": "su forma de agrupar es {}",
        "its architecture is {}, not BERT's": "su arquitectura es {}, no la de BERT",
        """
        its classification head has no tensor {}.weight, as conversions leave it out: take \
        its Hugging Face folder
        """:
            """
        a su cabeza de clasificación le falta el tensor {}.weight, que las conversiones \
        omiten: toma su carpeta de Hugging Face
        """,
        "its weights are in several files, as those of large models are":
            "sus pesos están en varios archivos, como los de los modelos grandes",
        "it has neither model.safetensors nor a GGUF file":
            "no tiene model.safetensors ni un archivo GGUF",
        "it has no GGUF file {}": "no tiene el archivo GGUF {}",
    ]
}

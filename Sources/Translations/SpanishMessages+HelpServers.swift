/// The help of servers, agents and models.
extension SpanishMessages {
    static let helpServers: [String: String] = [
        "For those who keep a PostgreSQL server with libraries.":
            "Para quienes cuidan un servidor PostgreSQL con bibliotecas.",
        "Print the SQL that lets a role search a library, or write to it as well.":
            """
        Muestra el SQL que deja a un rol buscar en una biblioteca, o también escribir en \
        ella.
        """,
        """
        Nothing is changed: hand what is printed to psql, as the owner of the library.

        EXAMPLES
          vecino admin grants ana --db postgresql:///notes | psql notes
        """:
            """
        No se cambia nada: da lo que se muestra a psql, como dueño de la biblioteca.

        EJEMPLOS
          vecino admin grants ana --db postgresql:///notas | psql notas
        """,
        "The role.":
            "El rol.",
        "Let the role index and remove as well.":
            "Que el rol pueda también indexar y retirar.",
        "Library":
            "Biblioteca",
        "Print the completion script of a shell.":
            "Muestra el guion de completado de un shell.",
        """
        EXAMPLES
          vecino completions bash > ~/.local/share/bash-completion/completions/vecino
          vecino completions zsh > ~/.zfunc/_vecino
          vecino completions fish > ~/.config/fish/completions/vecino.fish
        """:
            """
        EJEMPLOS
          vecino completions bash > ~/.local/share/bash-completion/completions/vecino
          vecino completions zsh > ~/.zfunc/_vecino
          vecino completions fish > ~/.config/fish/completions/vecino.fish
        """,
        "bash, zsh or fish.":
            "bash, zsh o fish.",
        "Serve the library to agents: Model Context Protocol on standard input and output.":
            "Sirve la biblioteca a agentes: Model Context Protocol por la entrada y la salida.",
        """
        EXAMPLES
          vecino mcp install claude        tell Claude Code of this library
          vecino mcp install zed --print   show it, and write nothing
          vecino mcp install codex --undo

        In an agent's configuration
          {"mcpServers": {"vecino": {
            "command": "vecino", "args": ["mcp", "--db", "notes.db"]}}}
        """:
            """
        EJEMPLOS
          vecino mcp install claude        da a conocer esta biblioteca a Claude Code
          vecino mcp install zed --print   lo muestra, y no escribe nada
          vecino mcp install codex --undo

        En la configuración de un agente
          {"mcpServers": {"vecino": {
            "command": "vecino", "args": ["mcp", "--db", "notas.db"]}}}
        """,
        "Serve; what `vecino mcp` does without a further word.":
            "Sirve; lo que hace `vecino mcp` sin más palabras.",
        "Write this library into the configuration of a program that speaks MCP.":
            "Escribe esta biblioteca en la configuración de un programa que habla MCP.",
        """
        The programs: {}. What is written is shown first; everything else in the file stays as \
        it is, and --undo takes it out again.
        """:
            """
        Los programas: {}. Antes se muestra lo que se escribe; todo lo demás del archivo \
        se queda como está, y --undo lo quita otra vez.
        """,
        "The program.":
            "El programa.",
        "program":
            "programa",
        "What the library is called there.":
            "Cómo se llama allí la biblioteca.",
        "Show what would be written, and write nothing.":
            "Muestra lo que se escribiría, y no escribe nada.",
        "Take it out again.":
            "Lo quita otra vez.",
        "List, fetch, add and choose the embedding models of this machine.":
            "Enumera, descarga, añade y elige los modelos de vectores de este ordenador.",
        """
        EXAMPLES
          vecino model list
          vecino model pull BAAI/bge-small-en-v1.5
          vecino model add ~/Downloads/bge-small-en-v1.5
          vecino model use all-MiniLM-L6-v2
        """:
            """
        EJEMPLOS
          vecino model list
          vecino model pull BAAI/bge-small-en-v1.5
          vecino model add ~/Descargas/bge-small-en-v1.5
          vecino model use all-MiniLM-L6-v2
        """,
        "List the models that are installed.":
            "Enumera los modelos instalados.",
        "Copy a Hugging Face folder or a .gguf file to where models are looked for.":
            "Copia una carpeta de Hugging Face o un archivo .gguf adonde se buscan los modelos.",
        "The model is loaded and tried first; what cannot be read is not added.":
            "Antes se carga el modelo y se prueba; lo que no se puede leer no se añade.",
        "The folder or file.":
            "La carpeta o el archivo.",
        "The name to give it. Default: the folder's.":
            "El nombre que darle. Por omisión: el de la carpeta.",
        "Choose the model that new libraries are built with.":
            "Elige el modelo con que se hacen las bibliotecas nuevas.",
        "An installed model's name, or {}.":
            "El nombre de un modelo instalado, o {}.",
        "Fetch a sentence encoder from the Hugging Face hub.":
            "Descarga un codificador de frases del repositorio de Hugging Face.",
        """
        Settings are fetched first, and what cannot be run is refused before its weights are. \
        Every file is compared with the checksum that the hub states. A download that breaks \
        off goes on where it stopped when the command is run again.

        HF_ENDPOINT names another hub; HF_TOKEN is the token for models that are private or \
        ask for their conditions to be accepted, and is sent to that hub alone.

        EXAMPLES
          vecino model pull BAAI/bge-small-en-v1.5
          vecino model pull intfloat/multilingual-e5-base --revision main --name e5-base
          vecino model pull CompendiumLabs/bge-small-en-v1.5-gguf \\
            --file bge-small-en-v1.5-f16.gguf
          HF_TOKEN=$(cat ~/.hf-token) vecino model pull acme/private-encoder
        """:
            """
        Primero se descarga la configuración, y lo que no se puede ejecutar se rechaza \
        antes que sus pesos. Cada archivo se compara con la suma de comprobación que da el \
        repositorio. Una descarga cortada sigue donde se quedó cuando se repite la orden.

        HF_ENDPOINT nombra otro repositorio; HF_TOKEN es el token para modelos privados o \
        que piden que se acepten sus condiciones, y se envía solo a ese repositorio.

        EJEMPLOS
          vecino model pull BAAI/bge-small-en-v1.5
          vecino model pull intfloat/multilingual-e5-base --revision main --name e5-base
          vecino model pull CompendiumLabs/bge-small-en-v1.5-gguf \\
            --file bge-small-en-v1.5-f16.gguf
          HF_TOKEN=$(cat ~/.hf-token) vecino model pull acme/private-encoder
        """,
        "ORG/NAME, or the address of its page.":
            "ORG/NOMBRE, o la dirección de su página.",
        "A branch, tag or commit. Default: main.":
            "Una rama, etiqueta o confirmación. Por omisión: main.",
        "The .gguf file to take, of a repository that has several.":
            "El archivo .gguf que tomar, de un repositorio que tiene varios.",
        "The name to give the model. Default: NAME.":
            "El nombre que dar al modelo. Por omisión: NOMBRE.",
        "Print what was fetched as JSON.":
            "Muestra como JSON lo que se descargó.",
        "Read documents for another vecino process.":
            "Lee documentos para otro proceso vecino.",
        "A web page, an HTTP API and MCP for the library.":
            "Una página web, una API HTTP y MCP para la biblioteca.",
        """
        The server listens on 127.0.0.1, for this machine's own user. With --listen it serves \
        other machines, and answers only who has a token of `vecino token new`; put a proxy \
        with TLS before it. The model and the vectors stay in memory, so searches answer in \
        milliseconds; what another `vecino index` finishes is seen at once.

        The page adds, refreshes and removes folders. With --inbox, files that are dropped on \
        the page are kept in that folder and indexed. Callers with tokens can refresh folders, \
        but not add any.

        EXAMPLES
          vecino serve
          vecino serve --port 9000
          vecino serve --inbox ~/Inbox
          vecino serve --listen 0.0.0.0     for other machines: to tokens only
          curl 'http://127.0.0.1:8765/api/v1/search?query=solar&limit=3'
        """:
            """
        El servidor escucha en 127.0.0.1, para el usuario de este ordenador. Con --listen \
        sirve a otros ordenadores, y solo responde a quien tiene un token de `vecino token \
        new`; pon delante un proxy con TLS. El modelo y los vectores se quedan en memoria, \
        y las búsquedas responden en milisegundos; lo que termina otro `vecino index` se \
        ve enseguida.

        En la página se añaden, actualizan y quitan carpetas. Con --inbox, los archivos que se \
        sueltan en la página se guardan en esa carpeta y se indexan. Quien llama con un token \
        puede actualizar carpetas, pero no añadir ninguna.

        EJEMPLOS
          vecino serve
          vecino serve --port 9000
          vecino serve --inbox ~/Entrada
          vecino serve --listen 0.0.0.0     para otros ordenadores: solo con token
          curl 'http://127.0.0.1:8765/api/v1/search?query=solar&limit=3'
        """,
        "The port; 0 for any free one.":
            "El puerto; 0 para uno libre cualquiera.",
        "The address to listen on. Any other than 127.0.0.1 answers to tokens only.":
            """
        La dirección en que escuchar. Cualquiera que no sea 127.0.0.1 solo responde a \
        tokens.
        """,
        "address":
            "dirección",
        "folder":
            "carpeta",
        "Keep files that are dropped on the page in this folder, and index them. It is made if there "
            + "is none.":
            "Guarda en esta carpeta los archivos que se sueltan en la página y los indexa. Se crea si no "
            + "existe.",
        "A JSON line on stderr for each request, without what was asked.":
            "Una línea JSON por petición en stderr, sin lo que se preguntó.",
        "A web page and an HTTP API for the library. Not in this build.":
            "Una página web y una API HTTP para la biblioteca. No está en este programa.",
        "Make, list or revoke tokens for `vecino serve --listen`.":
            "Hace, enumera o revoca tokens para `vecino serve --listen`.",
        """
        EXAMPLES
          vecino token new --read --name "Ana's phone"
          vecino token new --ask --days 90
          vecino token list
          vecino token revoke 2
        """:
            """
        EJEMPLOS
          vecino token new --read --name "el móvil de Ana"
          vecino token new --ask --days 90
          vecino token list
          vecino token revoke 2
        """,
        "Make a token and print it; it is shown this once.":
            "Hace un token y lo muestra, solo esta vez.",
        "It may search and read (the default).":
            "Puede buscar y leer (por omisión).",
        "It may ask too, which may cost a language model's tokens.":
            "Puede también preguntar, lo que puede costar tokens de un modelo de lenguaje.",
        "It may also rate saved answers.":
            "Puede también valorar respuestas guardadas.",
        "Whose it is, or what for.":
            "De quién es, o para qué.",
        "Days until it expires. Default: it does not.":
            "Días hasta que caduca. Por omisión: no caduca.",
        "List the tokens that were not revoked; never the tokens themselves.":
            "Enumera los tokens que no se han revocado; nunca los tokens mismos.",
        "Make a token worthless, at once, also for a server that runs.":
            "Deja un token sin valor, al momento, también para un servidor en marcha.",
        "Its number, from `vecino token list`.":
            "Su número, el de `vecino token list`.",
    ]
}

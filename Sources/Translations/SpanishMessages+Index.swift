/// `index`, `watch` and the folders that they read.
extension SpanishMessages {
    static let index: [String: String] = [
        "If they are to go: vecino index --allow-empty {}":
            "Si deben irse: vecino index --allow-empty {}",
        "{}: {file} to read ({}), {} unchanged":
            "{}: {archivo|archivos} por leer ({}), {} sin cambios",
        "{}: {file} to read ({}), {} unchanged, {} gone":
            "{}: {archivo|archivos} por leer ({}), {} sin cambios, {} que ya no están",
        "{}: another vecino is indexing into this library: waiting for it to finish (Ctrl-C gives up).":
            "{}: otro vecino está indexando en esta biblioteca; se espera a que termine (Ctrl-C lo deja).",
        """
        {}: {file or folder} could not be read this time; what the library holds of them stays, and the next \
        `vecino index` tries again.
        """:
            """
        {}: esta vez no se han podido leer {archivo o carpeta|archivos y carpetas}; lo que la biblioteca \
        tiene de ellos se queda, y el próximo `vecino index` lo intenta de nuevo.
        """,
        "{}: up to date, {document}, nothing embedded ({}).":
            "{}: al día, {documento|documentos}, ningún vector nuevo ({}).",
        "{}: up to date, {document}, nothing embedded, {} skipped ({}).":
            "{}: al día, {documento|documentos}, ningún vector nuevo, {} sin leer ({}).",
        "{} added": "nuevos: {}",
        "{} changed": "cambiados: {}",
        "{} removed": "retirados: {}",
        "{} unchanged": "sin cambios: {}",
        "{} repaired": "reparados: {}",
        "{} skipped": "sin leer: {}",
        "{}: {}. {passage}, {} embedded, {} in {} ({}/s).":
            "{}: {}. {pasaje|pasajes}, vectores nuevos: {}; {} en {} ({}/s).",
        "Library: {}": "Biblioteca: {}",
        "`vecino status` lists what was skipped or repaired, and why.":
            "`vecino status` dice qué se dejó sin leer o se reparó, y por qué.",
        "{}: would read {file} ({}), remove {}, leave {} as they are, skip {}.":
            "{}: se leerían {archivo|archivos} ({}); retirados: {}; sin cambios: {}; sin leer: {}.",
        "added": "nuevo",
        "changed": "cambiado",
        "removed": "retirado",
        "skipped": "sin leer",
        "{}/{} files": "{}/{} archivos",
        "{passage}": "{pasaje|pasajes}",
        "{}/s": "{}/s",
        "{} left": "faltan {}",
        "skipped {}: {}": "sin leer, {}: {}",
        "skipped more; `vecino status` lists them all":
            "quedan más sin leer; `vecino status` los enumera",
        "could not read {}: {}": "no se ha podido leer {}: {}",
        "An interrupted `vecino index --rebuild` waits to be resumed: run it again.":
            "Un `vecino index --rebuild` interrumpido está a medias: ejecútalo otra vez para seguir.",
        "Forgot {unused embedding}.": "Se ha olvidado {vector sin uso|vectores sin uso}.",
        "The library was not built anew: name all of its folders, so that none is missing from it.":
            "La biblioteca no se ha rehecho: nombra todas sus carpetas, para que no falte ninguna.",
        """
        The library was not built anew, because not all could be read; the old one answers as before. Run the \
        command again, and it goes on where it stopped.
        """:
            """
        La biblioteca no se ha rehecho, porque no se ha podido leer todo; la anterior responde como antes. \
        Repite la orden y seguirá donde se quedó.
        """,
        "These folders could not be noted as yours ({}): name them again next time.":
            "No se ha podido anotar que estas carpetas son tuyas ({}): nómbralas otra vez la próxima vez.",
        "Name a folder to index: the library knows none yet.":
            "Nombra una carpeta que indexar: la biblioteca aún no conoce ninguna.",
        """
        Left out, because you have not had this library index them from here yet; name each that you trust it \
        with, once:
        """:
            """
        Se dejan fuera, porque aún no has pedido desde aquí que esta biblioteca las indexe; nombra una vez \
        cada una que le confíes:
        """,
        "Save it as ~/.config/systemd/user/vecino.service, then: systemctl --user enable --now vecino":
            """
        Guárdalo como ~/.config/systemd/user/vecino.service y después: systemctl --user enable --now \
        vecino
        """,
        "Watching {folder}.": "Vigilando {carpeta|carpetas}.",
        "The system watches no more folders (fs.inotify.max_user_watches): looking every {} seconds.":
            "El sistema no vigila más carpetas (fs.inotify.max_user_watches): se mira cada {} segundos.",
        "{}  {}  {}: {passage}": "{}  {}  {}: {pasaje|pasajes}",
    ]
}

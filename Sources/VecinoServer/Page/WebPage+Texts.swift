extension WebPage {
    /// The page's words in its two languages; the first part of its script.
    static let texts = #"""
        const texts = {
          en: {
            placeholder: "Search your documents, or ask a question", search: "Search",
            modes: "How to search", ask: "Ask", hybrid: "Best of both", keyword: "Words",
            vector: "Meaning", keyFocus: "search", keyMove: "move", keyOpen: "open or ask",
            keyClear: "close", keyHelp: "keys", nothing: "Nothing was found.",
            answer: "From your documents", abstained: "Your documents do not answer this",
            nearest: "Nearest passages", asking: "Reading…", line: "line", lines: "lines",
            page: "p.", gone: "The server does not answer.", by: "written by",
            standing: { follows: "follows from the quotation", isQuoted: "quoted" },
            notChecked: "the model's reading, not checked", order: "the document's words",
            extractive: "quoted from the documents", checked: "quotations checked word for word",
            hits: (n) => n === 1 ? "1 passage" : `${n} passages`,
            inDocuments: (n) => n === 1 ? "in 1 document" : `in ${n} documents`,
            library: (d, p) => `${d} documents · ${p} passages`,
            filters: "Filters", folders: "Folder", formats: "Format", languages: "Language",
            years: "Year", authors: "Author", clearFilters: "Clear filters", more: "More hits",
            far: "not near the query", reader: "Reader", close: "Close", outline: "Contents",
            nextHit: "Next hit", previousHit: "Previous hit", similar: "Similar passages",
            similarTo: "Similar to this passage", file: "Original file", asText: "Text",
            asPage: "Page", earlier: "Show what comes before", later: "Show what comes after",
            nextPage: "Next page", previousPage: "Previous page", pageOf: (n, m) => `Page ${n} of ${m}`,
            picture: (n) => `Picture of page ${n}`, marked: "The words are marked on the page.",
            unmarked: "The words could not be found on this page.", open: "Open in the reader",
            followUp: "Ask a follow-up question", followUpAsk: "Ask", newTalk: "New conversation",
            youAsked: "You asked", sources: "Sources", documents: "Documents", allOf: "The library",
            model: "Embedding model", answers: "Answers by", nobody: "quotations, no language model",
            size: "Size", updated: "Updated", never: "never finished", place: "File",
            skipped: (n) => n === 1 ? "1 file was not read" : `${n} files were not read`,
            repaired: (n) => n === 1 ? "1 file was repaired" : `${n} files were repaired`,
            filterNames: "Only names with…", moreDocuments: "More documents", back: "Back to search",
            keys: "Keys", keyNext: "next or previous hit in the reader", keySimilar: "similar passages",
            keyLibrary: "the library", keyThis: "this list", version: "Version",
            start: "Type to search by meaning and words. Enter asks for an answer with quotations.",
            local: "Everything stays on this machine.", remote: (m) => `Questions you ask go to ${m}.`,
            results: "Results", untitled: "Untitled", skip: "Skip to results",
          },
          es: {
            placeholder: "Busca en tus documentos o haz una pregunta", search: "Buscar",
            modes: "Cómo buscar", ask: "Preguntar", hybrid: "Lo mejor de ambos",
            keyword: "Palabras", vector: "Significado", keyFocus: "buscar", keyMove: "moverse",
            keyOpen: "abrir o preguntar", keyClear: "cerrar", keyHelp: "teclas",
            nothing: "No se ha encontrado nada.", answer: "De tus documentos",
            abstained: "Tus documentos no responden a esto", nearest: "Los pasajes más cercanos",
            asking: "Leyendo…", line: "línea", lines: "líneas", page: "p.",
            gone: "El servidor no responde.", by: "escrito por",
            standing: { follows: "se sigue de la cita", isQuoted: "cita literal" },
            notChecked: "lectura del modelo, sin comprobar", order: "palabras del documento",
            extractive: "citado de los documentos", checked: "citas comprobadas palabra por palabra",
            hits: (n) => n === 1 ? "1 pasaje" : `${n} pasajes`,
            inDocuments: (n) => n === 1 ? "en 1 documento" : `en ${n} documentos`,
            library: (d, p) => `${d} documentos · ${p} pasajes`,
            filters: "Filtros", folders: "Carpeta", formats: "Formato", languages: "Idioma",
            years: "Año", authors: "Autor", clearFilters: "Quitar filtros", more: "Más pasajes",
            far: "lejos de lo buscado", reader: "Lector", close: "Cerrar", outline: "Índice",
            nextHit: "Siguiente", previousHit: "Anterior", similar: "Pasajes parecidos",
            similarTo: "Parecidos a este pasaje", file: "Archivo original", asText: "Texto",
            asPage: "Página", earlier: "Mostrar lo anterior", later: "Mostrar lo que sigue",
            nextPage: "Página siguiente", previousPage: "Página anterior",
            pageOf: (n, m) => `Página ${n} de ${m}`, picture: (n) => `Imagen de la página ${n}`,
            marked: "Las palabras están marcadas en la página.",
            unmarked: "Las palabras no se han encontrado en esta página.", open: "Abrir en el lector",
            followUp: "Haz otra pregunta sobre esto", followUpAsk: "Preguntar",
            newTalk: "Conversación nueva", youAsked: "Has preguntado", sources: "Fuentes",
            documents: "Documentos", allOf: "La biblioteca", model: "Modelo de vectores",
            answers: "Respuestas de", nobody: "citas, sin modelo de lenguaje", size: "Tamaño",
            updated: "Actualizada", never: "nunca terminada", place: "Archivo",
            skipped: (n) => n === 1 ? "1 archivo no se ha leído" : `${n} archivos no se han leído`,
            repaired: (n) => n === 1 ? "1 archivo se ha reparado" : `${n} archivos se han reparado`,
            filterNames: "Solo nombres con…", moreDocuments: "Más documentos",
            back: "Volver a buscar", keys: "Teclas", keyNext: "pasaje siguiente o anterior en el lector",
            keySimilar: "pasajes parecidos", keyLibrary: "la biblioteca", keyThis: "esta lista",
            version: "Versión",
            start: "Escribe para buscar por significado y palabras. Intro pide una respuesta con citas.",
            local: "Nada sale de esta máquina.", remote: (m) => `Lo que preguntas se envía a ${m}.`,
            results: "Resultados", untitled: "Sin título", skip: "Ir a los resultados",
          },
        };
        const language = (navigator.languages || [navigator.language || "en"])
          .map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in texts) || "en";
        const t = texts[language];
        const number = new Intl.NumberFormat(language);
        const languageNames = new Intl.DisplayNames(language, { type: "language" });
        const nameOf = (code) => {
          try { return code === "und" ? "?" : languageNames.of(code); } catch { return code; }
        };
        document.documentElement.lang = language;
        """#
}

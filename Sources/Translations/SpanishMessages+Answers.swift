/// `ask`, `chat`, `answers`, `check` and `stats`.
extension SpanishMessages {
    static let answers: [String: String] = [
        "The answer was not kept: {}": "La respuesta no se ha guardado: {}",
        "{} reads about {} tokens …": "{} lee unos {} tokens …",
        "The prompt was too long for the model: asking with fewer passages.":
            "El texto era demasiado largo para el modelo: se pregunta con menos pasajes.",
        "Searching again: {}": "Se busca otra vez: {}",
        "The reply broke off: {}": "La respuesta se ha cortado: {}",
        "Understood as: {}": "Entendido como: {}",
        "({} alone: nothing of this was checked.)":
            "(Solo {}: nada de esto se ha comprobado.)",
        "Kept as answer {}: `vecino answers rate {} +1`, or -1.":
            "Guardada como respuesta {}: `vecino answers rate {} +1`, o -1.",
        "[unsupported]": "[sin respaldo]",
        "(not checked)": "(sin comprobar)",
        "(follows)": "(se deduce)",
        "(quoted)": "(citado)",
        "(the document’s words)": "(con las palabras del documento)",
        "Refused quotations: {}. --json shows them.": "Citas rechazadas: {}. --json las muestra.",
        "model: {}": "modelo: {}",
        "model: none; the best sentences would be quoted":
            "modelo: ninguno; se citarían las mejores frases",
        "prompt: about {} tokens, --show-prompt prints it":
            "texto enviado: unos {} tokens; --show-prompt lo muestra",
        "answered": "se responde",
        "refused": "no se responde",
        "risk that the documents do not answer: {}, {} up to {}":
            "riesgo de que los documentos no respondan: {}; {}, el límite es {}",
        "passage: {}:{}": "pasaje: {}:{}",
        "vecino: {}": "vecino: {}",
        "vecino: {} {}": "vecino: {} {}",
        "Forgotten; the library keeps what it has saved.":
            "Olvidado; la biblioteca conserva lo que tiene guardado.",
        "Nothing has been answered yet.": "Todavía no se ha respondido nada.",
        "Name the file: /save talk.md": "Nombra el archivo: /save charla.md",
        "{} is no command here: /help lists them.":
            "{} no es una orden aquí: /help las enumera.",
        "The last answer has no sources.": "La última respuesta no tiene fuentes.",
        "Write /rate +1 or /rate -1, after an answer that was kept.":
            "Escribe /rate +1 o /rate -1 después de una respuesta guardada.",
        "Noted.": "Anotado.",
        "Saved {answer} to {}.": "Se han guardado {respuesta|respuestas} en {}.",
        "{} could not be written: {}": "No se ha podido escribir {}: {}",
        "understood as: {}": "entendido como: {}",
        "written by: {}": "escrito por: {}",
        "likeness {}, {} deviations over the others":
            "parecido {}, {} desviaciones por encima de las demás",
        "{} % of the question's words near it": "{} % de las palabras de la pregunta cerca",
        "in another language": "en otro idioma",
        "risk that the documents do not answer: {} ({})":
            "riesgo de que los documentos no respondan: {} ({})",
        "searched again: {}": "buscado otra vez: {}",
        "refused ({}): “{}”": "rechazada ({}): «{}»",
        "tokens: {} read, {} written": "tokens: {} leídos, {} escritos",
        "No answer has been kept yet.": "Todavía no hay ninguna respuesta guardada.",
        "Forgot {answer}.": "Olvidadas: {respuesta|respuestas}.",
        "{answer} checked, {} without {its} support.":
            "Comprobadas: {respuesta|respuestas}; {} sin {su|su} respaldo.",
        "The model took that back; its answer:": "El modelo ha retirado eso; su respuesta:",
        "{} of {token}": "{} de {token|tokens}",
        "{} of {}": "{} de {}",
        "{} of {} ms": "{} de {} ms",
        "Budget: {}.": "Presupuesto: {}.",
        "There are no words in that: nothing was asked. /help lists the commands.":
            "Ahí no hay palabras: no se ha preguntado nada. /help enumera las órdenes.",
        "Stopped; /quit ends the conversation.": "Parado; /quit termina la conversación.",
        "{} writes": "escribe {}",
        "the best sentences are quoted": "se citan las mejores frases",
        "{document}; {}. Ask a question; /help lists the commands, Ctrl-D ends.":
            """
        {documento|documentos}; {}. Haz una pregunta; /help enumera las órdenes, Ctrl-D \
        termina.
        """,
        """
        /sources  /why  /rate +1  /save FILE  /new  /quit; anything else is a question. A \
        line that ends in a backslash goes on.
        """:
            """
        /sources  /why  /rate +1  /save ARCHIVO  /new  /quit; todo lo demás es una pregunta. \
        Una línea que termina en una barra invertida sigue en la próxima.
        """,
        "Nothing is pinned yet: `vecino answers pin` pins the newest answer.":
            "Todavía no hay nada fijado: `vecino answers pin` fija la respuesta más reciente.",
        "No language model is named: all questions are asked without one.":
            "No se ha nombrado un modelo de lenguaje: todas las preguntas se hacen sin él.",
        "{question} asked again, {} answered otherwise.":
            "Repetidas: {pregunta|preguntas}; con otra respuesta: {}.",
        "no longer quoted ({}): “{}” {}": "ya no se cita ({}): «{}» {}",
        "newly quoted: “{}” {}": "se cita ahora: «{}» {}",
        "was: {}": "antes: {}",
        "is: {}": "ahora: {}",
        "it still stands in its document": "sigue en su documento",
        "it stands in another document": "está en otro documento",
        "its document says it otherwise": "su documento lo dice de otro modo",
        "it is nowhere": "no está en ninguna parte",
        "The model alone": "El modelo solo",
        "The model with the documents": "El modelo con los documentos",
        "The documents alone": "Los documentos solos",
        "(nothing of this was checked)": "(nada de esto se ha comprobado)",
        "{} + {} tokens": "{} + {} tokens",
        "0 tokens": "0 tokens",
        "cost {}": "coste {}",
        "{} ms": "{} ms",
        "Where they differ": "En qué difieren",
        "The model is {}.": "El modelo es {}.",
        "No answer from: {}.": "Sin respuesta: {}.",
        """
        Of {sentence} of the model alone, {} follow from what the documents say, {} could \
        not be checked, {} are in no quotation.
        """:
            """
        De {frase|frases} del modelo solo: se deducen de los documentos {}, sin poder \
        comprobar {}, en ninguna cita {}.
        """,
        " (no quotation has {})": " (ninguna cita tiene {})",
        "only the model: “{}”{}": "solo el modelo: «{}»{}",
        "only the documents: {}": "solo los documentos: {}",
        "Both answers from documents rest on the same passages.":
            "Las dos respuestas con documentos se apoyan en los mismos pasajes.",
        "The two answers from documents rest on different passages.":
            "Las dos respuestas con documentos se apoyan en pasajes distintos.",
        "No answer has been kept yet: `vecino ask` keeps them.":
            "Todavía no hay ninguna respuesta guardada: `vecino ask` las guarda.",
        "Pinned as {}: {}": "Fijada como {}: {}",
        """
        Asked again now it is {}: pin it with the options that it was asked with (--path, \
        -k, --max-risk, …), or ask it anew and pin that.
        """:
            """
        Al repetirla ahora es {}: fíjala con las opciones con que se hizo (--path, -k, \
        --max-risk, …), o haz la pregunta de nuevo y fija esa respuesta.
        """,
        "Kept in {}.": "Guardado en {}.",
        "Unpinned {answer}.": "Ya no fijadas: {respuesta|respuestas}.",
        "  (the nearest of {passage})": "  (el más cercano de {pasaje|pasajes})",
        "It is found.": "Se encuentra.",
        "It is quoted.": "Se cita.",
        "Lost at: {}": "Se pierde en: {}",
        "Nothing that was tried brings it up.": "Nada de lo que se ha probado lo hace aparecer.",
        "What brings it up:": "Qué lo hace aparecer:",
        "  → rank {}": "  → puesto {}",
        "  → statement {}": "  → afirmación {}",
    ]
}

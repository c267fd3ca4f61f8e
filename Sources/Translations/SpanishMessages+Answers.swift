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
        "Interrupted; /quit ends the conversation.":
            "Interrumpido; /quit termina la conversación.",
        "vecino: {}": "vecino: {}",
        "Forgotten; the library keeps what it has saved.":
            "Olvidado; la biblioteca conserva lo que tiene guardado.",
        "Nothing has been answered yet.": "Todavía no se ha respondido nada.",
        "Name the file: /save talk.md": "Nombra el archivo: /save charla.md",
        "/sources  /why  /rate +1  /save FILE  /new  /quit; anything else is a question.":
            "/sources  /why  /rate +1  /save ARCHIVO  /new  /quit; todo lo demás es una pregunta.",
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
    ]
}

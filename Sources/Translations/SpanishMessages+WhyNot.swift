/// What `why-not` saw of a passage, and what brings it up.
extension SpanishMessages {
    static let whyNot: [String: String] = [
        "Not in your documents: the search found no passage.":
            "No está en tus documentos: la búsqueda no encontró ningún pasaje.",
        "Not in your documents: the nearest passages do not answer the question.":
            "No está en tus documentos: los pasajes más cercanos no responden la pregunta.",
        "Not in your documents: no near passage mentions what the question names.":
            "No está en tus documentos: ningún pasaje cercano menciona lo que la pregunta nombra.",
        "Not in your documents: the model read the passages and found no answer.":
            "No está en tus documentos: el modelo leyó los pasajes y no halló la respuesta.",
        "No checked answer: none of the model's quotations stands in your documents.":
            "Sin respuesta comprobada: ninguna cita del modelo está en tus documentos.",
        "No checked answer: the model's reply could not be read.":
            "Sin respuesta comprobada: la respuesta del modelo no se pudo leer.",
        "Your documents say no more: what was found had been quoted already.":
            "Tus documentos no dicen más: lo que se encontró ya se había citado.",
        "The library holds it.": "La biblioteca lo tiene.",
        "The library holds {} passages of it.": "La biblioteca tiene {} pasajes suyos.",
        "Its document does not pass the filter.": "Su documento no pasa el filtro.",
        "It has a word that the query excludes with a minus.":
            "Tiene una palabra que la consulta excluye con un signo menos.",
        "It lacks what the query demands: words in quotes, a field, or joined words.":
            """
        Le falta lo que la consulta exige: palabras entre comillas, un campo, o palabras \
        unidas.
        """,
        "Hit {} says nearly the same and stands for it: {}.":
            "El resultado {} dice casi lo mismo y está en su lugar: {}.",
        "Rank {} where both are brought together.": "Puesto {} donde se juntan ambos.",
        "A hit, but not near the query: it may say nothing on it.":
            "Es un resultado, pero no se parece a la consulta: puede no decir nada de ella.",
        "It has none of the query's words{}.": "No tiene ninguna palabra de la consulta{}.",
        "Rank {} by words, of which the first {} count: it has {}.":
            "Puesto {} por palabras, de los que cuentan los primeros {}: tiene {}.",
        "It has only {}.": "Solo tiene {}.",
        "{}; it lacks {}": "{}; le falta {}",
        "It is not among those that were compared by meaning.":
            "No está entre los que se compararon por significado.",
        "Rank {} by meaning{}, of which the first {} count.":
            "Puesto {} por significado{}, de los que cuentan los primeros {}.",
        ", similarity {}": ", parecido {}",
        "Its document has {} hits already, as many as it may have.":
            "Su documento tiene ya {} resultados, todos los que puede tener.",
        "Rank {}: the first {} places went to other languages than “{}”.":
            "Puesto {}: los primeros {} lugares fueron a otros idiomas que «{}».",
        "Rank {} where both are brought together, and {} are taken.":
            "Puesto {} donde se juntan ambos, y se toman {}.",
        "The library knows the file and passed it over: {}.":
            "La biblioteca conoce el archivo y no lo ha leído: {}.",
        "There is no such file, and the library holds none of that name.":
            "No existe ese archivo, y la biblioteca no tiene ninguno con ese nombre.",
        "No passage of the library has these words in this order.":
            "Ningún pasaje de la biblioteca tiene estas palabras en este orden.",
        "Check the spelling: `vecino ls` lists what the library holds.":
            "Comprueba cómo está escrito: `vecino ls` enumera lo que tiene la biblioteca.",
        "Name the document instead, or fewer of the words; index again if the file is new.":
            "Nombra el documento, o menos palabras; indexa de nuevo si el archivo es nuevo.",
        "The file is there, but in no folder that was indexed.":
            "El archivo existe, pero en ninguna carpeta indexada.",
        "Index its folder.": "Indexa su carpeta.",
        "The file is there and was not read yet: it is new since the folder was indexed.":
            """
        El archivo existe y aún no se ha leído: es posterior a la última indexación de la \
        carpeta.
        """,
        "Index again.": "Indexa de nuevo.",
        "Correct that, then index again.": "Corrige eso e indexa de nuevo.",
        """
        The file lies in an indexed folder and is left out: by a pattern, as a hidden file, by \
        .gitignore or .vecinoignore, or as a format that is not read.
        """:
            """
        El archivo está en una carpeta indexada y se deja fuera: por un patrón, \
        por ser oculto, por .gitignore o .vecinoignore, o por un formato que no se lee.
        """,
        "Index it by its own name, or change what is left out.":
            "Indéxalo por su propio nombre, o cambia lo que se deja fuera.",
        "It is read all the same, as the neighbor of a passage that was found.":
            "Se lee de todos modos, como vecino de un pasaje encontrado.",
        "Use words that it has, such as those of its heading: “{}”.":
            "Usa palabras que tenga, como las de su encabezado: «{}».",
        "No room was left for it: {} passages are read, each text once.":
            "No quedó sitio para él: se leen {} pasajes, cada texto una vez.",
        "Its document does not mention what the question names, or another mentions more.":
            "Su documento no menciona lo que la pregunta nombra, u otro menciona más.",
        """
        The question was refused: the risk that the documents do not answer is {}, and up to \
        {} is answered.
        """:
            """
        No se respondió: el riesgo de que los documentos no respondan es {}, y se responde \
        hasta {}.
        """,
        "It is quoted, in statement {} of the answer.":
            "Se cita, en la afirmación {} de la respuesta.",
        "It was read, but other sentences were seen as better answers: “{}”.":
            "Se leyó, pero otras frases parecieron mejores respuestas: «{}».",
        "Accept a larger risk.": "Acepta un riesgo mayor.",
        "Read more passages.": "Lee más pasajes.",
        "Look for words alone.": "Busca solo por palabras.",
        "Look for meaning alone.": "Busca solo por significado.",
        "Look for both.": "Busca por ambos.",
        "Leave out the filters.": "Quita los filtros.",
        "Look in its document only.": "Busca solo en su documento.",
        "Ask for more hits.": "Pide más resultados.",
        "Leave out the minus, the quotation marks and the names of fields.":
            "Quita el signo menos, las comillas y los nombres de campos.",
        "Show passages that say nearly the same.": "Muestra los pasajes que dicen casi lo mismo.",
        "Take more hits of a document.": "Toma más resultados de un documento.",
        "Look in its language only.": "Busca solo en su idioma.",
        "Leave out the paths.": "Quita las rutas.",
        "Leave out the condition on {}.": "Quita la condición sobre {}.",
        "Leave out the first day.": "Quita el primer día.",
        "Leave out the last day.": "Quita el último día.",
        "Leave out all filters.": "Quita todos los filtros.",
        "Leave out what the query itself says of documents (author:, path:, since:, …).":
            "Quita lo que la propia consulta dice de los documentos (author:, path:, since:, …).",
    ]
}

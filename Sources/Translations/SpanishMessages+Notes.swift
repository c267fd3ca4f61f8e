/// What a search says beside its hits.
extension SpanishMessages {
    static let notes: [String: String] = [
        "No passage has “{}”: looked for “{}”.": "Ningún pasaje tiene «{}»: se ha buscado «{}».",
        "No passage has {} word for word: looked for the words one by one.":
            "Ningún pasaje tiene {} palabra por palabra: se han buscado las palabras una por una.",
        "Left out: passages with {}.": "Se dejan fuera los pasajes con {}.",
        "Looked only at passages with {}.": "Solo se han mirado los pasajes con {}.",
        "Passages with {} count more; others are shown too.":
            "Los pasajes con {} cuentan más; también se muestran otros.",
        "Nothing in the library is near the query: the hits are the least far.":
            "Nada en la biblioteca se parece a la consulta: los resultados son lo menos lejano.",
        "Hits from rank {} on are not near the query.":
            "Desde el puesto {}, los resultados ya no se parecen a la consulta.",
        "The query has no words to look for.": "La consulta no tiene palabras que buscar.",
        "The library has no documents.": "La biblioteca no tiene documentos.",
        "No document fulfills all of the filter’s conditions at once.":
            "Ningún documento cumple a la vez todas las condiciones del filtro.",
        "No document’s path matches “{}”.": "La ruta de ningún documento coincide con «{}».",
        "No document’s path matches “{}”: the nearest is “{}”.":
            "La ruta de ningún documento coincide con «{}»: la más cercana es «{}».",
        "Every document’s path matches “{}”, which is left out.":
            "La ruta de todos los documentos coincide con «{}», que se deja fuera.",
        "No document is dated since {}: the dates go from {} to {}.":
            "Ningún documento es de {} o después: las fechas van de {} a {}.",
        "No document is dated until {}: the dates go from {} to {}.":
            "Ningún documento es de {} o antes: las fechas van de {} a {}.",
        "No document has the field “{}”.": "Ningún documento tiene el campo «{}».",
        "No document has the field “{}”: the nearest is “{}”.":
            "Ningún documento tiene el campo «{}»: el más cercano es «{}».",
        "No document fulfills “{}”.": "Ningún documento cumple «{}».",
        "No document fulfills “{}”: the nearest value is “{}”.":
            "Ningún documento cumple «{}»: el valor más cercano es «{}».",
        """
        The server has no pg_textsearch: keywords are ranked by reading every passage that has one, which \
        takes long for common words in a large library.
        """:
            """
        El servidor no tiene pg_textsearch: las palabras se ordenan leyendo cada pasaje que tiene una, y \
        eso tarda con palabras comunes en una biblioteca grande.
        """,
        "No document has a field “{}”, so “{}:” was looked for as a word.":
            "Ningún documento tiene un campo «{}», así que «{}:» se ha buscado como palabra.",
        """
        No document has a field “{}”, so “{}:” was looked for as a word: the nearest field \
        is “{}”.
        """:
            """
        Ningún documento tiene un campo «{}», así que «{}:» se ha buscado como palabra: el \
        campo más cercano es «{}».
        """,
        "The query only leaves out: all other documents are listed.":
            "La consulta solo excluye: se muestran todos los demás documentos.",
        "It took longer: what is read from the documents cannot be done in less.":
            "Ha tardado más: lo que se lee de los documentos no se puede hacer en menos.",
        "The prompt was bounded to about {} tokens.":
            "El texto enviado se ha limitado a unos {} tokens.",
        "The reply was bounded to {} tokens.": "La respuesta se ha limitado a {} tokens.",
        "The model was not asked further ({}): the documents' own sentences are quoted.":
            "No se ha preguntado más al modelo ({}): se citan las frases de los documentos.",
        "Sentences were ranked by their words alone, for lack of time.":
            "Las frases se han ordenado solo por sus palabras, por falta de tiempo.",
        "the time is up": "se acabó el tiempo",
        "a prompt of about {} tokens and its reply do not fit":
            "un texto de unos {} tokens y su respuesta no caben",
    ]
}

extension UnfittedClaims {
    static let spanish: [Pattern] = [
        Pattern(
            "agentes cambiados",
            "{A} enseñó a {B} a usar el {t}.",
            lies: ["{B} enseñó a {A} a usar el {t}."],
            truths: ["{A} enseñó a {B}."]
        ),
        Pattern(
            "agentes cambiados",
            "A {A} le pagó {B} por el {t}.",
            lies: ["A {B} le pagó {A} por el {t}.", "{A} pagó a {B} por el {t}."]
        ),
        Pattern(
            "dueños cambiados",
            "El {t} de {A} está junto al {u} de {B}.",
            lies: ["El {t} de {B} está junto al {u} de {A}.", "El {u} de {A} está junto al {t}."],
            truths: ["El {t} de {A} está junto al {u} de {B}."]
        ),
        Pattern(
            "ordinal cambiado",
            "El segundo {t} se compró en {n} días.",
            lies: ["El tercer {t} se compró en {n} días.", "El primer {t} se compró en {n} días."],
            truths: ["El segundo {t} se compró en {n} días."]
        ),
        Pattern(
            "día cambiado",
            "El {p} abre el {d} y cierra el {e}.",
            lies: [
                "El {p} abre el {e}.", "El {p} cierra el {d}.",
                "El {p} abre el {e} y cierra el {d}.",
            ],
            truths: ["El {p} abre el {d}.", "El {p} cierra el {e}."]
        ),
        Pattern(
            "mes cambiado",
            "El {t} se limpia en {o} y se engrasa en {r}.",
            lies: ["El {t} se limpia en {r}.", "El {t} se engrasa en {o}."],
            truths: ["El {t} se limpia en {o}.", "El {t} se engrasa en {r}."]
        ),
        Pattern(
            "hora cambiada",
            "La visita del {p} empieza a las 10:{n}.",
            lies: [
                "La visita del {p} empieza a las 11:{n}.",
                "La visita del {p} empieza a las 10:{m}.",
            ],
            truths: ["La visita del {p} empieza a las 10:{n}."]
        ),
        Pattern(
            "mitad del día cambiada",
            "La visita del {p} empieza a las 8 de la mañana.",
            lies: [
                "La visita del {p} empieza a las 8 de la tarde.",
                "La visita del {p} empieza mañana.",
            ],
            truths: ["La visita del {p} empieza a las 8 de la mañana."]
        ),
        Pattern(
            "coma movida",
            "El {t} pesa {n},5 kg.",
            lies: ["El {t} pesa {n}5 kg.", "El {t} pesa {n} kg.", "El {t} pesa 0,{n}5 kg."],
            truths: ["El {t} pesa {n},5 kg."]
        ),
        Pattern(
            "signo perdido",
            "El {p} se mantiene a -{n} grados.",
            lies: ["El {p} se mantiene a {n} grados."],
            truths: ["El {p} se mantiene a -{n} grados."]
        ),
        Pattern(
            "límite perdido",
            "El {t} tarda al menos {n} minutos.",
            lies: ["El {t} tarda {n} minutos.", "El {t} tarda como mucho {n} minutos."],
            truths: ["El {t} tarda al menos {n} minutos."]
        ),
        Pattern(
            "límite perdido",
            "Más de {n} personas visitaron el {p}.",
            lies: ["{n} personas visitaron el {p}.", "Menos de {n} personas visitaron el {p}."],
            truths: ["Más de {n} personas visitaron el {p}."]
        ),
        Pattern(
            "intervalo cortado",
            "El {t} funciona de {n} a {m} horas.",
            lies: ["El {t} funciona {n} horas.", "El {t} funciona {m} horas."],
            truths: ["El {t} funciona de {n} a {m} horas."]
        ),
        Pattern(
            "dirección vuelta",
            "El camino lleva del {p} al {q}.",
            lies: ["El camino lleva del {q} al {p}.", "El camino lleva al {p}."],
            truths: ["El camino lleva al {q}."]
        ),
        Pattern(
            "causa y efecto cambiados",
            "El {t} se paró porque el {u} se rompió.",
            lies: [
                "El {u} se rompió porque el {t} se paró.",
                "El {t} se rompió porque el {u} se paró.",
            ],
            truths: ["El {t} se paró."]
        ),
        Pattern(
            "orden en el tiempo vuelto",
            "{A} se fue antes de que {B} abriera el {p}.",
            lies: [
                "{B} abrió el {p} antes de que {A} se fuera.",
                "{A} se fue después de que {B} abriera el {p}.",
            ],
            truths: ["{A} se fue antes de que {B} abriera el {p}."]
        ),
        Pattern(
            "orden en el tiempo vuelto",
            "Limpie el {t} antes de arrancar el {u}.",
            lies: [
                "Arranque el {u} antes de limpiar el {t}.",
                "Limpie el {u} antes de arrancar el {t}.",
            ]
        ),
        Pattern(
            "alcance de la negación",
            "No todos los visitantes pueden usar el {t}.",
            lies: [
                "Todos los visitantes pueden usar el {t}.", "Los visitantes no pueden usar el {t}.",
                "Ningún visitante puede usar el {t}.",
            ],
            truths: ["No todos los visitantes pueden usar el {t}."]
        ),
        Pattern(
            "alcance de la negación",
            "Nadie salvo {A} puede abrir el {p}.",
            lies: [
                "Nadie puede abrir el {p}.", "{A} no puede abrir el {p}.",
                "Todos pueden abrir el {p}.",
            ]
        ),
        Pattern(
            "intento por logro",
            "{A} intentó reparar el {t}.",
            lies: ["{A} reparó el {t}.", "{A} ha reparado el {t}."],
            truths: ["{A} intentó reparar el {t}."]
        ),
        Pattern(
            "intento por logro",
            "{A} no consiguió arrancar el {t}.",
            lies: ["{A} consiguió arrancar el {t}.", "{A} arrancó el {t}."],
            truths: ["{A} no consiguió arrancar el {t}."]
        ),
        Pattern(
            "plan por hecho",
            "{A} piensa vender el {t} en {o}.",
            lies: ["{A} vende el {t} en {o}.", "{A} vendió el {t} en {o}."],
            truths: ["{A} piensa vender el {t}."]
        ),
        Pattern(
            "plan por hecho",
            "{A} prometió pintar el {p}.",
            lies: ["{A} pintó el {p}.", "{A} pinta el {p}."],
            truths: ["{A} prometió pintar el {p}."]
        ),
        Pattern(
            "petición por acto",
            "A {A} le pidieron que saliera del {p}.",
            lies: ["{A} salió del {p}.", "{A} pidió salir del {p}."]
        ),
        Pattern(
            "rumor por hecho",
            "El {t} presuntamente pertenece a {A}.",
            lies: ["El {t} pertenece a {A}."],
            truths: ["El {t} presuntamente pertenece a {A}."]
        ),
        Pattern(
            "rumor por hecho",
            "El {t} parece pertenecer a {A}.",
            lies: ["El {t} pertenece a {A}."],
            truths: ["El {t} parece pertenecer a {A}."]
        ),
        Pattern(
            "irreal por real",
            "Si {A} hubiera llamado, {B} habría abierto el {p}.",
            lies: ["{B} ha abierto el {p}.", "{A} hubiera llamado.", "{B} habría abierto el {p}."]
        ),
        Pattern(
            "irreal por real",
            "{A} quisiera que el {t} fuera {c}.",
            lies: ["El {t} es {c}.", "El {t} fuera {c}.", "{A} quiere el {t}."],
            truths: ["{A} quisiera que el {t} fuera {c}."]
        ),
        Pattern(
            "superlativo ganado",
            "El {t} del {p} es viejo.",
            lies: ["El {t} del {p} es el más viejo.", "El más viejo es el {t} del {p}."],
            truths: ["El {t} del {p} es viejo."]
        ),
        Pattern(
            "prefijo de negación",
            "Es posible alquilar el {p}.",
            lies: ["Es imposible alquilar el {p}."],
            truths: ["Es posible alquilar el {p}."]
        ),
        Pattern(
            "prefijo de negación",
            "El {t} está desconectado.",
            lies: ["El {t} está conectado."],
            truths: ["El {t} está desconectado."]
        ),
        Pattern(
            "verbo contrario",
            "{A} compró el {t} a {B}.",
            lies: ["{A} vendió el {t} a {B}.", "{B} compró el {t} a {A}."],
            truths: ["{A} compró el {t}."]
        ),
        Pattern(
            "verbo contrario",
            "Las normas prohíben fumar en el {p}.",
            lies: ["Las normas permiten fumar en el {p}.", "Fumar en el {p}."],
            truths: ["Las normas prohíben fumar en el {p}."]
        ),
        Pattern(
            "partes cruzadas",
            "El {t} es {c} y el {u} es {f}.",
            lies: ["El {t} es {f}.", "El {u} es {c}.", "El {t} es {f} y el {u} es {c}."],
            truths: ["El {t} es {c}.", "El {u} es {f}."]
        ),
        Pattern(
            "partes cruzadas",
            "{A} tiene el lápiz {c} y {B} el {f}.",
            lies: ["{A} tiene el lápiz {f}.", "{B} tiene el lápiz {c}.", "{B} tiene el lápiz."],
            truths: ["{A} tiene el lápiz {c}."]
        ),
        Pattern(
            "elección vuelta",
            "Use el {t} en lugar del {u}.",
            lies: ["Use el {u} en lugar del {t}.", "Use el {u}."],
            truths: ["Use el {t}."]
        ),
        Pattern(
            "elección vuelta",
            "{A} trabaja en el {p} y no en el {q}.",
            lies: ["{A} trabaja en el {q} y no en el {p}.", "{A} trabaja en el {q}."],
            truths: ["{A} trabaja en el {p}."]
        ),
        Pattern(
            "ni uno ni otro",
            "Ni el {t} ni el {u} están en venta.",
            lies: [
                "El {t} está en venta.", "El {t} y el {u} están en venta.",
                "El {u} están en venta.",
            ]
        ),
        Pattern(
            "costumbre pasada",
            "{A} solía trabajar en el {p}.",
            lies: ["{A} trabaja en el {p}.", "{A} suele trabajar en el {p}."],
            truths: ["{A} solía trabajar en el {p}."]
        ),
        Pattern(
            "fin de un estado",
            "El {t} dejó de funcionar en {o}.",
            lies: [
                "El {t} funcionó en {o}.", "El {t} empezó a funcionar en {o}.",
                "El {t} funciona en {o}.",
            ],
            truths: ["El {t} dejó de funcionar en {o}."]
        ),
        Pattern(
            "excepción por regla",
            "Todos menos {A} tienen llave del {p}.",
            lies: [
                "Todos tienen llave del {p}.", "{A} tiene llave del {p}.",
                "Solo {A} tiene llave del {p}.",
            ]
        ),
        Pattern(
            "duda perdida",
            "No se sabe si {A} es dueño del {t}.",
            lies: ["{A} es dueño del {t}.", "Se sabe que {A} es dueño del {t}."]
        ),
        Pattern(
            "duda perdida",
            "{A} duda que el {t} funcione.",
            lies: ["El {t} funciona.", "{A} dice que el {t} funciona.", "El {t} funcione."]
        ),
        Pattern(
            "precio de otra cosa",
            "El {t} cuesta {n} euros y el {u} cuesta {m} euros.",
            lies: ["El {t} cuesta {m} euros.", "El {u} cuesta {n} euros."],
            truths: ["El {t} cuesta {n} euros.", "El {u} cuesta {m} euros."]
        ),
        Pattern(
            "moneda cambiada",
            "El {t} cuesta {n} €.",
            lies: ["El {t} cuesta {n} $.", "El {t} cuesta {n} dólares."],
            truths: ["El {t} cuesta {n} €."]
        ),
        Pattern(
            "parte cambiada",
            "El {n} % de los visitantes vio el {t}.",
            lies: ["{n} visitantes vio el {t}.", "El {n} de los visitantes vio el {t}."],
            truths: ["El {n} % de los visitantes vio el {t}."]
        ),
        Pattern(
            "demasiado por bastante",
            "El {t} es demasiado pesado para el {p}.",
            lies: ["El {t} es bastante pesado para el {p}.", "El {t} es para el {p}."],
            truths: ["El {t} es demasiado pesado para el {p}."]
        ),
        Pattern(
            "apenas perdido",
            "{A} apenas usa el {t}.",
            lies: ["{A} usa el {t}.", "{A} siempre usa el {t}."],
            truths: ["{A} apenas usa el {t}."]
        ),
        Pattern(
            "parecido por identidad",
            "El {t} parece un {u}.",
            lies: ["El {t} es un {u}.", "El {t} un {u}."],
            truths: ["El {t} parece un {u}."]
        ),
        Pattern(
            "no solo por solo",
            "El {t} no solo es {c} sino también {f}.",
            lies: ["El {t} solo es {c}.", "El {t} no es {c}.", "El {t} no es {c} sino {f}."]
        ),
    ]
}

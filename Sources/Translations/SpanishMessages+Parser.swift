/// What the parser of arguments writes itself: whole lines, the first that fits counts.
extension SpanishMessages {
    package static let parser: [(key: String, template: String)] = [
        ("OVERVIEW: {}", "RESUMEN: {}"),
        ("USAGE: {}", "USO: {}"),
        ("Usage: {}", "Uso: {}"),
        ("ARGUMENTS:", "ARGUMENTOS:"),
        ("OPTIONS:", "OPCIONES:"),
        ("SUBCOMMANDS:", "ÓRDENES:"),
        ("EXAMPLES", "EJEMPLOS"),
        ("EXIT STATUS", "ESTADO DE SALIDA"),
        ("{}Show help information.", "{}Muestra esta ayuda."),
        ("{}Show the version.", "{}Muestra la versión."),
        ("{}Show subcommand help information.", "{}Muestra la ayuda de una orden."),
        ("  See '{}' for detailed help.", "  `{}` da más ayuda."),
        ("  See '{}' for more information.", "  `{}` dice más."),
        ("{}(values: {}; default: {})", "{}(valores: {}; normal: {})"),
        ("{}(default: {})", "{}(normal: {})"),
        (
            "Error: Unknown option '{}'. Did you mean '{}'?",
            "Error: No hay ninguna opción «{}». ¿Querías decir «{}»?"
        ),
        ("Error: Unknown option '{}'", "Error: No hay ninguna opción «{}»"),
        ("Error: Unknown option '{}' {}", "Error: No hay ninguna opción «{}» {}"),
        ("Error: Missing expected argument '{}'", "Error: Falta el argumento «{}»"),
        ("Error: Missing value for '{}'", "Error: Falta el valor de «{}»"),
        (
            "Error: The value '{}' is invalid for '{}'. Please provide one of {}.",
            "Error: «{}» no vale para «{}». Da uno de {}."
        ),
        ("Error: The value '{}' is invalid for '{}': {}", "Error: «{}» no vale para «{}»: {}"),
        ("Error: The value '{}' is invalid for '{}'", "Error: «{}» no vale para «{}»"),
        ("Error: Unexpected argument '{}'", "Error: Sobra el argumento «{}»"),
        ("Error: {} unexpected arguments: {}", "Error: Sobran {} argumentos: {}"),
        ("Help:  {}", "Ayuda:  {}"),
    ]
}

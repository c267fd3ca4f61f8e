/// What emoji are called, so that a word finds the picture of what it names.
enum EmojiNames {
    /// The stems of the names of an emoji, English and Spanish, folded; none for another character.
    static func stems(of value: UInt32) -> [String] {
        guard (0x2300...0x2BFF).contains(value) || (0x1F000...0x1FAFF).contains(value),
            let scalar = Unicode.Scalar(value), scalar.properties.isEmoji,
            let name = scalar.properties.name
        else { return [] }
        let english = name.lowercased().split { !$0.isLetter }.map(String.init)
            .filter { !general.contains($0) }
        return stems(of: english, in: .english) + stems(of: spanish[value] ?? [], in: .spanish)
    }

    private static func stems(of words: [String], in language: Language) -> [String] {
        guard !words.isEmpty, let stemmer = Stemmer(language: language) else { return [] }
        return words.map { folded(stemmer.stem($0)) }
    }

    /// Words of Unicode's names that say what kind of sign it is, and colors of its print.
    private static let general: Set<String> = [
        "face", "sign", "symbol", "with", "and", "of", "the", "heavy", "black", "white", "mark",
        "emoji", "component", "squared", "negative", "button", "ideograph", "indicator",
        "regional", "letter", "in", "on", "up", "a", "medium", "large", "small",
    ]

    /// Spanish names of what people mostly use.
    private static let spanish: [UInt32: [String]] = {
        var names: [UInt32: [String]] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let value = words.first?.unicodeScalars.first?.value else { continue }
            names[value] = words.dropFirst().map(String.init)
        }
        return names
    }()

    private static let table = """
        😀 sonrisa
        😂 risa lágrimas
        😍 enamorado
        😢 llanto triste
        😡 enfado
        😱 miedo grito
        😴 sueño dormido
        🤔 pensar duda
        👍 pulgar bien
        👎 pulgar mal
        👏 aplauso
        🙏 gracias manos
        💪 fuerza músculo
        👋 saludo mano
        👀 ojos
        🧠 cerebro
        ❤ corazón amor
        💔 corazón roto
        🔥 fuego
        ⭐ estrella
        ✨ brillo
        ⚡ rayo
        ☀ sol
        🌙 luna
        ☁ nube
        🌧 lluvia
        ❄ nieve
        🌈 arcoíris
        🌊 ola mar
        🌍 tierra mundo
        🌱 planta brote
        🌳 árbol
        🌲 árbol pino
        🌵 cactus
        🌹 rosa flor
        🌸 flor
        🌻 girasol
        🍎 manzana
        🍏 manzana verde
        🍐 pera
        🍊 naranja mandarina
        🍋 limón
        🍌 plátano
        🍉 sandía
        🍇 uvas
        🍓 fresa
        🍒 cerezas
        🍑 melocotón
        🍍 piña
        🥥 coco
        🥑 aguacate
        🍅 tomate
        🥕 zanahoria
        🌽 maíz
        🥔 patata
        🧅 cebolla
        🧄 ajo
        🍄 seta
        🍞 pan
        🧀 queso
        🥚 huevo
        🍕 pizza
        🍔 hamburguesa
        🍚 arroz
        🍲 olla guiso
        🥗 ensalada
        🍰 tarta
        🎂 tarta cumpleaños
        🍫 chocolate
        🍯 miel
        🥛 leche
        ☕ café
        🍵 té
        🍷 vino
        🍺 cerveza
        💧 gota agua
        🐱 gato
        🐶 perro
        🐭 ratón
        🐰 conejo
        🦊 zorro
        🐻 oso
        🐼 panda
        🐷 cerdo
        🐮 vaca
        🐴 caballo
        🐑 oveja
        🐔 gallina
        🐧 pingüino
        🐦 pájaro
        🦉 búho
        🐢 tortuga
        🐍 serpiente
        🐟 pez
        🐬 delfín
        🐳 ballena
        🐝 abeja
        🐞 mariquita
        🦋 mariposa
        🐌 caracol
        🐜 hormiga
        🏠 casa
        🏫 escuela
        🏥 hospital
        🏦 banco
        ⛪ iglesia
        🚗 coche
        🚲 bicicleta
        🚌 autobús
        🚂 tren
        ✈ avión
        🚀 cohete
        ⛵ velero barco
        🚢 barco
        ⚓ ancla
        ⏰ despertador
        ⌛ reloj arena
        📅 calendario
        📌 chincheta
        📎 clip
        ✂ tijeras
        📏 regla
        ✏ lápiz
        📝 nota
        📚 libros
        📖 libro
        📧 correo
        ✉ carta sobre
        📞 teléfono
        💻 ordenador portátil
        🖨 impresora
        📷 cámara
        🔑 llave
        🔒 candado cerrado
        🔓 candado abierto
        🔧 llave herramienta
        🔨 martillo
        🔍 lupa
        💡 bombilla idea
        🔋 pila batería
        🔔 campana
        🎵 música nota
        🎸 guitarra
        🎨 pintura arte
        ⚽ fútbol balón
        🏀 baloncesto
        🎾 tenis
        🏆 trofeo copa
        🎁 regalo
        🎉 fiesta
        🎈 globo
        💰 dinero
        💊 pastilla
        ⚠ aviso advertencia
        ✅ hecho
        ❌ error cruz
        ❓ pregunta
        🚫 prohibido
        ♻ reciclaje
        """
}

/// Sentences that say what to do, in Spanish and English, as far as lists can tell.
enum Instructions {
    /// Whether the sentence with these folded words is one: it begins with an order, or says what one can,
    /// must or has to do.
    ///
    /// - Complexity: O(words).
    static func areGiven(by words: [String]) -> Bool {
        // After `then`, `to do so,` or the like an order may come later: the first words are looked at.
        if words.prefix(2).contains(where: orders.contains) { return true }
        return zip(words, words.dropFirst()).contains { pairs.contains("\($0.0) \($0.1)") }
    }

    private static func list(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let orders = list(
        """
        use run type press click open select set add put hold choose enter go call write send ask fill bring take
        install remove delete edit create make turn pull push check start stop download copy move save close insert
        hit connect configure enable disable execute issue restart reboot log plug unplug wait wash cut mix pay sign
        return do follow specify replace rename pass utilice use ejecute pulse escriba abra seleccione anada ponga
        mantenga elija introduzca vaya llame envie pida rellene lleve instale elimine borre edite cree haga compruebe
        inicie pare descargue copie mueva guarde cierre inserte conecte configure active desactive reinicie espere
        pague firme siga especifique sustituya usa utiliza ejecuta pulsa escribe abre selecciona anade pon manten
        elige introduce ve llama envia pide rellena lleva instala elimina borra edita crea haz comprueba inicia
        descarga copia mueve guarda cierra inserta conecta configura activa desactiva reinicia espera teclee teclea
        """
    )

    private static let pairs: Set<String> = [
        "you can", "you may", "you must", "you should", "you need", "you have", "can use",
        "by using", "by running", "by typing", "by pressing", "by setting", "is done", "to do",
        "can be",
        "puede usar", "puede utilizar", "puede hacer", "puede ejecutar", "se puede", "se pueden",
        "hay que", "debe ejecutar", "debe usar", "deberia usar", "tiene que", "tienes que",
        "puedes usar", "puedes utilizar", "debes usar", "basta con", "se hace", "se realiza",
        "mediante la", "con la", "usando la", "usando el", "utilizando la", "utilizando el",
        "siguiente orden", "lo siguiente", "use the", "using the", "as follows",
    ]
}

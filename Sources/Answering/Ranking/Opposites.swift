/// Words that mean the opposite of others, in Spanish and English.
enum Opposites {
    /// Words of one meaning, and those of the opposite one.
    struct Pair: Sendable {
        /// The side of which there is a word.
        let own: Set<String>
        /// The other side.
        let other: Set<String>

        /// Whether `words` has a word of the other side, and none of the own.
        func isTurned(in words: some Sequence<String>) -> Bool {
            let words = Set(words)
            return !other.isDisjoint(with: words) && own.isDisjoint(with: words)
        }
    }

    /// For each pair of which `words` has one side only, that side and the other.
    ///
    /// - Complexity: O(pairs).
    static func of(_ words: Set<String>) -> [Pair] {
        pairs.compactMap { first, second in
            switch (first.isDisjoint(with: words), second.isDisjoint(with: words)) {
            case (false, true): Pair(own: first, other: second)
            case (true, false): Pair(own: second, other: first)
            default: nil
            }
        }
    }

    private static let pairs: [(Set<String>, Set<String>)] = text.split(separator: "\n").map {
        line in
        let sides = line.split(separator: "|").map {
            Set($0.split(separator: " ").map(String.init))
        }
        return (sides[0], sides[1])
    }

    private static let text = """
        keep keeping keeps preserve preserving | discard discards discarded lose loses lost hard wipe
        install installing installed | uninstall remove removes removing purge
        enable enables enabled | disable disables disabled
        start starting starts | stop stopping stops
        add adding adds | remove removing removes delete
        create creating creates | delete deleting deletes
        local locally | remote remotely
        mount mounting | unmount umount unmounting
        lock locking | unlock unlocking
        encrypt encrypting | decrypt decrypting
        upload push | download pull
        increase | decrease reduce
        first | last
        oldest | newest latest
        before | after
        together along including | without excluding
        junto junta incluidos incluidas incluyendo | sin excepto
        mantener manteniendo conservar conservando guardar | descartar descarta perder pierde borrar
        instalar instalando instala | desinstalar eliminar purgar
        activar activa habilitar | desactivar desactiva deshabilitar
        arrancar iniciar | detener parar
        anadir agregar | quitar eliminar borrar
        crear crea | borrar eliminar
        montar | desmontar
        bloquear | desbloquear
        cifrar | descifrar
        subir | bajar descargar
        aumentar | reducir disminuir
        primero primera | ultimo ultima
        antes | despues
        """
}

internal import Corpus
public import GRDB

// Identifiers are the keys of their tables.
extension PassageID: DatabaseValueConvertible {}
extension DocumentID: DatabaseValueConvertible {}
extension CollectionID: DatabaseValueConvertible {}
extension AnswerID: DatabaseValueConvertible {}

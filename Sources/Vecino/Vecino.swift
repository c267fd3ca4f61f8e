// `import Vecino` names all that its declarations speak of.
@_exported public import Answering
@_exported public import ChatModels
@_exported public import Corpus
@_exported public import Embedding
@_exported public import Indexing
@_exported public import LibraryAnswers
@_exported public import LibraryCore
@_exported public import LibraryUpkeep
@_exported public import ModelCatalog
@_exported public import Providers
@_exported public import Retrieval
@_exported public import UserConfiguration

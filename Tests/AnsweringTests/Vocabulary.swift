// What every test here speaks of.
@_exported import ChatModels
@_exported import Corpus
@_exported import RandomNumbers

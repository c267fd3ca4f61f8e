internal import Providers

/// Why the catalog has no model for a name.
@nonexhaustive public enum ModelCatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The embedding model is not on this machine.
    case modelNotInstalled(String, folder: String, installed: [String])
    /// The cross-encoder is not on this machine.
    case rerankerNotInstalled(String, folder: String, installed: [String])
    /// The name of a model cannot be read.
    case unknownModel(String)
    /// The catalog has a model of this name already.
    case alreadyInstalled(String, folder: String)

    /// What was expected, and what to do about it.
    public var description: String {
        switch self {
        case .modelNotInstalled(let name, let folder, let installed):
            "The embedding model \(name) is not in \(folder) ("
                + (installed.isEmpty
                    ? "there is none yet" : "there: \(installed.joined(separator: ", "))")
                + "): `scripts/models` fetches the usual ones, `vecino model pull ORG/NAME` others, "
                + "`vecino model add FOLDER` takes one you have."
        case .rerankerNotInstalled(let name, let folder, let installed):
            "The reranker \(name) is not in \(folder) ("
                + (installed.isEmpty
                    ? "there is none yet" : "there: \(installed.joined(separator: ", "))")
                + "): `vecino model pull ORG/NAME` fetches one, such as "
                + "cross-encoder/ms-marco-MiniLM-L6-v2, `vecino model add FOLDER` takes one you have; "
                + "late needs none."
        case .unknownModel(let name):
            "“\(name)” names no embedding model: use the name or the folder of a local one, or "
                + "\(Provider.forms(embedding: true))."
        case .alreadyInstalled(let name, let folder):
            "There is a model called \(name) in \(folder) already: give this one another name, or "
                + "remove that folder."
        }
    }
}

internal import ArgumentParser
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: localized("List, fetch, add and choose the embedding models of this machine."),
        discussion: localized(
            """
            EXAMPLES
              vecino model list
              vecino model pull BAAI/bge-small-en-v1.5
              vecino model add ~/Downloads/bge-small-en-v1.5
              vecino model use all-MiniLM-L6-v2
            """
        ),
        subcommands: [ListModels.self, PullModel.self, AddModel.self, UseModel.self]
    )

    struct ListModels: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: localized("List the models that are installed.")
        )

        @Flag(name: .long, help: .localized("Print as JSON."))
        var json = false

        func run() throws {
            let catalog = ModelCatalog()
            let models = catalog.installed()
            if json {
                Terminal.print(try JSON.text(models))
            } else {
                let chosen = try Settings(library: nil).model ?? ModelCatalog.defaultModel
                for model in models {
                    let mark = model.name == chosen ? "*" : " "
                    let purpose = model.purpose?.rawValue ?? "cannot be run"
                    Terminal.print(
                        "\(mark) \(model.name)\t\(purpose)\t\(Format.bytes(model.size))\t"
                            + model.path
                    )
                }
            }
            if models.isEmpty {
                Terminal.say(
                    "No model in \(catalog.folder): `scripts/models` fetches the usual ones."
                )
                throw ExitStatus.nothingFound
            }
        }
    }

    struct AddModel: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: localized(
                "Copy a Hugging Face folder or a .gguf file to where models are looked for."
            ),
            discussion: localized(
                "The model is loaded and tried first; what cannot be read is not added."
            )
        )

        @Argument(help: .localized("The folder or file."), completion: .directory)
        var path: String

        @Option(name: .long, help: .localized("The name to give it. Default: the folder's."))
        var name: String?

        func run() throws {
            let added = try ModelCatalog().add(path, name: name)
            Terminal.say("Added \(added.name): \(added.path)")
        }
    }

    struct UseModel: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use",
            abstract: localized("Choose the model that new libraries are built with.")
        )

        @Argument(
            help: .localized(
                "An installed model's name, or \(Provider.forms(embedding: true)).",
                valueName: "name"
            )
        )
        var name: String

        func run() throws {
            try ModelCatalog().check(name)
            try Settings.save { $0.model = name }
            Terminal.say(
                "New libraries are built with \(name) (\(Settings.userFile())). A library that "
                    + "exists keeps its model until `vecino index --rebuild`."
            )
        }
    }
}

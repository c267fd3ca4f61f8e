import Answering
import ChatModels
import HTTPTransport
import Testing

@testable import Providers
@testable import Vecino

/// Where a provider's key goes, and where it does not.
@Suite struct ProviderTests {
    private func access(
        _ name: String,
        to baseURL: String? = nil,
        by keyVariable: String? = nil,
        _ environment: [String: String] = [:],
        addresses: [String: String] = [:]
    ) throws -> ModelAccess {
        let provider = try #require(Provider.named(name))
        var keys = environment
        for variable in provider.keyVariables.prefix(1) { keys[variable] = "sk-own" }
        return try provider.access(
            to: "m",
            by: ModelRoute(baseURL: baseURL, keyVariable: keyVariable),
            environment: keys,
            addresses: addresses
        )
    }

    @Test func aKeyGoesToItsProvider() throws {
        for provider in Provider.all {
            guard let address = provider.address, !address.contains("{") else { continue }
            for form in [nil, address, address + "/", " \(address)\n"] {
                let access = try access(provider.name, to: form)
                #expect(access.key != nil && access.isUsualServer, "\(provider.name) \(form ?? "")")
                #expect(access.withheld == nil)
            }
        }
    }

    @Test(arguments: [
        "https://evil.example/v1", "http://127.0.0.1:8080/v1", "http://192.168.0.7/v1",
        "https://api.openai.com.evil.example/v1", "https://evil.example/api.openai.com/v1",
        "https://api.openai.com@evil.example/v1", "https://evil.example#api.openai.com",
        "https://evil.example?https://api.openai.com/v1", "https://xapi.openai.com/v1",
        "https://api.openai.com:8443/v1", "http://api.openai.com/v1", "https://api.openai.com./v1",
        "https://api.openai.com\\@evil.example/v1", "localhost:1234", "",
    ])
    func aKeyGoesToNoOtherAddress(baseURL: String) throws {
        for provider in Provider.all where !provider.runsHere {
            let access = try access(provider.name, to: baseURL)
            #expect(access.key == nil, "\(provider.name)")
            #expect(access.withheld?.contains("name a key for that server") == true)
            #expect(access.withheld?.contains("sk-own") == false)
        }
    }

    @Test func aKeyGoesWhereItsOwnersNameASettingBesideIt() throws {
        let gateway = ["OPENAI_BASE_URL": "https://gateway.example/v1"]
        let named = try access("openai", gateway)
        #expect(named.key != nil)
        #expect(named.server.appending("/models") == "https://gateway.example/v1/models")
        #expect(try access("openai", to: "https://gateway.example/other", gateway).key != nil)
        #expect(try access("openai", to: "https://api.openai.com/v1", gateway).key != nil)
        #expect(try access("openai", to: "https://evil.example/v1", gateway).key == nil)
        #expect(try access("openai", to: "https://gateway.example:444/v1", gateway).key == nil)
        // It is named for this provider's key and for no other's.
        #expect(try access("mistral", to: "https://gateway.example/v1", gateway).key == nil)
        let settings = ["mistral": "https://eu.example/v1"]
        #expect(try access("mistral", addresses: settings).key != nil)
        #expect(
            try access("mistral", to: "https://eu.example/v1", addresses: settings).key != nil
        )
        #expect(try access("groq", to: "https://eu.example/v1", addresses: settings).key == nil)
    }

    @Test func aKeyOfItsOwnGoesToTheServerItIsNamedFor() throws {
        let environment = ["BOX_KEY": "sk-box"]
        let box = try access("openai", to: "http://127.0.0.1:4000", by: "BOX_KEY", environment)
        #expect(box.key != nil && box.variable == "BOX_KEY")
        #expect(throws: ProviderError.self) {
            try access("openai", to: "http://127.0.0.1:4000", by: "NO_KEY", environment)
        }
    }

    @Test(arguments: [
        ("https://mine.openai.azure.com", true, "https://mine.openai.azure.com/openai/v1"),
        ("https://mine.openai.azure.com/openai/", true, "https://mine.openai.azure.com/openai/v1"),
        (
            "https://mine.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
            true,
            "https://mine.openai.azure.com/openai/deployments/d"
        ),
        ("https://a.b.openai.azure.com", false, "https://a.b.openai.azure.com/openai/v1"),
        ("https://mine.openai.azure.com.evil.example", false, nil),
    ])
    func azuresResourcesAreItsOwn(baseURL: String, isOwn: Bool, base: String?) throws {
        let access = try access("azure", to: baseURL)
        #expect((access.key != nil) == isOwn)
        if let base { #expect(access.server.origin + access.server.path == base) }
        #expect(throws: ProviderError.self) { try self.access("azure") }
        let endpoint = ["AZURE_OPENAI_ENDPOINT": "https://mine.openai.azure.com/"]
        #expect(try self.access("azure", endpoint).key != nil)
    }

    @Test(arguments: [
        (nil, "us-east-1"), ("eu-west-3", "eu-west-3"), ("", "us-east-1"),
        ("evil.example/", "us-east-1"), ("x@evil.example", "us-east-1"),
    ])
    func bedrocksRegionIsInItsAddress(region: String?, expected: String) throws {
        let access = try access("bedrock", region.map { ["AWS_REGION": $0] } ?? [:])
        #expect(
            access.server.appending("/chat/completions")
                == "https://bedrock-runtime.\(expected).amazonaws.com/openai/v1/chat/completions"
        )
        #expect(access.key != nil)
    }

    @Test func ollamaIsWhereItsVariableSays() throws {
        let box = try access("ollama", ["OLLAMA_HOST": "box.local:1234"])
        #expect(box.server.appending("/api/chat") == "http://box.local:1234/api/chat")
        #expect(box.name == "ollama:m@box.local:1234")
        #expect(box.key != nil)
        #expect(try access("ollama").name == "ollama:m")
        let other = try access("ollama", to: "other.local", ["OLLAMA_HOST": "box.local:1234"])
        #expect(other.key == nil)
    }

    @Test func namesAndVariablesAreUnambiguous() {
        let names = Provider.all.map(\.name)
        #expect(Set(names).count == names.count)
        for provider in Provider.all {
            #expect(provider.name == provider.name.lowercased() && !provider.name.contains(":"))
            #expect(provider.answers || provider.embeds)
            #expect(provider.address != nil || !provider.addressVariables.isEmpty)
            #expect(provider.keyVariables.count >= 1)
        }
    }

    @Test func completionsAreTheTable() async {
        let all = await Provider.completions(of: "", environment: [:])
        for provider in Provider.all where provider.answers {
            #expect(all.contains(provider.name + ":"))
        }
        #expect(await Provider.completions(of: "ope", environment: [:]).first == "openai:")
        #expect(
            await !Provider.completions(of: "", embedding: true, environment: [:])
                .contains("anthropic:")
        )
    }
}

@Suite struct ProviderSettingsTests {
    /// A project's file comes with a folder and may be a stranger's: it names no address for a key.
    @Test func addressesComeFromTheUsersFileOnly() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "[addresses]\nopenai = \"https://gw.example/v1\"\n",
            to: "vecino/config.toml"
        )
        try folder.write("[addresses]\nopenai = \"https://evil.example\"\n", to: "p/config.toml")
        let environment = ["XDG_CONFIG_HOME": folder.path]
        let library = folder.path + "/p/library.db"
        let settings = try Settings(library: library, environment: environment)
        #expect(settings.addresses == ["openai": "https://gw.example/v1"])
        let stranger = ["XDG_CONFIG_HOME": folder.path + "/none"]
        #expect(try Settings(library: library, environment: stranger).addresses == nil)
    }

    @Test func tokensOutOfACacheHaveAPriceOfTheirOwn() {
        let usage = TokenUsage(prompt: 1_000_000, reply: 0, cached: 750_000)
        #expect(Price(prompt: 4, reply: 8, cached: 1).cost(of: usage) == 1.75)
        #expect(Price(prompt: 4, reply: 8).cost(of: usage) == 4)
        let odd = TokenUsage(prompt: 1_000_000, reply: 0, cached: 9_000_000)
        #expect(Price(prompt: 4, reply: 8, cached: 1).cost(of: odd) == 1)
    }
}

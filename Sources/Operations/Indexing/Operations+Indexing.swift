internal import Vecino

/// Keeping the library up to date with folders: HTTP offers it, tools do not.
extension Operation {
    /// What is offered where the server indexes.
    static let indexing = [index, jobs, job, cancel, forget, folders]

    private static let number = Parameter.required(
        "job",
        .integer(1...Int64.max),
        "The job's number."
    )

    static let index = Operation(
        "index",
        title: "Index a folder",
        description: "Begins to read a folder's new and changed files into the library, and "
            + "returns the jobs at once. Without a folder, everything that the library holds is "
            + "refreshed.",
        parameters: [
            Parameter("folder", .text, "A folder or file of the server's machine, a whole path.")
        ],
        right: .write,
        result: ResultSchema.jobs
    ) { served, given, _ in
        try reply(await served.indexing().start(given.text("folder")))
    }

    static let jobs = Operation(
        "jobs",
        title: "List indexing jobs",
        description: "Lists what is being indexed, waits or was indexed since the server "
            + "started, newest first.",
        result: ResultSchema.jobs
    ) { served, _, _ in
        try reply(await served.jobs?.all() ?? [])
    }

    static let job = Operation(
        "job",
        title: "Look at an indexing job",
        description: "Returns how far a job has come.",
        parameters: [number],
        route: "jobs/{job}",
        result: ResultSchema.job
    ) { served, given, _ in
        try reply(await served.indexing().job(given.integer("job") ?? 0))
    }

    static let cancel = Operation(
        "cancel",
        title: "Cancel an indexing job",
        description: "Ends a job; what it has finished stays in the library.",
        parameters: [number],
        route: "jobs/{job}/cancel",
        right: .write,
        result: ResultSchema.job
    ) { served, given, _ in
        try reply(await served.indexing().cancel(given.integer("job") ?? 0))
    }

    static let forget = Operation(
        "forget",
        title: "Take a folder out of the library",
        description: "Takes a folder that was indexed, and its documents, out of the library. "
            + "No file is touched.",
        parameters: [.required("folder", .text, "The folder, as `status` lists it.")],
        route: "folders/forget",
        right: .write,
        result: ResultSchema.object(["removed": ResultSchema.whole])
    ) { served, given, _ in
        let removed = try await served.indexing().forget(given.text("folder") ?? "")
        return Reply(
            value: ["removed": .integer(Int64(removed))],
            text: "Documents taken out: \(removed)."
        )
    }

    static let folders = Operation(
        "folders",
        title: "Complete a folder's path",
        description: "Lists the folders of the server's machine whose path begins as given, "
            + "one level deep.",
        parameters: [
            Parameter("prefix", .text, "The beginning of a path (the home folder).")
        ],
        route: "folders/list",
        right: .write,
        result: ResultSchema.object(["folders": ResultSchema.list(of: ResultSchema.text)])
    ) { served, given, _ in
        let folders = try served.indexing().folders(beginningWith: given.text("prefix") ?? "")
        return Reply(
            value: ["folders": .array(folders.map(JSONValue.string))],
            text: folders.joined(separator: "\n")
        )
    }

    private static func reply(_ jobs: [IndexingJob]) throws -> Reply {
        try Reply(["jobs": jobs], text: jobs.map(line).joined(separator: "\n"))
    }

    private static func reply(_ job: IndexingJob) throws -> Reply {
        try Reply(job, text: line(job))
    }

    private static func line(_ job: IndexingJob) -> String {
        "\(job.id): \(job.folder): \(job.state.rawValue), \(job.files) of \(job.totalFiles) files"
    }
}

extension ServedLibrary {
    /// What indexes.
    ///
    /// - Throws: `ServiceError.unavailable` where nothing does.
    package func indexing() throws(ServiceError) -> IndexingJobs {
        guard let jobs else {
            throw .unavailable("This server does not index: use `vecino index FOLDER`.")
        }
        return jobs
    }
}

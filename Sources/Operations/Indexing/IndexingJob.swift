package import Vecino

/// A run of indexing that somebody asked a server for.
package struct IndexingJob: Encodable, Sendable {
    /// How far a job has come.
    package enum State: String, CaseIterable, Encodable, Sendable {
        case waiting, running, done, canceled, failed

        /// Whether nothing more will happen to the job.
        package var isOver: Bool { self != .waiting && self != .running }
    }

    /// A file and what was found out about it.
    package struct File: Encodable, Sendable {
        /// Its path below the folder.
        package let path: String
        /// Why it was not read.
        package let reason: String
    }

    /// Files that a job names at most; its report counts them all.
    package static let namedFiles = 100

    /// Its number, from 1.
    package let id: Int
    /// The folder or file that is indexed, an absolute path.
    package let folder: String
    package internal(set) var state = State.waiting
    /// Files finished, and files to read.
    package internal(set) var files = 0
    package internal(set) var totalFiles = 0
    /// Bytes finished, and bytes to read.
    package internal(set) var bytes: Int64 = 0
    package internal(set) var totalBytes: Int64 = 0
    /// Passages finished.
    package internal(set) var passages = 0
    /// Seconds since it began.
    package internal(set) var seconds = 0.0
    /// The first files that were not read.
    package internal(set) var notRead: [File] = []
    /// What was done, once the job is done.
    package internal(set) var report: IndexReport?
    /// Why it failed.
    package internal(set) var problem: String?

    init(id: Int, folder: String) {
        self.id = id
        self.folder = folder
    }

    /// Notes what happened.
    mutating func note(_ event: IndexEvent) {
        switch event {
        case .waiting: break
        case .planned(let files, let bytes, _, _):
            totalFiles = files
            totalBytes = bytes
        case .progress(let progress):
            files = progress.files
            totalFiles = progress.totalFiles
            bytes = progress.bytes
            totalBytes = progress.totalBytes
            passages = progress.passages
            seconds = progress.seconds
        case .file(let path, let outcome, _, let reason):
            guard outcome == .skipped || outcome == .unread, notRead.count < Self.namedFiles else {
                return
            }
            notRead.append(File(path: path, reason: reason ?? ""))
        }
    }

    /// Notes how the run ended.
    mutating func end(with result: Result<IndexReport, any Error>) {
        switch result {
        case .success(let report):
            state = .done
            self.report = report
            passages = report.passages
            seconds = report.seconds
        case .failure(is CancellationError): state = .canceled
        case .failure(let error):
            state = .failed
            problem = String(describing: error)
        }
    }
}

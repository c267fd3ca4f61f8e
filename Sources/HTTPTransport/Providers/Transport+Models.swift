extension Transport {
    /// A transport for the servers of models: it asks again only where that can help.
    ///
    /// - Parameter options: What a request can do without. A server that refuses one of them with a
    ///   status that means trouble of its own is not asked for the same again.
    /// - Returns: The transport.
    package static func forModels(options: [RequestOption] = []) -> Transport {
        Transport { status, body in
            let refusal = ProviderRefusal(status: status, body: body, key: nil)
            return refusal.isExhausted || refusal.isContextOverflow
                || refusal.refusedOption(among: options) != nil
        }
    }

    /// A transport for looking what is there: it asks once and does not wait long.
    package static var forLooking: Transport {
        var policy = Policy()
        policy.connectMilliseconds = 500
        policy.idleMilliseconds = 3_000
        policy.attempts = 1
        policy.replyLimit = 4 << 20
        return Transport(policy: policy)
    }
}

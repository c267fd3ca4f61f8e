extension FunctionWords {
    /// The lists for English.
    static let english = FunctionWords(
        operators: [
            (
                .negation,
                """
                not
                never
                none, nobody, nothing, no one
                no
                neither
                nor
                without
                nowhere
                hardly, scarcely, barely
                false, untrue, wrong, incorrect, wrongly, falsely, incorrectly, mistakenly
                fail, fails, failed
                refuse, refuses, refused
                deny, denies, denied
                forbid, forbids, forbidden, prohibit, prohibits, prohibited, banned
                impossible
                instead of
                rather than
                """
            ),
            (
                .modal,
                """
                may, can, able to, allowed to
                might, could
                must, have to, has to, had to, need to, needs to, required to, obliged to
                should, ought
                will, shall, going to
                would
                used to
                supposed to
                optional, optionally
                """
            ),
            (
                .quantity,
                """
                all, every, everybody, everyone, everything
                each
                any, anybody, anyone, anything
                some, somebody, someone, something
                most, mostly
                many
                much
                few
                little
                several
                only, solely, exclusively, merely
                both
                either
                half
                always
                usually, generally, normally, typically
                often, frequently
                sometimes, occasionally
                rarely, seldom
                once
                twice
                at least
                at most
                more than
                less than, fewer than
                up to
                also, too
                even
                still
                already
                yet
                formerly, previously
                again
                """
            ),
            (
                .condition,
                """
                if, provided, providing, as long as, assuming, in case
                unless
                except, excepting, excluding, other than, apart from
                nobody but, no one but, none but
                nothing but
                everybody but, everyone but, all but, everything but
                anybody but, anyone but, anything but
                until, till
                when, whenever
                while
                before
                after
                whether
                depending
                otherwise
                """
            ),
            (
                .attribution,
                """
                say, says, said, saying
                claim, claims, claimed, claiming
                according
                allegedly, alleged, alleges, reportedly, supposedly, purportedly, ostensibly
                believe, believes, believed, think, thinks, thought
                argue, argues, argued, assert, asserts, asserted, contend, contends, contended
                suggest, suggests, suggested
                suppose, supposes, supposed, assume, assumes, assumed
                report, reports, reported
                rumor, rumors, rumored
                opinion, view
                wrote, writes
                """
            ),
            (
                .hedge,
                """
                about, approximately, roughly, circa
                almost, nearly
                probably, likely
                perhaps, maybe, possibly
                seem, seems, seemed, appear, appears, appeared, apparently
                """
            ),
            (.choice, "or"),
        ],
        fillers: """
            however, therefore, thus, moreover, furthermore, hence, additionally, in addition,
            for example, for instance, of course, in fact, as a result, then
            """,
        determiners: "a an the this these those such s t d ll m re ve do does",
        pronouns: "i me you he him she it we us they them itself himself herself themselves there",
        links: """
            of
            at
            by
            for
            with
            against
            between
            into
            through
            during
            above
            below
            to
            from
            down
            in
            out
            on
            off
            over
            under
            within
            upon
            per
            via
            behind
            near
            beside
            since
            as
            than
            toward towards
            among
            across
            is are am
            was were
            be been being
            has have having
            had
            did done
            my our
            your
            his
            her
            its
            their
            up
            so
            then
            just
            very
            own
            same
            other another
            """,
        copulas: "is are was were",
        coordinators: "and but",
        relatives: "which who whom whose where",
        complementizers: "that what how why",
        clauseOpeners: "because although though whereas so",
        bareAnswers: "yes no yeah yep nope sure okay ok correct right true indeed"
    )
}

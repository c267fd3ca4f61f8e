/// What each feature of a sentence is worth, in the order of `SentenceFeatures.names`.
///
/// Made by `scripts/fit-answers`; not to be edited.
enum RankingWeights {
    /// With similarities of meaning.
    static let meaning: [Double] = [
        5.607,  // own
        3.102,  // near
        4.800,  // headings
        0.361,  // passage
        1.874,  // meaning
        1.923,  // cosine
        4.326,  // passageMeaning
        -0.505,  // nextMeaning
        -1.681,  // rank
        0.305,  // firstPassage
        0.870,  // pairs
        0.169,  // span
        -0.646,  // names
        -1.448,  // namesAway
        0.839,  // number
        1.135,  // date
        0.952,  // person
        0.454,  // place
        -0.467,  // reason
        0.402,  // manner
        0.264,  // definition
        -0.982,  // announces
        1.251,  // short
        1.888,  // length
        0.307,  // leans
        -0.085,  // denies
        -0.028,  // capitals
        0.087,  // foreignMeaning
        -0.103,  // foreignOwn
        4.000,  // option
        -3.048,  // new
        -0.595,  // wordsOfOthers
        -1.847,  // opposed
        1.501,  // limits
        -4.032,  // boilerplate
        0.395,  // item
    ]

    /// With words alone.
    static let words: [Double] = [
        6.341,  // own
        1.989,  // near
        7.807,  // headings
        -0.822,  // passage
        0.000,  // meaning
        0.000,  // cosine
        0.000,  // passageMeaning
        0.000,  // nextMeaning
        -3.163,  // rank
        0.781,  // firstPassage
        1.006,  // pairs
        0.134,  // span
        -0.025,  // names
        -1.359,  // namesAway
        1.094,  // number
        1.250,  // date
        1.009,  // person
        0.461,  // place
        -0.310,  // reason
        0.395,  // manner
        0.439,  // definition
        -0.978,  // announces
        0.690,  // short
        2.486,  // length
        0.093,  // leans
        -0.183,  // denies
        -0.405,  // capitals
        0.000,  // foreignMeaning
        -0.166,  // foreignOwn
        4.000,  // option
        -5.189,  // new
        0.000,  // wordsOfOthers
        -1.828,  // opposed
        1.511,  // limits
        -4.017,  // boilerplate
        0.416,  // item
    ]
}

// MARK: Risk

extension RiskModel {
    /// With similarities of meaning.
    static let meaning = RiskModel(
        weights: [
            1.105,  // own
            1.927,  // near
            3.290,  // headings
            -0.313,  // passage
            0.000,  // meaning
            0.000,  // cosine
            0.000,  // passageMeaning
            0.000,  // nextMeaning
            0.000,  // rank
            0.000,  // firstPassage
            0.131,  // pairs
            0.000,  // span
            0.000,  // names
            -0.647,  // namesAway
            0.000,  // number
            0.000,  // date
            0.000,  // person
            0.000,  // place
            0.000,  // reason
            0.000,  // manner
            0.000,  // definition
            0.000,  // announces
            0.000,  // short
            0.000,  // length
            0.000,  // leans
            0.000,  // denies
            0.000,  // capitals
            0.000,  // foreignMeaning
            0.000,  // foreignOwn
            0.000,  // option
            0.000,  // new
            0.000,  // wordsOfOthers
            0.000,  // opposed
            0.000,  // limits
            0.000,  // boilerplate
            0.000,  // item
            1.622,  // best
            0.272,  // contrast
            2.238,  // chance
            0.000,  // lead
            0.000,  // leadOverPassages
            0.255,  // absentWords
            -0.039,  // absentCount
            -0.057,  // absentNames
            -0.137,  // apart
            0.000,  // pairedApart
            -0.005,  // kindAbsent
            0.000,  // agreement
            0.000,  // foreign
            0.000,  // few
            0.599,  // ownMeaning
            0.000,  // absentMeaning
            0.453,  // questionLength
            0.000,  // othersOwn
        ],
        bias: -4.503
    )

    /// With words alone.
    static let words = RiskModel(
        weights: [
            1.978,  // own
            2.026,  // near
            4.883,  // headings
            -0.535,  // passage
            0.000,  // meaning
            0.000,  // cosine
            0.000,  // passageMeaning
            0.000,  // nextMeaning
            0.000,  // rank
            0.000,  // firstPassage
            0.201,  // pairs
            0.000,  // span
            0.000,  // names
            -1.007,  // namesAway
            0.000,  // number
            0.000,  // date
            0.000,  // person
            0.000,  // place
            0.000,  // reason
            0.000,  // manner
            0.000,  // definition
            0.000,  // announces
            0.000,  // short
            0.000,  // length
            0.000,  // leans
            0.000,  // denies
            0.000,  // capitals
            0.000,  // foreignMeaning
            0.000,  // foreignOwn
            0.000,  // option
            0.000,  // new
            0.000,  // wordsOfOthers
            0.000,  // opposed
            0.000,  // limits
            0.000,  // boilerplate
            0.000,  // item
            0.000,  // best
            0.000,  // contrast
            2.643,  // chance
            0.000,  // lead
            0.000,  // leadOverPassages
            0.598,  // absentWords
            -0.122,  // absentCount
            -0.081,  // absentNames
            -0.003,  // apart
            0.000,  // pairedApart
            0.037,  // kindAbsent
            0.000,  // agreement
            0.000,  // foreign
            0.000,  // few
            0.000,  // ownMeaning
            0.000,  // absentMeaning
            1.073,  // questionLength
            0.000,  // othersOwn
        ],
        bias: -4.733
    )
}

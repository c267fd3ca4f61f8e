/// What each feature of a sentence is worth, in the order of `SentenceFeatures.names`.
///
/// Made by `scripts/fit-answers`; not to be edited.
enum RankingWeights {
    /// With similarities of meaning.
    static let meaning: [Double] = [
        5.651,  // own
        2.415,  // near
        4.689,  // headings
        0.361,  // passage
        1.874,  // meaning
        3.092,  // cosine
        5.045,  // passageMeaning
        -0.505,  // nextMeaning
        -1.855,  // rank
        0.305,  // firstPassage
        0.870,  // pairs
        0.169,  // span
        -0.646,  // names
        -1.448,  // namesAway
        1.400,  // number
        1.135,  // date
        0.952,  // person
        0.454,  // place
        -0.467,  // reason
        0.751,  // manner
        1.659,  // definition
        -0.127,  // announces
        1.512,  // short
        0.739,  // length
        -0.676,  // leans
        -0.085,  // denies
        -0.028,  // capitals
        0.087,  // foreignMeaning
        -0.103,  // foreignOwn
        4.000,  // option
        0.205,  // new
        -0.595,  // wordsOfOthers
        -1.847,  // opposed
        1.501,  // limits
        -4.032,  // boilerplate
        1.026,  // item
        2.074,  // code
        0.100,  // row
        2.500,  // term
        1.354,  // title
        -0.272,  // opens
        1.266,  // heading
        -0.022,  // opensHeading
        -2.500,  // changes
        -0.895,  // position
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
        1.400,  // number
        1.250,  // date
        1.009,  // person
        0.461,  // place
        -0.310,  // reason
        0.600,  // manner
        1.000,  // definition
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
        0.200,  // code
        0.100,  // row
        2.500,  // term
        1.500,  // title
        0.500,  // opens
        0.000,  // heading
        0.000,  // opensHeading
        -2.500,  // changes
        -0.300,  // position
    ]
}

// MARK: Risk

extension RiskModel {
    /// With similarities of meaning.
    static let meaning = RiskModel(
        weights: [
            0.817,  // own
            -0.004,  // near
            0.088,  // headings
            -1.282,  // passage
            0.000,  // meaning
            0.754,  // cosine
            0.000,  // passageMeaning
            0.000,  // nextMeaning
            0.062,  // rank
            0.009,  // firstPassage
            0.059,  // pairs
            0.036,  // span
            0.145,  // names
            -0.415,  // namesAway
            0.196,  // number
            -0.041,  // date
            0.221,  // person
            -0.085,  // place
            -0.249,  // reason
            0.296,  // manner
            -0.010,  // definition
            0.351,  // announces
            -0.273,  // short
            -0.852,  // length
            -0.002,  // leans
            -0.405,  // denies
            -0.241,  // capitals
            0.000,  // foreignMeaning
            0.000,  // foreignOwn
            4.213,  // option
            -0.219,  // new
            0.000,  // wordsOfOthers
            -1.443,  // opposed
            -0.709,  // limits
            0.000,  // boilerplate
            -1.678,  // item
            0.229,  // code
            0.366,  // row
            0.952,  // term
            0.000,  // title
            0.000,  // opens
            0.000,  // heading
            0.000,  // opensHeading
            0.000,  // changes
            0.000,  // position
            0.475,  // best
            0.076,  // contrast
            1.060,  // chance
            0.098,  // lead
            0.102,  // leadOverPassages
            -0.134,  // absentWords
            0.024,  // absentCount
            -0.163,  // absentNames
            -0.505,  // apart
            0.442,  // pairedApart
            -0.081,  // kindAbsent
            -0.014,  // agreement
            0.000,  // foreign
            0.446,  // few
            0.642,  // ownMeaning
            0.850,  // absentMeaning
            0.080,  // questionLength
            0.800,  // othersOwn
        ],
        bias: -2.459
    )

    /// With words alone.
    static let words = RiskModel(
        weights: [
            1.140,  // own
            0.008,  // near
            0.737,  // headings
            -1.439,  // passage
            0.000,  // meaning
            0.000,  // cosine
            0.000,  // passageMeaning
            0.000,  // nextMeaning
            -0.147,  // rank
            0.046,  // firstPassage
            0.190,  // pairs
            -0.201,  // span
            0.223,  // names
            -0.837,  // namesAway
            0.355,  // number
            -0.083,  // date
            0.124,  // person
            -0.045,  // place
            -0.229,  // reason
            0.270,  // manner
            0.116,  // definition
            0.334,  // announces
            0.390,  // short
            -0.713,  // length
            -0.103,  // leans
            -0.341,  // denies
            -0.651,  // capitals
            0.000,  // foreignMeaning
            0.000,  // foreignOwn
            4.858,  // option
            -1.108,  // new
            0.000,  // wordsOfOthers
            -1.531,  // opposed
            -0.841,  // limits
            0.000,  // boilerplate
            -1.750,  // item
            0.409,  // code
            0.494,  // row
            1.436,  // term
            0.000,  // title
            0.000,  // opens
            0.000,  // heading
            0.000,  // opensHeading
            0.000,  // changes
            0.000,  // position
            0.000,  // best
            0.000,  // contrast
            0.964,  // chance
            0.117,  // lead
            0.113,  // leadOverPassages
            -0.015,  // absentWords
            -0.012,  // absentCount
            -0.247,  // absentNames
            -0.517,  // apart
            0.571,  // pairedApart
            -0.075,  // kindAbsent
            0.008,  // agreement
            0.000,  // foreign
            0.403,  // few
            0.000,  // ownMeaning
            0.000,  // absentMeaning
            0.302,  // questionLength
            1.142,  // othersOwn
        ],
        bias: -1.784
    )
}

// SurplusSplit: shares the month's surplus payment among the households of the solar roof.
//
// The retailer pays one sum for everything that the roof exported. Part of it goes to the Solar
// Fund, the rest to the households in proportion to their coefficients. Money is counted in whole
// cents throughout, so that what is shared out is exactly what came in.

/// A household that takes part in the shared roof.
struct Household {
    /// The membership number of the person who signed, for example "N-0231".
    let member: String
    /// The household's coefficient in hundredths of one per cent: 120 for 1.2 %.
    let coefficient: Int
}

/// How the payment of one month was divided.
struct Settlement {
    /// What goes to the Solar Fund, in cents.
    let fund: Int
    /// What each household receives, in cents, in the order in which they were given.
    let shares: [Int]
}

/// The fund's part of each payment, in per cent: the assembly set it, so do not change it here.
let fundPercentage = 30

/// Divides a payment of `cents` among `households`.
///
/// The fund's part is rounded down. The households' part is divided by the method of largest
/// remainders: everybody first receives the whole cents that are due, and the cents left over go
/// one by one to those who lost the largest fraction. Ties go to the lower membership number, so
/// that two people who run this get the same answer.
///
/// The building itself holds a coefficient but takes no part in the division: it leaves its share
/// to its neighbours. It is therefore not one of the `households`.
///
/// - Precondition: `cents` is not negative and at least one household has a coefficient above zero.
func settle(cents: Int, among households: [Household]) -> Settlement {
    let total = households.reduce(0) { $0 + $1.coefficient }
    precondition(cents >= 0 && total > 0, "nothing to divide, or nobody to divide it among")

    let fund = cents * fundPercentage / 100
    let due = cents - fund
    var shares = households.map { due * $0.coefficient / total }
    let remainders = households.map { due * $0.coefficient % total }

    let order = households.indices.sorted { a, b in
        remainders[a] != remainders[b]
            ? remainders[a] > remainders[b]
            : households[a].member < households[b].member
    }
    for index in order.prefix(due - shares.reduce(0, +)) {
        shares[index] += 1
    }
    return Settlement(fund: fund, shares: shares)
}

// An example: 75.00 euros among two small households and a large one.
// The fund keeps 22.50; the households receive 14.32, 14.32 and 23.86.
let example = settle(
    cents: 7_500,
    among: [
        Household(member: "N-0018", coefficient: 120),
        Household(member: "N-0231", coefficient: 120),
        Household(member: "N-0077", coefficient: 200),
    ]
)
print("fund \(example.fund), households \(example.shares)")

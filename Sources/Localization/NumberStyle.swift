/// How numbers and moments are written for a reader.
package struct NumberStyle: Hashable, Sendable {
    /// Before the digits of a fraction.
    let decimalMark: String
    /// Between groups of three digits.
    let groupMark: String
    /// Numbers with fewer digits are not grouped.
    let leastGroupedDigits: Int
    /// A day and a time, as `strftime` takes it.
    let momentForm: String

    package static let english = NumberStyle(
        decimalMark: ".",
        groupMark: ",",
        leastGroupedDigits: 4,
        momentForm: "%Y-%m-%d %H:%M"
    )
    /// Spain, Argentina, Chile, Colombia and others: four digits stand together.
    static let spanish = NumberStyle(
        decimalMark: ",",
        groupMark: ".",
        leastGroupedDigits: 5,
        momentForm: "%d/%m/%Y %H:%M"
    )
    /// Mexico, Central America, the Caribbean, Peru.
    static let mexican = NumberStyle(
        decimalMark: ".",
        groupMark: ",",
        leastGroupedDigits: 4,
        momentForm: "%d/%m/%Y %H:%M"
    )

    private static let decimalPoint: Set<String> = [
        "419", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US",
    ]

    /// The style of Spanish in a region, such as `MX`.
    static func spanish(in region: String) -> NumberStyle {
        decimalPoint.contains(region.uppercased()) ? .mexican : .spanish
    }
}

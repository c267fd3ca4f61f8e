extension UnfittedClaims {
    static let english: [Pattern] = [
        Pattern(
            "agents exchanged",
            "{A} taught {B} to use the {t}.",
            lies: ["{B} taught {A} to use the {t}."],
            truths: ["{A} taught {B}."]
        ),
        Pattern(
            "agents exchanged",
            "{A} was paid by {B} for the {t}.",
            lies: ["{B} was paid by {A} for the {t}.", "{A} paid {B} for the {t}."],
            truths: ["{A} was paid by {B}."]
        ),
        Pattern(
            "owners exchanged",
            "The {t} of {A} stands beside the {u} of {B}.",
            lies: [
                "The {t} of {B} stands beside the {u} of {A}.",
                "The {u} of {A} stands beside the {t}.",
            ],
            truths: ["The {t} of {A} stands beside the {u} of {B}."]
        ),
        Pattern(
            "ordinal changed",
            "The second {t} was bought in {n} days.",
            lies: [
                "The third {t} was bought in {n} days.", "The first {t} was bought in {n} days.",
            ],
            truths: ["The second {t} was bought in {n} days."]
        ),
        Pattern(
            "weekday changed",
            "The {p} opens on {d} and closes on {e}.",
            lies: [
                "The {p} opens on {e}.", "The {p} closes on {d}.",
                "The {p} opens on {e} and closes on {d}.",
            ],
            truths: ["The {p} opens on {d}.", "The {p} closes on {e}."]
        ),
        Pattern(
            "month changed",
            "The {t} is cleaned in {o} and oiled in {r}.",
            lies: ["The {t} is cleaned in {r}.", "The {t} is oiled in {o}."],
            truths: ["The {t} is cleaned in {o}.", "The {t} is oiled in {r}."]
        ),
        Pattern(
            "clock changed",
            "The tour of the {p} begins at 10:{n}.",
            lies: [
                "The tour of the {p} begins at 11:{n}.", "The tour of the {p} begins at 10:{m}.",
            ],
            truths: ["The tour of the {p} begins at 10:{n}."]
        ),
        Pattern(
            "half of the day changed",
            "The tour of the {p} begins at 8 am.",
            lies: [
                "The tour of the {p} begins at 8 pm.",
                "The tour of the {p} begins at 8 in the evening.",
            ],
            truths: ["The tour of the {p} begins at 8 am."]
        ),
        Pattern(
            "decimal moved",
            "The {t} weighs {n}.5 kg.",
            lies: [
                "The {t} weighs {n}5 kg.", "The {t} weighs {n} kg.", "The {t} weighs 0.{n}5 kg.",
            ],
            truths: ["The {t} weighs {n}.5 kg."]
        ),
        Pattern(
            "sign dropped",
            "The {p} is kept at -{n} degrees.",
            lies: ["The {p} is kept at {n} degrees."],
            truths: ["The {p} is kept at -{n} degrees."]
        ),
        Pattern(
            "bound dropped",
            "The {t} takes at least {n} minutes.",
            lies: ["The {t} takes {n} minutes.", "The {t} takes at most {n} minutes."],
            truths: ["The {t} takes at least {n} minutes."]
        ),
        Pattern(
            "bound dropped",
            "More than {n} people visited the {p}.",
            lies: ["{n} people visited the {p}.", "Fewer than {n} people visited the {p}."],
            truths: ["More than {n} people visited the {p}."]
        ),
        Pattern(
            "range cut",
            "The {t} runs for {n} to {m} hours.",
            lies: ["The {t} runs for {n} hours.", "The {t} runs for {m} hours."],
            truths: ["The {t} runs for {n} to {m} hours."]
        ),
        Pattern(
            "direction turned",
            "The path leads from the {p} to the {q}.",
            lies: [
                "The path leads from the {q} to the {p}.",
                "The path leads from the {p} and the {q}.",
            ],
            truths: ["The path leads to the {q}.", "The path leads from the {p}."]
        ),
        Pattern(
            "cause and effect exchanged",
            "The {t} stopped because the {u} broke.",
            lies: [
                "The {u} broke because the {t} stopped.", "The {t} broke because the {u} stopped.",
            ],
            truths: ["The {t} stopped."]
        ),
        Pattern(
            "order in time turned",
            "{A} left before {B} opened the {p}.",
            lies: ["{B} opened the {p} before {A} left.", "{A} left after {B} opened the {p}."],
            truths: ["{A} left before {B} opened the {p}."]
        ),
        Pattern(
            "order in time turned",
            "Clean the {t} before you start the {u}.",
            lies: [
                "Start the {u} before you clean the {t}.",
                "Clean the {u} before you start the {t}.",
            ]
        ),
        Pattern(
            "scope of a denial",
            "Not all visitors may use the {t}.",
            lies: [
                "All visitors may use the {t}.", "No visitors may use the {t}.",
                "Visitors may not use the {t}.",
            ],
            truths: ["Not all visitors may use the {t}."]
        ),
        Pattern(
            "scope of a denial",
            "Nobody but {A} may open the {p}.",
            lies: [
                "Nobody may open the {p}.", "{A} may not open the {p}.",
                "Everybody may open the {p}.",
            ]
        ),
        Pattern(
            "attempt taken for success",
            "{A} tried to repair the {t}.",
            lies: ["{A} repaired the {t}.", "{A} has repaired the {t}."],
            truths: ["{A} tried to repair the {t}."]
        ),
        Pattern(
            "attempt taken for success",
            "{A} failed to start the {t}.",
            lies: ["{A} started the {t}.", "{A} did start the {t}."],
            truths: ["{A} failed to start the {t}."]
        ),
        Pattern(
            "plan taken for fact",
            "{A} plans to sell the {t} in {o}.",
            lies: [
                "{A} sells the {t} in {o}.", "{A} sold the {t} in {o}.",
                "{A} will sell the {t} in {o}.",
            ],
            truths: ["{A} plans to sell the {t}."]
        ),
        Pattern(
            "plan taken for fact",
            "{A} promised to paint the {p}.",
            lies: ["{A} painted the {p}.", "{A} paints the {p}."],
            truths: ["{A} promised to paint the {p}."]
        ),
        Pattern(
            "order taken for deed",
            "{A} was asked to leave the {p}.",
            lies: ["{A} left the {p}.", "{A} asked to leave the {p}."],
            truths: ["{A} was asked to leave the {p}."]
        ),
        Pattern(
            "hearsay made fact",
            "The {t} allegedly belongs to {A}.",
            lies: ["The {t} belongs to {A}."],
            truths: ["The {t} allegedly belongs to {A}."]
        ),
        Pattern(
            "hearsay made fact",
            "The {t} seems to belong to {A}.",
            lies: ["The {t} belongs to {A}."],
            truths: ["The {t} seems to belong to {A}."]
        ),
        Pattern(
            "unreal taken for real",
            "If {A} had called, {B} would have opened the {p}.",
            lies: ["{B} opened the {p}.", "{A} had called.", "{B} would have opened the {p}."]
        ),
        Pattern(
            "unreal taken for real",
            "{A} wishes that the {t} were {c}.",
            lies: ["The {t} is {c}.", "The {t} were {c}."],
            truths: ["{A} wishes that the {t} were {c}."]
        ),
        Pattern(
            "superlative gained",
            "The {t} in the {p} is old.",
            lies: ["The {t} in the {p} is the oldest.", "The oldest {t} is in the {p}."],
            truths: ["The {t} in the {p} is old."]
        ),
        Pattern(
            "prefix of denial",
            "It is possible to rent the {p}.",
            lies: ["It is impossible to rent the {p}."],
            truths: ["It is possible to rent the {p}."]
        ),
        Pattern(
            "prefix of denial",
            "The {t} is unsafe for children.",
            lies: ["The {t} is safe for children."],
            truths: ["The {t} is unsafe for children."]
        ),
        Pattern(
            "opposite verb",
            "{A} bought the {t} from {B}.",
            lies: ["{A} sold the {t} to {B}.", "{B} bought the {t} from {A}."],
            truths: ["{A} bought the {t}."]
        ),
        Pattern(
            "opposite verb",
            "The rules forbid smoking in the {p}.",
            lies: [
                "The rules allow smoking in the {p}.", "Smoking in the {p}.",
                "The rules permit smoking.",
            ],
            truths: ["The rules forbid smoking in the {p}."]
        ),
        Pattern(
            "parts crossed",
            "The {t} is {c} and the {u} is {f}.",
            lies: ["The {t} is {f}.", "The {u} is {c}.", "The {t} is {f} and the {u} is {c}."],
            truths: ["The {t} is {c}.", "The {u} is {f}."]
        ),
        Pattern(
            "parts crossed",
            "{A} has the {c} key and {B} the {f} one.",
            lies: ["{A} has the {f} key.", "{B} has the {c} key.", "{B} has the key."],
            truths: ["{A} has the {c} key."]
        ),
        Pattern(
            "choice among two turned",
            "Use the {t} rather than the {u}.",
            lies: ["Use the {u} rather than the {t}.", "Use the {u}."],
            truths: ["Use the {t}."]
        ),
        Pattern(
            "choice among two turned",
            "{A} works in the {p} instead of the {q}.",
            lies: ["{A} works in the {q} instead of the {p}.", "{A} works in the {q}."],
            truths: ["{A} works in the {p}."]
        ),
        Pattern(
            "neither taken for one",
            "Neither the {t} nor the {u} is for sale.",
            lies: [
                "The {t} is for sale.", "The {u} is for sale.",
                "Either the {t} or the {u} is for sale.",
            ]
        ),
        Pattern(
            "past habit made present",
            "{A} used to work in the {p}.",
            lies: ["{A} works in the {p}.", "{A} used the {p}."],
            truths: ["{A} used to work in the {p}."]
        ),
        Pattern(
            "end of a state",
            "The {t} stopped working in {o}.",
            lies: [
                "The {t} worked in {o}.", "The {t} started working in {o}.",
                "The {t} is working in {o}.",
            ],
            truths: ["The {t} stopped working in {o}."]
        ),
        Pattern(
            "exception made the rule",
            "Everyone except {A} has a key to the {p}.",
            lies: [
                "Everyone has a key to the {p}.", "{A} has a key to the {p}.",
                "Only {A} has a key to the {p}.",
            ]
        ),
        Pattern(
            "doubt dropped",
            "It is not known whether {A} owns the {t}.",
            lies: ["{A} owns the {t}.", "It is known that {A} owns the {t}."]
        ),
        Pattern(
            "doubt dropped",
            "{A} doubts that the {t} works.",
            lies: ["The {t} works.", "{A} says that the {t} works."],
            truths: ["{A} doubts that the {t} works."]
        ),
        Pattern(
            "price of another thing",
            "The {t} costs {n} euros and the {u} costs {m} euros.",
            lies: ["The {t} costs {m} euros.", "The {u} costs {n} euros."],
            truths: ["The {t} costs {n} euros.", "The {u} costs {m} euros."]
        ),
        Pattern(
            "currency changed",
            "The {t} costs {n} €.",
            lies: ["The {t} costs {n} $.", "The {t} costs {n} dollars."],
            truths: ["The {t} costs {n} €."]
        ),
        Pattern(
            "share changed",
            "{n} % of the visitors saw the {t}.",
            lies: ["{n} visitors saw the {t}.", "{n} of the visitors saw the {t}."],
            truths: ["{n} % of the visitors saw the {t}."]
        ),
        Pattern(
            "too much made enough",
            "The {t} is too heavy for the {p}.",
            lies: ["The {t} is heavy enough for the {p}.", "The {t} is for the {p}."],
            truths: ["The {t} is too heavy for the {p}."]
        ),
        Pattern(
            "hardly dropped",
            "{A} hardly uses the {t}.",
            lies: ["{A} uses the {t}.", "{A} always uses the {t}."],
            truths: ["{A} hardly uses the {t}."]
        ),
        Pattern(
            "similarity made identity",
            "The {t} looks like a {u}.",
            lies: ["The {t} is a {u}.", "The {t} is like no {u}."],
            truths: ["The {t} looks like a {u}."]
        ),
        Pattern(
            "not only made only",
            "The {t} is not only {c} but also {f}.",
            lies: ["The {t} is only {c}.", "The {t} is not {c}.", "The {t} is not {c} but {f}."]
        ),
    ]
}

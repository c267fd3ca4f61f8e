extension WebPage {
    /// Asking: claims as they pass, with their sources and what they are; follow-ups.
    static let asking = #"""
        const answer = $("answer");
        let asking = null;
        // What was asked and answered, oldest first.
        let talk = [];

        const closeAnswer = () => {
          if (asking) asking.abort();
          asking = null;
          talk = [];
          answer.hidden = true;
          $("turns").replaceChildren();
        };

        // The events of a stream, each with its name and value.
        async function* events(reply) {
          const pieces = reply.body.pipeThrough(new TextDecoderStream()).getReader();
          let rest = "";
          for (;;) {
            const { done, value } = await pieces.read();
            if (done) return;
            rest += value;
            for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
              const event = {};
              for (const line of rest.slice(0, end).split("\n")) {
                const colon = line.indexOf(": ");
                if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 2);
              }
              rest = rest.slice(end + 2);
              if (event.data) yield [event.event, JSON.parse(event.data)];
            }
          }
        }

        const claimElement = (claim, sources) => {
          const marks = [...new Set(claim.citations.map((one) =>
            sources.findIndex((place) => place.passageID === one.passageID)))].sort((a, b) => a - b);
          const standing = claim.standing === "notChecked" ? t.standing.isQuoted
            : t.standing[claim.standing];
          const buttons = marks.filter((mark) => mark >= 0).map((mark) => {
            const place = sources[mark];
            const quotations = claim.citations.filter((one) => one.passageID === place.passageID)
              .map((one) => one.quotation);
            const one = button("link", `[${mark + 1}]`, () =>
              openReader(place.passageID, { quotations, view: "text", opener: one }));
            one.title = quotations.join("\n");
            one.setAttribute("aria-label", `${t.open}: ${titleOf(place)}`);
            return make("sup", "", one);
          });
          return make("p", "claim", claim.text + " ", ...buttons,
            make("span", "standing " + claim.standing, standing),
            claim.isOrder ? make("span", "standing", t.order) : null,
            claim.reading ? make("span", "reading", claim.reading + " ",
              make("span", "standing notChecked", t.notChecked)) : null);
        };

        const sourceCard = (place, index, reply) => {
          const quotations = reply.claims.flatMap((claim) => claim.citations)
            .filter((one) => one.passageID === place.passageID).map((one) => one.quotation);
          return make("div", "source", card(place, [
            make("span", "path", `[${index + 1}] ${place.path}`),
            ...quotations.map((one) => make("q", "", one)),
          ], { quotations }));
        };

        const drawReply = (turn, reply) => {
          const isAnswered = reply.outcome.status === "answered";
          const writer = reply.model === "extractive" ? t.extractive : t.by + " " + reply.model;
          const time = reply.milliseconds < 1000
            ? number.format(Math.round(reply.milliseconds)) + " ms"
            : number.format(Math.round(reply.milliseconds / 100) / 10) + " s";
          const cards = reply.sources.map((place, index) => sourceCard(place, index, reply));
          const box = make("details", "sources", make("summary", "",
            isAnswered ? `${t.sources} (${cards.length})` : t.nearest), ...cards);
          box.open = !isAnswered;
          turn.replaceChildren(...[
            make("h2", "", isAnswered ? t.answer : t.abstained),
            make("p", "asked", reply.question),
            ...reply.claims.map((claim) => claimElement(claim, reply.sources)),
            !isAnswered && reply.explanation ? make("p", "claim", reply.explanation) : null,
            reply.interruption ? make("p", "note", reply.interruption) : null,
            cards.length ? box : null,
            make("p", "note", (isAnswered ? [writer, t.checked, time] : [time]).join(" · ")),
          ].filter(Boolean));
        };

        // Keeps what was said and is not kept yet, each answer as one that follows the one before.
        const saveTalk = async () => {
          let follows;
          try {
            for (const one of talk) {
              if (!one.saved && one.recent) {
                one.saved = (await send("answers/keep", { recent: one.recent, follows })).id;
              }
              follows = one.saved || follows;
            }
            $("talkNote").textContent = t.talkSaved;
            $("saveTalk").hidden = true;
          } catch (error) { $("talkNote").textContent = error.message; }
        };

        const ask = async (text) => {
          if (!text) return;
          if (asking) asking.abort();
          const mine = asking = new AbortController();
          answer.hidden = false;
          const busy = make("p", "busy", t.asking);
          const turn = make("section", "turn", make("p", "asked", text), busy);
          $("turns").append(turn);
          turn.scrollIntoView({ block: "nearest" });
          $("talkNote").textContent = "";
          const history = talk.slice(-8).flatMap((one) => [one.question, one.answer]);
          try {
            const reply = await request("/api/v1/ask", {
              method: "POST", signal: mine.signal,
              headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
              body: JSON.stringify({ question: text, history, ...filterParameters() }),
            });
            for await (const [name, value] of events(reply)) {
              if (mine !== asking) return;
              if (name === "claim") turn.insertBefore(claimElement(value, []), busy);
              if (name === "searching") busy.textContent = `${t.search}: ${value.query}`;
              if (name === "error") throw new Error(value.detail);
              if (name === "answer") {
                drawReply(turn, value);
                talk.push({
                  question: text, answer: value.claims.map((claim) => claim.text).join(" "),
                  recent: value.recent,
                });
                $("saveTalk").hidden = !value.recent;
              }
            }
            $("followUp").value = "";
          } catch (error) {
            if (error.name === "AbortError" || mine !== asking) return;
            turn.replaceChildren(make("p", "asked", text), make("p", "claim", error.message));
          }
        };
        """#
}

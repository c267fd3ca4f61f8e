extension WebPage {
    /// The page's script.
    ///
    /// All text enters the page as text, never as markup.
    static let script = #"""
        "use strict";
        const texts = {
          en: {
            placeholder: "Search your documents, or ask a question", search: "Search",
            modes: "How to search", ask: "Ask", hybrid: "Best of both", keyword: "Words",
            vector: "Meaning", keyFocus: "search", keyMove: "move", keyOpen: "ask or open",
            keyClear: "clear", nothing: "Nothing was found.", answer: "From your documents",
            abstained: "Your documents do not answer this", nearest: "Nearest passages",
            asking: "Reading…", previous: "← before", next: "after →", line: "line",
            lines: "lines", page: "p.", gone: "The server does not answer.", by: "written by",
            standing: { follows: "follows from the quotation", isQuoted: "quoted" },
            notChecked: "the model's reading, not checked", order: "the document's words",
            extractive: "quoted from the documents", checked: "quotations checked word for word",
            hits: (n) => n === 1 ? "1 passage" : `${n} passages`,
            library: (d, p) => `${d} documents · ${p} passages`,
          },
          es: {
            placeholder: "Busca en tus documentos o haz una pregunta", search: "Buscar",
            modes: "Cómo buscar", ask: "Preguntar", hybrid: "Lo mejor de ambos",
            keyword: "Palabras", vector: "Significado", keyFocus: "buscar", keyMove: "moverse",
            keyOpen: "preguntar o abrir", keyClear: "borrar", nothing: "No se ha encontrado nada.",
            answer: "De tus documentos", abstained: "Tus documentos no responden a esto",
            nearest: "Los pasajes más cercanos", asking: "Leyendo…", previous: "← antes",
            next: "después →", line: "línea", page: "p.", lines: "líneas",
            gone: "El servidor no responde.", by: "escrito por",
            standing: { follows: "se sigue de la cita", isQuoted: "cita literal" },
            notChecked: "lectura del modelo, sin comprobar", order: "palabras del documento",
            extractive: "citado de los documentos", checked: "citas comprobadas palabra por palabra",
            hits: (n) => n === 1 ? "1 pasaje" : `${n} pasajes`,
            library: (d, p) => `${d} documentos · ${p} pasajes`,
          },
        };
        const language = (navigator.languages || [navigator.language || "en"])
          .map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in texts) || "en";
        const t = texts[language];
        const number = new Intl.NumberFormat(language);
        document.documentElement.lang = language;

        const $ = (id) => document.getElementById(id);
        const query = $("query"), hits = $("hits"), answer = $("answer"), figures = $("figures");
        for (const one of document.querySelectorAll("[data-t]")) {
          one.textContent = t[one.dataset.t];
        }
        for (const one of document.querySelectorAll("[data-p]")) {
          one.placeholder = t[one.dataset.p];
        }
        for (const one of document.querySelectorAll("[data-l]")) {
          one.setAttribute("aria-label", t[one.dataset.l]);
        }

        // Makes an element; children are elements or texts.
        const make = (tag, name, ...children) => {
          const element = document.createElement(tag);
          if (name) element.className = name;
          element.append(...children.filter((child) => child !== null && child !== undefined));
          return element;
        };

        const fetchJSON = async (path, parameters, signal) => {
          let reply;
          try {
            reply = await fetch(path + "?" + new URLSearchParams(parameters),
              { signal, headers: { "X-Vecino": "page" } });
          } catch (error) {
            if (error.name === "AbortError") throw error;
            throw new Error(t.gone);
          }
          const value = await reply.json();
          if (!reply.ok) throw new Error(value.error ? value.error.message : reply.statusText);
          return value;
        };

        // A place is a hit, a passage or a source: each has path, title, headings, lines, pages.
        const lines = (place) => place.firstPage
          ? `${t.page} ${place.lastPage > place.firstPage
            ? `${place.firstPage}–${place.lastPage}` : place.firstPage}`
          : !place.firstLine ? ""
          : place.lastLine && place.lastLine !== place.firstLine
            ? `${t.lines} ${place.firstLine}–${place.lastLine}` : `${t.line} ${place.firstLine}`;
        const trail = (place) => place.headings || place.headingPath || [];
        const heading = (place) => trail(place).length
          ? trail(place).join(" › ") : place.title || place.path.split("/").pop();
        const where = (place) => make("span", "where",
          make("span", "path", place.path), make("span", "", lines(place)));

        // Opens or shuts a passage under the card; its neighbors can be reached from there.
        const toggle = async (card, place, quotations) => {
          if (!card.querySelector(".full")) return show(card, place.id || place.passageID, quotations);
          for (const part of card.querySelectorAll(".full,.walk")) part.remove();
          label(card, place);
        };
        const label = (card, place) => {
          card.querySelector(".where").replaceWith(where(place));
          card.querySelector(".title").lastChild.textContent = heading(place);
        };
        const show = async (card, id, quotations) => {
          let full, walk = null;
          try {
            const passage = await fetchJSON("/api/passages/" + id, {});
            full = make("div", "full", ...highlighted(passage.text, quotations));
            walk = make("div", "walk");
            for (const [name, other] of [["previous", passage.previous], ["next", passage.next]]) {
              if (!other) continue;
              const button = make("button", "link", t[name]);
              button.type = "button";
              button.onclick = () => show(card, other, []);
              walk.append(button);
            }
            label(card, passage);
          } catch (error) {
            full = make("div", "full", error.message);
          }
          for (const part of card.querySelectorAll(".full,.walk")) part.remove();
          card.append(full);
          if (walk && walk.childNodes.length) card.append(walk);
        };

        // Cuts a text where the quotations stand in it.
        const highlighted = (text, quotations) => {
          const ranges = quotations.map((one) => [text.indexOf(one), one.length])
            .filter(([start]) => start >= 0).sort((a, b) => a[0] - b[0]);
          const parts = [];
          let end = 0;
          for (const [start, length] of ranges) {
            if (start < end) continue;
            parts.push(text.slice(end, start), make("mark", "", text.slice(start, start + length)));
            end = start + length;
          }
          parts.push(text.slice(end));
          return parts;
        };

        // --- Searching -----------------------------------------------------------------------

        let current = -1, searching = null, asking = null;

        const select = (index) => {
          const cards = hits.children;
          if (cards[current]) cards[current].removeAttribute("aria-current");
          current = Math.max(-1, Math.min(index, cards.length - 1));
          if (current < 0) return;
          cards[current].setAttribute("aria-current", "true");
          cards[current].scrollIntoView({ block: "nearest" });
        };

        const hitCard = (hit) => {
          const pieces = hit.snippet.segments.map((piece) =>
            piece.isMatch ? make("mark", "", piece.text) : piece.text);
          const open = make("button", "open", where(hit),
            make("span", "title", heading(hit)), make("span", "snippet", ...pieces));
          open.type = "button";
          // What is not near the query is shown faintly; a message says from which hit on.
          const card = make("li", hit.near === false ? "hit far" : "hit", open);
          const words = hit.snippet.segments.filter((piece) => piece.isMatch)
            .map((piece) => piece.text);
          open.onclick = () => toggle(card, hit, words);
          return card;
        };

        const search = async () => {
          const text = query.value.trim();
          const mode = document.querySelector("[name=mode]:checked").value;
          if (searching) searching.abort();
          $("ask").disabled = !text;
          document.title = text ? text + " · Vecino" : "Vecino";
          if (!text) {
            hits.replaceChildren();
            figures.textContent = $("empty").textContent = "";
            return;
          }
          const mine = searching = new AbortController();
          try {
            const reply = await fetchJSON("/api/search", { q: text, n: 20, mode }, mine.signal);
            if (mine !== searching) return;
            current = -1;
            hits.replaceChildren(...reply.hits.map(hitCard));
            figures.textContent = t.hits(reply.hits.length) + " · "
              + number.format(Math.max(0.1, Math.round(reply.timings.total * 10) / 10)) + " ms";
            $("empty").textContent = [reply.hits.length ? "" : t.nothing, ...reply.messages].join(" ");
          } catch (error) {
            if (error.name === "AbortError" || mine !== searching) return;
            hits.replaceChildren();
            figures.textContent = "";
            $("empty").textContent = error.message;
          }
        };

        // --- Asking --------------------------------------------------------------------------

        const closeAnswer = () => {
          if (asking) asking.abort();
          asking = null;
          answer.hidden = true;
          answer.replaceChildren();
        };

        const sourceCard = (place, index, reply) => {
          const quotations = reply.claims.flatMap((claim) => claim.citations)
            .filter((one) => one.passageID === place.passageID).map((one) => one.quotation);
          const title = make("span", "title",
            make("span", "number", `[${index + 1}]`), heading(place));
          const open = make("button", "open", where(place), title,
            ...quotations.map((one) => make("blockquote", "", one)));
          open.type = "button";
          const card = make("div", "source", open);
          open.onclick = () => toggle(card, place, quotations);
          return card;
        };

        const ask = async () => {
          const text = query.value.trim();
          if (!text) return;
          closeAnswer();
          const mine = asking = new AbortController();
          answer.hidden = false;
          answer.replaceChildren(make("p", "busy", t.asking));
          history.replaceState(null, "", "#" + new URLSearchParams({ q: text, ask: 1 }));
          try {
            const reply = await fetchJSON("/api/ask", { q: text }, mine.signal);
            if (mine !== asking) return;
            const cards = reply.sources.map((place, index) => sourceCard(place, index, reply));
            const claims = reply.claims.map((claim) => {
              const marks = [...new Set(claim.citations.map((one) =>
                reply.sources.findIndex((place) => place.passageID === one.passageID) + 1))].sort();
              const labels = [
                t.standing[claim.standing === "notChecked" ? "isQuoted" : claim.standing],
                claim.isOrder ? t.order : "",
              ].filter(Boolean).map((label) => make("span", "note", " " + label));
              const reading = claim.reading
                ? [make("span", "note", make("br", ""), claim.reading + " (" + t.notChecked + ")")] : [];
              return make("p", "claim", claim.text + " ", ...marks.map((mark) => {
                const button = make("button", "link", `[${mark}]`);
                button.type = "button";
                button.onclick = () => {
                  cards[mark - 1].scrollIntoView({ block: "center", behavior: "smooth" });
                  cards[mark - 1].querySelector(".open").focus({ preventScroll: true });
                };
                return make("sup", "", button);
              }), ...labels, ...reading);
            });
            const answered = reply.outcome.status === "answered";
            const writer = reply.model === "extractive" ? t.extractive : t.by + " " + reply.model;
            const time = reply.milliseconds < 1000
              ? number.format(Math.round(reply.milliseconds)) + " ms"
              : number.format(Math.round(reply.milliseconds / 100) / 10) + " s";
            answer.replaceChildren(...[
              make("h2", "", answered ? t.answer : t.abstained),
              ...claims,
              answered || !reply.explanation ? null : make("p", "claim", reply.explanation),
              !answered && cards.length ? make("p", "note", t.nearest) : null,
              ...cards,
              make("p", "note", (answered ? [writer, t.checked, time] : [time]).join(" · ")),
            ].filter(Boolean));
          } catch (error) {
            if (error.name === "AbortError" || mine !== asking) return;
            answer.replaceChildren(make("p", "claim", error.message));
          }
        };

        // --- Keys and events -----------------------------------------------------------------

        let pause = 0;
        query.addEventListener("input", () => {
          clearTimeout(pause);
          pause = setTimeout(() => {
            const text = query.value.trim();
            history.replaceState(null, "", text ? "#" + new URLSearchParams({ q: text }) : "#");
            search();
          }, 50);
        });
        for (const radio of document.querySelectorAll("[name=mode]")) {
          radio.addEventListener("change", search);
        }
        $("form").addEventListener("submit", (event) => {
          event.preventDefault();
          if (current >= 0 && hits.children[current]) {
            hits.children[current].querySelector(".open").click();
          } else {
            ask();
          }
        });
        $("ask").addEventListener("click", (event) => {
          if (event.detail === 0) return; // The form's own Enter.
          event.preventDefault();
          ask();
        });
        document.addEventListener("keydown", (event) => {
          const typing = document.activeElement === query;
          if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            query.focus();
            query.select();
          } else if (event.key === "Escape") {
            if (!answer.hidden) closeAnswer();
            else if (current >= 0) select(-1);
            else { query.value = ""; history.replaceState(null, "", "#"); search(); }
            query.focus();
          } else if (typing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            select(current + (event.key === "ArrowDown" ? 1 : -1));
          }
        });

        fetchJSON("/api/status", {}).then((status) => {
          $("library").textContent =
            t.library(number.format(status.documents), number.format(status.passages));
          $("library").title = status.library + "\n" + status.model;
        }).catch((error) => { $("library").textContent = error.message; });
        const start = new URLSearchParams(location.hash.slice(1));
        query.value = start.get("q") || "";
        search();
        if (start.get("ask")) ask();
        """#
}

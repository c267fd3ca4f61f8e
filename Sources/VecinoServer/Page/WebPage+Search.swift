extension WebPage {
    /// Searching as somebody types, filters with counts, and hits by document.
    static let searching = #"""
        const query = $("query"), results = $("results"), figures = $("figures");
        const kinds = [
          ["folders", (value) => ["path", value], (value) => nameOfFile(value) || value],
          ["formats", (value) => ["where", "format=" + value], (value) => value],
          ["languages", (value) => ["where", "language=" + value], nameOf],
          ["years", (value) => ["year", value], (value) => value],
          ["authors", (value) => ["where", "author=" + value], (value) => value],
        ];
        // The chosen value of each kind of filter.
        let chosen = {};
        // The hits that are shown, in the order of the page, and the one that keys move from.
        let shown = [], current = -1, searching = null, last = null;

        const filterParameters = () => {
          const parameters = { path: [], where: [] };
          for (const [kind, demand] of kinds) {
            if (!chosen[kind]) continue;
            const [name, value] = demand(chosen[kind]);
            if (name === "year") parameters.since = parameters.until = value;
            else parameters[name].push(value);
          }
          return parameters;
        };

        const select = (index) => {
          current = Math.max(-1, Math.min(index, shown.length - 1));
          shown.forEach((hit, at) => {
            hit.element.setAttribute("aria-current", at === current ? "true" : "false");
          });
          if (current >= 0) {
            const link = shown[current].element.querySelector(".open");
            shown[current].element.scrollIntoView({ block: "nearest" });
            query.setAttribute("aria-activedescendant", link.id);
          } else query.removeAttribute("aria-activedescendant");
        };

        const drawFilters = (facets) => {
          const box = $("facets");
          const groups = kinds.map(([kind, , label]) => {
            const values = facets[kind] || [];
            const isChosen = chosen[kind];
            if (values.length < 2 && !isChosen) return null;
            const list = make("ul", "");
            if (isChosen && !values.some((one) => one.value === isChosen)) {
              values.unshift({ value: isChosen, count: 0 });
            }
            for (const { value, count } of values) {
              const choice = button("chip", null, () => {
                chosen[kind] = chosen[kind] === value ? undefined : value;
                search();
              });
              choice.append(make("span", "", label(value)), " ",
                make("span", "count", number.format(count)));
              choice.title = value;
              choice.setAttribute("aria-pressed", String(isChosen === value));
              list.append(make("li", "", choice));
            }
            const name = make("h2", "", t[kind]);
            return make("section", "facet", name, list);
          }).filter(Boolean);
          const count = Object.values(chosen).filter(Boolean).length;
          $("filterCount").textContent = count ? String(count) : "";
          box.replaceChildren(...groups);
          if (count) {
            box.append(button("link", t.clearFilters, () => { chosen = {}; search(); }));
          }
          $("filters").hidden = !groups.length;
        };

        const drawHits = (found, isMore) => {
          if (!isMore) { results.replaceChildren(); shown = []; }
          for (const hit of found.hits) {
            let group = [...results.children].find((one) => one.dataset.document === String(hit.document));
            if (!group) {
              const facts = [hit.format, hit.language !== "und" && nameOf(hit.language), hit.date && hit.date.slice(0, 10)];
              group = make("section", "document",
                make("h2", "", titleOf(hit), " ",
                  make("span", "facts", facts.filter(Boolean).join(" · "))),
                make("p", "path", hit.path), make("ol", ""));
              group.dataset.document = hit.document;
              results.append(group);
            }
            const snippet = make("span", "snippet", ...hit.snippet.segments.map((segment) =>
              segment.isMatch ? make("mark", "", segment.text) : segment.text));
            const words = hit.snippet.segments.filter((one) => one.isMatch).map((one) => one.text);
            const far = hit.near ? null : make("span", "note", t.far);
            const link = card(hit, [snippet, far], { words: [...new Set(words)] });
            link.id = "hit" + hit.id;
            const element = make("li", hit.near ? "hit" : "hit far", link);
            group.lastChild.append(element);
          }
          shown = [...results.querySelectorAll(".hit")].map((element) => {
            const id = Number(element.firstChild.id.slice(3));
            const known = [...(isMore ? last.hits : []), ...found.hits].find((one) => one.id === id);
            return { element, hit: known };
          });
          $("moreHits").hidden = !found.nextCursor;
        };

        const search = async (cursor) => {
          if (searching) searching.abort();
          const text = query.value.trim();
          remember();
          if (!text) {
            searching = null;
            last = null;
            shown = [];
            select(-1);
            results.replaceChildren();
            figures.textContent = "";
            $("messages").replaceChildren();
            $("empty").textContent = t.start;
            $("filters").hidden = $("moreHits").hidden = true;
            return;
          }
          const mine = searching = new AbortController();
          const mode = document.querySelector("[name=mode]:checked").value;
          try {
            const found = await fetchJSON("search", {
              query: text, mode, limit: 20, facets: cursor ? undefined : true,
              cursor: cursor || undefined, ...filterParameters(),
            }, mine.signal);
            if (mine !== searching) return;
            drawHits(found, Boolean(cursor));
            last = cursor ? { ...found, hits: [...last.hits, ...found.hits] } : found;
            if (!cursor) {
              select(-1);
              drawFilters(found.facets);
              $("messages").replaceChildren(
                ...found.messages.filter((_, at) => !("far" in found.notes[at]))
                  .map((message) => make("p", "note", message)));
            }
            const documents = new Set(last.hits.map((hit) => hit.document)).size;
            figures.textContent = last.hits.length
              ? `${t.hits(last.hits.length)} ${t.inDocuments(documents)} · `
                + `${number.format(Math.round(found.timings.total))} ms` : "";
            $("empty").textContent = last.hits.length ? "" : t.nothing;
          } catch (error) {
            if (error.name === "AbortError" || mine !== searching) return;
            results.replaceChildren();
            shown = [];
            figures.textContent = "";
            $("empty").textContent = error.message;
          }
        };

        // What is in the address, so that a reload and a bookmark show the same.
        const remember = () => {
          const parameters = new URLSearchParams();
          if (query.value.trim()) parameters.set("q", query.value.trim());
          for (const [kind] of kinds) if (chosen[kind]) parameters.set(kind, chosen[kind]);
          if (reading.passage) parameters.set("read", reading.passage);
          if (!$("library").hidden) parameters.set("library", 1);
          const text = parameters.toString();
          history.replaceState(null, "", text ? "#" + text : location.pathname);
        };
        """#
}

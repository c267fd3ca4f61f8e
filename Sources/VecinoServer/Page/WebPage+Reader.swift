extension WebPage {
    /// The reader: a document's text or page with a passage marked, its outline, and what is similar.
    static let reader = #"""
        const reader = $("reader"), readerBody = $("readerBody");
        // What is open: passage, document, the words or quotation to mark, and where the focus was.
        let reading = {};

        const closeReader = () => {
          reader.hidden = true;
          document.body.classList.remove("reads");
          const { opener } = reading;
          reading = {};
          remember();
          if (opener && opener.isConnected) opener.focus();
          else query.focus();
        };

        // Opens a passage, or the beginning of a document.
        const openReader = async (passage, options) => {
          const mine = reading = { passage, words: [], ...options };
          reader.hidden = false;
          document.body.classList.add("reads");
          readerBody.replaceChildren(make("p", "busy", t.asking));
          $("similarList").replaceChildren();
          try {
            const found = passage ? await fetchJSON("passages/" + passage) : null;
            if (mine !== reading) return;
            mine.found = found;
            const from = found ? Math.max(0, found.position - 20) : 0;
            const whole = await fetchJSON("documents/" + (found ? found.document : mine.document),
              { position: from, limit: 60 });
            if (mine !== reading) return;
            mine.text = whole;
            mine.page = found && found.firstPage;
            drawReader(from);
            remember();
          } catch (error) {
            if (mine === reading) readerBody.replaceChildren(make("p", "note", error.message));
          }
          $("readerTitle").focus({ preventScroll: true });
        };

        const passageElements = (passages, above) => {
          const elements = [];
          for (const passage of passages) {
            const headings = passage.headings.filter(Boolean);
            headings.forEach((heading, level) => {
              if (above[level] === heading) return;
              elements.push(make("h" + Math.min(level + 3, 6), "", heading));
              above.length = level;
            });
            above.splice(0, above.length, ...headings);
            const isTarget = passage.id === reading.passage;
            const needles = isTarget
              ? [...(reading.quotations || []), ...(reading.words || [])] : reading.words || [];
            const isCode = reading.text.format === "code" || /\n {2,}\S/.test(passage.text);
            const body = make(isCode ? "pre" : "p", isTarget ? "passage marked" : "passage");
            body.id = "p" + passage.id;
            const rows = passage.text.split("\n");
            if (isCode && rows.length === passage.lastLine - passage.firstLine + 1) {
              body.classList.add("numbered");
              rows.forEach((row, index) => {
                const line = make("span", "row", ...highlighted(row, needles), "\n");
                line.dataset.line = passage.firstLine + index;
                body.append(line);
              });
            } else body.append(...highlighted(passage.text, needles));
            elements.push(body);
          }
          return elements;
        };

        const drawReader = (from) => {
          const { text, found } = reading;
          $("readerTitle").textContent = titleOf(text);
          $("readerPath").textContent = text.path;
          $("readerFile").href = `/api/v1/documents/${text.id}/file`;
          $("readerPlace").textContent = found ? lines(found) : "";
          const outline = (text.outline || []).map((entry) => {
            const link = button("link", entry.heading, () => jump(entry.passage));
            const item = make("li", "level" + Math.min(entry.level, 4), link);
            return item;
          });
          $("outlineList").replaceChildren(...outline);
          $("outline").hidden = outline.length < 2;
          $("asPage").hidden = $("asText").hidden = !(text.pageCount && text.format === "pdf");
          $("similar").hidden = !found;
          const isListed = shown.findIndex((one) => one.hit.id === reading.passage);
          $("nextHit").disabled = isListed < 0 || isListed + 1 >= shown.length;
          $("previousHit").disabled = isListed <= 0;
          if (reading.view === "page" && text.pageCount) return drawPage();
          showView("text");
          const article = make("article", "document");
          article.lang = text.language;
          if (from > 0) {
            article.append(button("link", t.earlier, (event) => extend(event.target, 0, from)));
          }
          article.append(...passageElements(text.passages, []));
          const end = from + text.passages.length;
          if (text.nextCursor) {
            article.append(button("link", t.later, (event) => extend(event.target, end, end + 60)));
          }
          readerBody.replaceChildren(article);
          const target = $("p" + reading.passage);
          if (target) target.scrollIntoView({ block: "center" });
          else readerBody.scrollTop = 0;
        };

        // Puts further passages in the place of the button that asks for them.
        const extend = async (place, from, to) => {
          const mine = reading;
          const more = await fetchJSON("documents/" + mine.text.id,
            { position: from, limit: Math.min(100, to - from) });
          if (mine !== reading) return;
          const elements = passageElements(more.passages, []);
          const end = from + more.passages.length;
          if (more.nextCursor && (to > end || place.nextSibling === null)) {
            const next = place.nextSibling === null ? end + 60 : to;
            elements.push(button("link", t.later, (event) => extend(event.target, end, next)));
          }
          place.replaceWith(...elements);
        };

        const jump = (passage) => {
          const target = $("p" + passage);
          if (target) target.scrollIntoView({ block: "start" });
          else openReader(passage, { words: reading.words, opener: reading.opener });
          if (matchMedia("(max-width: 760px)").matches) $("outline").open = false;
        };

        // --- Pages of PDFs -------------------------------------------------------------------

        const showView = (view) => {
          reading.view = view;
          $("asText").setAttribute("aria-pressed", String(view === "text"));
          $("asPage").setAttribute("aria-pressed", String(view === "page"));
        };
        const drawPage = async () => {
          const mine = reading;
          showView("page");
          const { text, found } = mine;
          const page = mine.page = Math.max(1, Math.min(mine.page || 1, text.pageCount));
          const picture = document.createElement("img");
          picture.alt = t.picture(page);
          const sheet = make("div", "sheet", picture);
          const say = make("p", "note");
          say.setAttribute("role", "status");
          const walk = make("div", "walk",
            button("link", "← " + t.previousPage, () => { mine.page = page - 1; drawPage(); }),
            make("span", "", t.pageOf(page, text.pageCount)),
            button("link", t.nextPage + " →", () => { mine.page = page + 1; drawPage(); }));
          walk.firstChild.disabled = page <= 1;
          walk.lastChild.disabled = page >= text.pageCount;
          readerBody.replaceChildren(walk, say, sheet);
          readerBody.scrollTop = 0;
          picture.src = `/api/v1/documents/${text.id}/pages/${page}?width=1200`;
          picture.onerror = () => { say.textContent = t.gone; };
          if (!found || page < found.firstPage || page > found.lastPage) return;
          try {
            const marks = await fetchJSON(`passages/${found.id}/marks/${page}`,
              { quotation: (mine.quotations || [])[0] });
            if (mine !== reading || mine.page !== page) return;
            const part = (value, whole) => `${100 * value / whole}%`;
            for (const box of marks.boxes) {
              const mark = make("div", "box");
              mark.style.left = part(box.left, marks.width);
              mark.style.top = part(box.top, marks.height);
              mark.style.width = part(box.right - box.left, marks.width);
              mark.style.height = part(box.bottom - box.top, marks.height);
              sheet.append(mark);
            }
            say.textContent = marks.boxes.length ? t.marked : t.unmarked;
            const first = sheet.querySelector(".box");
            const center = () => first && first.scrollIntoView({ block: "center" });
            if (picture.complete) center(); else picture.onload = center;
          } catch (error) { say.textContent = error.message; }
        };

        // --- Similar passages, and the next hit ----------------------------------------------

        const showSimilar = async () => {
          const mine = reading;
          if (!mine.found) return;
          const box = $("similarList");
          try {
            const found = await fetchJSON(`passages/${mine.passage}/similar`, { limit: 6, others: true });
            if (mine !== reading) return;
            box.replaceChildren(make("h3", "", t.similarTo), ...found.hits.map((hit) =>
              make("div", "source", card(hit, [
                make("span", "path", hit.path), make("span", "snippet",
                  ...hit.snippet.segments.map((one) => one.text)),
              ], { opener: mine.opener }))));
            if (!found.hits.length) box.append(make("p", "note", t.nothing));
            box.scrollIntoView({ block: "nearest" });
          } catch (error) { box.replaceChildren(make("p", "note", error.message)); }
        };
        const moveHit = (step) => {
          const at = shown.findIndex((one) => one.hit.id === reading.passage) + step;
          if (!shown[at]) return;
          select(at);
          const { hit, element } = shown[at];
          const words = hit.snippet.segments.filter((one) => one.isMatch).map((one) => one.text);
          openReader(hit.id, {
            words: [...new Set(words)], view: reading.view, opener: element.querySelector(".open"),
          });
        };
        """#
}

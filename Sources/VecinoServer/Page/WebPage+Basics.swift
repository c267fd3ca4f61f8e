extension WebPage {
    /// What every part of the page uses: elements, requests, places.
    ///
    /// All text enters the page as text, never as markup.
    static let basics = #"""
        const $ = (id) => document.getElementById(id);
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
        const button = (name, text, action) => {
          const element = make("button", name, text);
          element.type = "button";
          element.onclick = action;
          return element;
        };

        const addressOf = (path, parameters) => {
          const pairs = new URLSearchParams();
          for (const [name, value] of Object.entries(parameters || {})) {
            for (const one of [value].flat()) {
              if (one !== undefined && one !== null && one !== "") pairs.append(name, one);
            }
          }
          return pairs.size ? path + "?" + pairs : path;
        };
        const request = async (path, options) => {
          let reply;
          try {
            reply = await fetch(path, {
              ...options, headers: { "X-Vecino": "page", ...(options && options.headers) },
            });
          } catch (error) {
            if (error.name === "AbortError") throw error;
            throw new Error(t.gone);
          }
          if (reply.ok) return reply;
          const problem = await reply.json().catch(() => ({}));
          throw new Error(problem.detail || reply.statusText);
        };
        const fetchJSON = async (path, parameters, signal) =>
          (await request(addressOf("/api/v1/" + path, parameters), { signal })).json();

        // A place is a hit, a passage or a source: each has path, title, headings, lines, pages.
        const span = (first, last) => last && last !== first ? `${first}–${last}` : String(first);
        const lines = (place) => place.firstPage ? `${t.page} ${span(place.firstPage, place.lastPage)}`
          : !place.firstLine ? ""
          : `${place.lastLine > place.firstLine ? t.lines : t.line} `
            + span(place.firstLine, place.lastLine);
        const nameOfFile = (path) => path.split("/").pop();
        const trail = (place) => (place.headings || place.headingPath || []).filter(Boolean);
        const titleOf = (place) => place.title || nameOfFile(place.path) || t.untitled;
        const bytes = (count) => {
          const units = ["B", "kB", "MB", "GB"];
          let step = 0;
          for (; count >= 1000 && step < 3; step++) count /= 1000;
          return `${number.format(count < 10 ? Math.round(count * 10) / 10 : Math.round(count))} `
            + units[step];
        };

        // Text as nodes, the places that match any of the needles marked.
        const highlighted = (text, needles) => {
          const places = [];
          const lower = text.toLowerCase();
          for (const needle of needles) {
            const piece = needle.toLowerCase();
            if (!piece || lower.length !== text.length) continue;
            for (let at = lower.indexOf(piece); at >= 0; at = lower.indexOf(piece, at + piece.length)) {
              const before = text[at - 1] || " ", after = text[at + piece.length] || " ";
              const isWhole = piece.length > 12
                || !(/[\p{L}\p{N}]/u.test(before) || /[\p{L}\p{N}]/u.test(after));
              if (isWhole) places.push([at, at + piece.length]);
            }
          }
          places.sort((a, b) => a[0] - b[0]);
          const nodes = [];
          let end = 0;
          for (const [from, to] of places) {
            if (from < end) continue;
            if (from > end) nodes.push(text.slice(end, from));
            nodes.push(make("mark", "", text.slice(from, to)));
            end = to;
          }
          if (end < text.length) nodes.push(text.slice(end));
          return nodes;
        };

        // A passage as a card that opens it in the reader.
        const card = (place, body, options) => {
          const id = place.id || place.passageID;
          const link = make("a", "open",
            make("span", "where",
              make("span", "trail", trail(place).join(" › ") || titleOf(place)),
              make("span", "", lines(place))),
            ...body);
          link.href = `/read/${id}#p${id}`;
          link.onclick = (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
            event.preventDefault();
            openReader(id, { ...options, opener: link });
          };
          return link;
        };
        """#
}

extension WebPage {
    /// The page about the library: its documents, and what was not read.
    static let libraryView = #"""
        const libraryBox = $("library");
        let listed = { cursor: null, filter: "" };

        const fact = (name, value) => value
          ? [make("dt", "", name), make("dd", "", value)] : [];
        const date = (text) => text
          ? new Date(text).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" })
          : t.never;
        const notes = (title, list) => {
          if (!list.length) return null;
          return make("details", "notes", make("summary", "", title),
            make("ul", "", ...list.slice(0, 500).map((one) =>
              make("li", "", make("span", "path", one.path), " ", one.text))));
        };

        const showLibrary = async (keepsFocus) => {
          libraryBox.hidden = false;
          $("searchView").hidden = true;
          remember();
          try {
            const status = await fetchJSON("status");
            $("libraryFacts").replaceChildren(
              ...fact(t.documents, number.format(status.documents)),
              ...fact(t.place, status.path), ...fact(t.size, bytes(status.fileSize)),
              ...fact(t.model, status.model), ...fact(t.answers, status.answerModel || t.nobody),
              ...fact(t.version, status.version));
            $("leaves").textContent = status.answerModel ? t.remote(status.answerModel) : t.local;
            indexes = status.indexes;
            $("folderForm").hidden = indexes !== "everyFolder";
            $("handIn").hidden = !status.inbox;
            $("collections").replaceChildren(...status.collections.map(folderSection));
          } catch (error) { $("collections").replaceChildren(make("p", "note", error.message)); }
          listDocuments();
          followJobs();
          if (!keepsFocus) $("libraryTitle").focus();
        };
        const hideLibrary = () => {
          libraryBox.hidden = true;
          $("searchView").hidden = false;
          remember();
          query.focus();
        };

        const listDocuments = async (cursor) => {
          const filter = $("nameFilter").value.trim();
          const mine = listed = { filter };
          try {
            const found = await fetchJSON("documents",
              { limit: 100, cursor, path: filter ? `*${filter}*` : undefined });
            if (mine !== listed) return;
            const items = found.documents.map((one) => {
              const open = button("link", one.title || nameOfFile(one.path), () =>
                openReader(null, { document: one.id, opener: open }));
              const facts = [one.format, one.language !== "und" && nameOf(one.language), one.date && one.date.slice(0, 10)];
              return make("li", "", open, " ",
                make("span", "facts", facts.filter(Boolean).join(" · ")),
                make("span", "path", one.path));
            });
            if (cursor) $("documents").append(...items); else $("documents").replaceChildren(...items);
            $("moreDocuments").hidden = !found.nextCursor;
            $("moreDocuments").onclick = () => listDocuments(found.nextCursor);
          } catch (error) { $("documents").replaceChildren(make("li", "note", error.message)); }
        };
        """#
}

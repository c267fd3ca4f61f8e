extension WebPage {
    /// Keys and events, and what the address asks for; the last part of the script.
    static let keys = #"""
        let pause = 0;
        query.addEventListener("input", () => {
          clearTimeout(pause);
          pause = setTimeout(() => search(), 50);
        });
        for (const radio of document.querySelectorAll("[name=mode]")) {
          radio.addEventListener("change", () => search());
        }
        $("moreHits").onclick = () => search(last.nextCursor);
        $("form").addEventListener("submit", (event) => {
          event.preventDefault();
          if (current >= 0 && shown[current]) shown[current].element.querySelector(".open").click();
          else { closeAnswer(); ask(query.value.trim()); }
        });
        $("ask").addEventListener("click", (event) => {
          if (event.detail === 0) return; // The form's own Enter.
          event.preventDefault();
          closeAnswer();
          ask(query.value.trim());
        });
        $("followForm").addEventListener("submit", (event) => {
          event.preventDefault();
          ask($("followUp").value.trim());
        });
        $("saveTalk").onclick = saveTalk;
        $("newTalk").onclick = () => { closeAnswer(); query.focus(); };
        $("closeReader").onclick = closeReader;
        $("asText").onclick = () => { reading.view = "text"; openReader(reading.passage, reading); };
        $("asPage").onclick = drawPage;
        $("nextHit").onclick = () => moveHit(1);
        $("previousHit").onclick = () => moveHit(-1);
        $("similar").onclick = showSimilar;
        $("showLibrary").onclick = () => (libraryBox.hidden ? showLibrary() : hideLibrary());
        $("hideLibrary").onclick = hideLibrary;
        $("showHelp").onclick = () => $("help").showModal();
        $("closeHelp").onclick = () => $("help").close();
        let namePause = 0;
        $("nameFilter").addEventListener("input", () => {
          clearTimeout(namePause);
          namePause = setTimeout(() => listDocuments(), 150);
        });

        const isTyping = () => {
          const active = document.activeElement;
          return active && (active.tagName === "INPUT" && active.type !== "radio"
            || active.tagName === "TEXTAREA");
        };
        document.addEventListener("keydown", (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
          const inQuery = document.activeElement === query;
          if (event.key === "/" && !isTyping()) {
            event.preventDefault();
            if (!libraryBox.hidden) hideLibrary();
            query.focus();
            query.select();
          } else if (event.key === "Escape") {
            if (!reader.hidden) return closeReader();
            if (!libraryBox.hidden) return hideLibrary();
            if (!answer.hidden) closeAnswer();
            else if (current >= 0) select(-1);
            else { query.value = ""; search(); }
            query.focus();
          } else if (inQuery && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            select(current + (event.key === "ArrowDown" ? 1 : -1));
          } else if (!isTyping()) {
            if (event.key === "?") $("help").showModal();
            else if (event.key === "l") libraryBox.hidden ? showLibrary() : hideLibrary();
            else if (reader.hidden) return;
            else if (event.key === "n") moveHit(1);
            else if (event.key === "p") moveHit(-1);
            else if (event.key === "s") showSimilar();
          }
        });

        const showStatus = () => fetchJSON("status").then((status) => {
          $("showLibrary").textContent =
            t.library(number.format(status.documents), number.format(status.passages));
          $("showLibrary").title = t.allOf;
          inbox = status.inbox;
          return status;
        });
        showStatus().then((status) => {
          if (status.indexes && !status.documents && !query.value) showLibrary();
        }).catch((error) => { $("empty").textContent = error.message; });
        const start = new URLSearchParams(location.hash.slice(1));
        query.value = start.get("q") || "";
        for (const [kind] of kinds) if (start.get(kind)) chosen[kind] = start.get(kind);
        const wanted = Number(start.get("read"));
        if (wanted) reading.passage = wanted;
        if (start.get("library")) showLibrary();
        search().then(() => { if (wanted) openReader(wanted, {}); });
        if (start.get("ask")) ask(query.value.trim());
        """#

    /// The page's script: its parts in their order.
    static let script =
        [texts, basics, searching, reader, asking, libraryView, foldersView, keys]
        .joined(separator: "\n")
}

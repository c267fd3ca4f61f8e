extension WebPage {
    /// Folders that are added, refreshed and removed, files that are handed in, and saved answers.
    static let foldersView = #"""
        let indexes = null;
        let inbox = null;
        let knownJobs = new Map();
        let jobsTimer = 0;

        const send = async (path, body) => (await request("/api/v1/" + path, {
          method: "POST", headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body || {}),
        })).json();
        // Runs what a button does; what fails is said below the folders.
        const attempt = async (action) => {
          try { $("jobNote").textContent = ""; await action(); }
          catch (error) { $("jobNote").textContent = error.message; }
        };
        const begin = (folder) => attempt(async () => {
          await send("index", folder ? { folder } : {});
          followJobs();
        });

        const folderSection = (one) => {
          const tools = indexes ? make("p", "line",
            button("link", t.refresh, () => begin(one.root)),
            button("link", t.forget, () => attempt(async () => {
              if (!confirm(t.forgetSure(one.root, number.format(one.documents)))) return;
              await send("folders/forget", { folder: one.root });
              libraryChanged();
            }))) : null;
          if (tools) for (const each of tools.children) {
            each.setAttribute("aria-label", `${each.textContent}: ${one.root}`);
          }
          return make("section", "", make("h4", "path", one.root),
            make("p", "note", `${t.library(number.format(one.documents),
              number.format(one.passages))} · ${t.updated}: ${date(one.indexedAt)}`), tools,
            notes(t.skipped(number.format(one.skipped.length)), one.skipped),
            notes(t.repaired(number.format(one.repaired.length)), one.repaired));
        };

        const libraryChanged = () => {
          showStatus();
          if (!libraryBox.hidden) showLibrary(true);
        };

        // One line for each job, changed in place, so that a reader of screens hears what is new only.
        const showJob = (job) => {
          let line = knownJobs.get(job.id);
          if (!line) {
            line = make("li", "job", make("span", "path", job.folder), make("span", "facts"),
              make("progress"), button("link", t.cancel, () => attempt(async () => {
                await send(`jobs/${job.id}/cancel`);
                followJobs();
              })));
            line.children[2].setAttribute("aria-label", job.folder);
            line.children[3].setAttribute("aria-label", `${t.cancel}: ${job.folder}`);
            knownJobs.set(job.id, line);
            $("jobs").prepend(line);
          }
          const isOver = job.state !== "waiting" && job.state !== "running";
          const [, facts, bar, cancel] = line.children;
          const report = job.report;
          facts.textContent = job.state === "failed" ? `${t.jobs.failed}: ${job.problem}`
            : report ? t.jobDone(number.format(report.added), number.format(report.changed),
                number.format(report.removed), number.format(report.skipped + report.unread))
            : job.state === "running"
              ? t.jobRunning(number.format(job.files), number.format(job.totalFiles),
                  number.format(job.passages))
            : t.jobs[job.state];
          bar.hidden = cancel.hidden = isOver;
          if (job.totalBytes > 0) { bar.max = job.totalBytes; bar.value = job.bytes; }
          else bar.removeAttribute("value");
          return isOver;
        };
        let wasBusy = false;
        const followJobs = async () => {
          clearTimeout(jobsTimer);
          let isBusy = false;
          try {
            const { jobs } = await fetchJSON("jobs");
            for (const job of jobs.reverse()) if (!showJob(job)) isBusy = true;
            // What is finished can be searched while the rest is read.
            if (wasBusy && !isBusy) { $("jobNote").textContent = t.upToDate; libraryChanged(); }
            else if (isBusy) showStatus();
          } catch (error) { $("jobNote").textContent = error.message; }
          wasBusy = isBusy;
          if (isBusy) jobsTimer = setTimeout(followJobs, 400);
        };

        // Paths are completed as they are typed.
        let pathPause = 0;
        $("folderPath").addEventListener("input", () => {
          clearTimeout(pathPause);
          pathPause = setTimeout(async () => {
            try {
              const { folders } = await send("folders/list", { prefix: $("folderPath").value });
              $("folderList").replaceChildren(...folders.map((path) => {
                const option = make("option");
                option.value = path;
                return option;
              }));
            } catch { /* A path can be typed without help. */ }
          }, 120);
        });
        $("folderForm").addEventListener("submit", (event) => {
          event.preventDefault();
          const folder = $("folderPath").value.trim();
          if (!folder) return $("folderPath").focus();
          begin(folder).then(() => {
            if (!$("jobNote").textContent) $("folderPath").value = "";
          });
        });
        $("refreshAll").onclick = () => begin();

        // Files are handed in by a button, or dropped anywhere on the page.
        const handIn = (files) => attempt(async () => {
          let count = 0;
          for (const file of files) {
            $("jobNote").textContent = t.sending(file.name);
            await request(addressOf("/api/v1/inbox", { name: file.name }), {
              method: "PUT", body: file, headers: { "Content-Type": "application/octet-stream" },
            });
            count += 1;
          }
          $("jobNote").textContent = t.handedIn(count);
          followJobs();
        });
        $("chooseFiles").onclick = () => $("files").click();
        $("files").addEventListener("change", () => {
          handIn([...$("files").files]);
          $("files").value = "";
        });
        const bringsFiles = (event) => inbox && [...event.dataTransfer.types].includes("Files");
        document.addEventListener("dragover", (event) => {
          if (!bringsFiles(event)) return;
          event.preventDefault();
          $("drop").hidden = false;
        });
        document.addEventListener("dragleave", (event) => {
          if (!event.relatedTarget) $("drop").hidden = true;
        });
        document.addEventListener("drop", (event) => {
          $("drop").hidden = true;
          if (!bringsFiles(event)) return;
          event.preventDefault();
          const files = [...event.dataTransfer.files];
          if (libraryBox.hidden) showLibrary();
          handIn(files);
        });

        // Answers that the library keeps, and whether they still stand.
        $("saved").addEventListener("toggle", async () => {
          if (!$("saved").open) return;
          try {
            const { answers } = await fetchJSON("answers", { limit: 50 });
            $("savedList").replaceChildren(...(answers.length ? answers.map(savedAnswer)
              : [make("li", "note", t.noneSaved)]));
          } catch (error) { $("savedList").replaceChildren(make("li", "note", error.message)); }
        });
        const savedAnswer = (saved) => {
          const found = make("span", "facts");
          found.setAttribute("role", "status");
          const rate = (rating, name) => {
            const one = button("chip", name, () => attempt(async () => {
              const next = saved.feedback === rating ? 0 : rating;
              saved.feedback = (await send(`answers/${saved.id}/rating`, { rating: next })).feedback;
              for (const each of rates) each.element.setAttribute("aria-pressed",
                saved.feedback === each.rating);
            }));
            one.setAttribute("aria-pressed", saved.feedback === rating);
            return { element: one, rating };
          };
          const rates = [rate(1, t.good), rate(-1, t.bad)];
          const claims = saved.answer.claims.map((claim) => make("p", "", claim.text));
          return make("li", "", make("details", "",
            make("summary", "", saved.answer.question, " ",
              make("span", "facts", date(saved.askedAt))),
            ...(claims.length ? claims : [make("p", "note", t.abstained)]),
            make("p", "line", button("link", t.checkAgain, () => attempt(async () => {
              const check = await fetchJSON(`answers/${saved.id}/check`);
              found.textContent = t.findings[check.finding] || check.finding;
            })), found, ...rates.map((one) => one.element))));
        };
        """#
}

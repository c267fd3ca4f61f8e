#!/usr/bin/env python3
"""Writes Data/beir/ from Data/library/ and Data/questions.jsonl, and checks both.

    python3 Data/make-beir.py            write beir/{corpus,queries}.jsonl and beir/qrels/test.tsv
    python3 Data/make-beir.py --check    write nothing; fail if a file is out of date or a question is wrong

It reads the documents in its own simple way, on purpose not in Vecino's: a judgement that only
Vecino's own parser could confirm would be worth little. Python 3.9 or newer, standard library only.
"""

import html.parser
import json
import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parent
LIBRARY = DATA / "library"
KINDS = {"same-language", "cross-language", "exact", "unanswerable"}
KEYS = ["id", "question", "language", "kind", "relevant", "answer", "quotation"]


def decoded(data: bytes) -> str:
    """The text of a document: UTF-16 by its mark, else UTF-8, else Windows-1252.

    UTF-8 that was once decoded as MacRoman or Windows-1252 is put right. Text that never went
    through that mistake does not survive the way back, so it is left alone.
    """
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")
    for mistaken in ("cp1252", "mac_roman"):
        try:
            repaired = text.encode(mistaken).decode("utf-8")
        except UnicodeError:
            continue
        if repaired != text:
            return repaired
    return text


class PageText(html.parser.HTMLParser):
    """Collects the title and the text of a page, without the parts that every page repeats."""

    SKIPPED = {"script", "style", "nav", "header", "footer", "head"}
    LINES = {"p", "h1", "h2", "h3", "tr", "li", "table", "ul"}
    VOID = {"meta", "link", "br", "img", "hr"}

    def __init__(self) -> None:
        super().__init__()
        self.title, self.text = "", ""
        self.open = []  # for each open element: its tag, and whether its text is left out

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            outer = bool(self.open) and self.open[-1][1]
            inner = tag in self.SKIPPED or ("role", "banner") in attributes
            self.open.append((tag, outer or inner))

    def handle_endtag(self, tag):
        self.open.pop()
        self.text += "\n" if tag in self.LINES else " " if tag in {"td", "th"} else ""

    def handle_data(self, data):
        tag, skipped = self.open[-1] if self.open else ("", True)
        if tag == "title":
            self.title += data
        elif not skipped and data.strip():
            self.text += data.replace("\n", " ")


def without_front_matter(text: str) -> tuple[str, str]:
    """The title that the front matter gives, or an empty one, and the text below it."""
    match = re.match(r"(---|\+\+\+)\n(.*?)\n\1\n", text, re.DOTALL)
    if not match:
        return "", text
    title = re.search(r'^title\s*[:=]\s*"?(.*?)"?$', match[2], re.MULTILINE)
    return title[1] if title else "", text[match.end() :]


def read(path: pathlib.Path) -> tuple[str, str]:
    """The title and the text of one document."""
    text = decoded(path.read_bytes())
    if path.suffix == ".html":
        page = PageText()
        page.feed(text)
        return page.title.strip(), re.sub(r" *\n\s*", "\n", page.text).strip()
    if path.suffix == ".ipynb":
        notebook = json.loads(text)
        parts = []
        for cell in notebook["cells"]:
            parts.append("".join(cell["source"]))
            for output in cell.get("outputs", []):
                parts.append("".join(output.get("text") or output["data"]["text/plain"]))
        return notebook["metadata"]["title"], "\n\n".join(part.strip("\n") for part in parts)
    if path.suffix in {".py", ".c", ".swift"}:
        return path.name, text.strip()
    title, body = without_front_matter(text)
    first = body.strip().splitlines()[0].lstrip("# ")
    return title or first, body.strip()


def mistakes(questions: list[dict], corpus: dict[str, tuple[str, str]]) -> list[str]:
    """What is wrong with the questions: one sentence each."""
    found, seen = [], set()
    for question in questions:
        name = question.get("id", "?")
        if list(question) != KEYS:
            found.append(f"{name}: its keys are not {', '.join(KEYS)}")
            continue
        if name in seen:
            found.append(f"{name}: the id is used twice")
        seen.add(name)
        relevant = question["relevant"]
        found += [f"{name}: there is no document {path}" for path in relevant if path not in corpus]
        if question["kind"] not in KINDS or question["language"] not in {"es", "en"}:
            found.append(f"{name}: unknown kind or language")
        elif question["kind"] == "unanswerable":
            if relevant or question["answer"] or question["quotation"]:
                found.append(f"{name}: unanswerable, and yet it has an answer")
        elif not relevant or not question["answer"] or not question["quotation"]:
            found.append(f"{name}: answerable, but document, answer or quotation is missing")
        elif relevant[0] in corpus and question["quotation"] not in corpus[relevant[0]][1]:
            found.append(f"{name}: {relevant[0]} does not say “{question['quotation']}”")
        elif question["kind"] != "exact":
            crosses = not relevant[0].startswith(question["language"] + "/")
            if crosses != (question["kind"] == "cross-language"):
                found.append(f"{name}: the document's language does not fit {question['kind']}")
    return found


def json_lines(rows) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    files = sorted(path for path in LIBRARY.rglob("*") if path.is_file())
    corpus = {path.relative_to(LIBRARY).as_posix(): read(path) for path in files}
    lines = (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]

    wrong = mistakes(questions, corpus)
    judged = [question for question in questions if question["relevant"]]
    qrels = "".join(f"{q['id']}\t{path}\t1\n" for q in judged for path in q["relevant"])
    written = {
        DATA / "beir/corpus.jsonl": json_lines(
            {"_id": path, "title": title, "text": text} for path, (title, text) in corpus.items()
        ),
        DATA / "beir/queries.jsonl": json_lines(
            {
                "_id": q["id"],
                "text": q["question"],
                "metadata": {"language": q["language"], "kind": q["kind"]},
            }
            for q in judged
        ),
        DATA / "beir/qrels/test.tsv": "query-id\tcorpus-id\tscore\n" + qrels,
    }
    for path, content in written.items():
        if sys.argv[1:] != ["--check"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != content:
            wrong.append(f"{path.relative_to(DATA)} is out of date: run make-beir.py")

    print(f"{len(corpus)} documents, {len(questions)} questions, {len(judged)} of them judged")
    for mistake in wrong:
        print(mistake, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

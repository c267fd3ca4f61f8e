"""A library of a few documents that is served, for the scripts that look at the servers from outside."""
import contextlib
import os
import re
import subprocess

DOCUMENTS = {
    "bomba.md": """---
author: Ana
date: 2024-03-02
---
# Manual de la bomba

La bomba del sótano se revisa cada seis meses, en abril y en octubre.

## Averías

Si la presión cae por debajo de 1,2 bar, cierre la válvula roja y llame al servicio técnico.
""",
    "garden/tools.md": """# Garden tools

The lawn mower stands in the shed behind the greenhouse. Its blade is sharpened every spring.

## Hedge

The hedge is cut in June, after the birds have left their nests.
""",
    "code/pump.py": "def pressure(bar):\n    \"\"\"Whether the pump has to stop.\"\"\"\n    return bar < 1.2\n",
}

# What each of these would do if it were markup or a command.
HOSTILE = [
    "<script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">",
    "<svg onload=document.title='owned'>", "\"><script>document.title='owned'</script>",
    "<iframe src=\"javascript:parent.document.title='owned'\"></iframe>",
    "<a href=\"javascript:document.title='owned'\">x</a>", "</p></article><style>*{display:none}</style>",
    "<base href=//evil.example/>", "{{constructor.constructor('document.title=1')()}}",
    "<math><mtext></mtext><mglyph><style><!--</style><img src=x onerror=document.title='owned'>",
    "<template><script>document.title='owned'</script></template>", "<form action=//evil.example><button>x",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;", "\u2028document.title='owned'\u2029",
    "<object data=\"data:text/html,<script>alert(1)</script>\">", "<meta http-equiv=refresh content=0>",
]


def pdf(lines):
    """A PDF of one page with lines of text."""
    text = "".join(f"1 0 0 1 40 {740 - 30 * at} Tm ({line}) Tj\n" for at, line in enumerate(lines))
    content = f"BT /F1 16 Tf\n{text}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 800] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def make_library(program, folder):
    """Writes the documents into a folder and indexes them; returns the library's path."""
    for name, text in DOCUMENTS.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(folder, "boiler.pdf"), "wb") as file:
        file.write(pdf([
            "The boiler in the attic was installed in 2019.",
            "Its safety valve opens at three bar and is tested every autumn.",
        ]))
    os.makedirs(os.path.join(folder, "hostile"))
    for number, text in enumerate(HOSTILE):
        with open(os.path.join(folder, f"hostile/{number}.txt"), "w", encoding="utf-8") as file:
            file.write(f"hostilities {text} {number}\n")
    strange = os.path.join(folder, "hostile/<img src=x onerror=alert(1)>.txt")
    with open(strange, "w", encoding="utf-8") as file:
        file.write("hostilities in a name\n")
    subprocess.run([program, "index", "."], cwd=folder, check=True, capture_output=True)
    return os.path.join(folder, ".vecino/library.db")


@contextlib.contextmanager
def serving(program, library, *options):
    """Serves a library on a free port while the block runs; gives the page's address."""
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--no-llm", "--db", library, *options],
        stderr=subprocess.PIPE, text=True)
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())
        if not found:
            raise SystemExit("the server did not start: " + server.stderr.read())
        yield found.group(0)
    finally:
        server.terminate()
        server.wait(30)

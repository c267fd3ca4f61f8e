"""Records what the providers' official Python clients send, as the reference for our own requests.

    eval "$(scripts/test-servers start)"
    python -m venv /tmp/clients && /tmp/clients/bin/pip install openai==2.54.0 \
        anthropic==2.12.0 google-genai==3.4.0 ollama==0.6.3
    /tmp/clients/bin/python Tests/ChatModelsTests/Fixtures/record_clients.py

Each client talks to a real server (llama.cpp, or the LiteLLM proxy in front of it) through a relay that
notes the request; Ollama's has no such server here and gets an error, after its request was noted.
One file a client goes into requests/: the path, the headers that are not the client's own business,
and the body.
"""

import http.server
import json
import os
import pathlib
import threading
import urllib.error
import urllib.request

RULES, QUESTION = "Be brief.", "Say hello."
SCHEMA = {
    "type": "object",
    "properties": {"claims": {"type": "array", "items": {"type": "string"}}},
    "required": ["claims"],
    "additionalProperties": False,
}
HEADERS = {"content-type", "authorization", "x-api-key", "x-goog-api-key", "anthropic-version"}


def relay(target):
    """Starts a relay to `target`; returns its address and the list of requests that went through."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {k.lower(): v for k, v in self.headers.items() if k.lower() in HEADERS}
            seen.append({"path": self.path, "headers": headers, "body": json.loads(body)})
            try:
                request = urllib.request.Request(target + self.path, body, headers)
                with urllib.request.urlopen(request) as answer:
                    status, kind, data = answer.status, answer.headers["Content-Type"], answer.read()
            except urllib.error.HTTPError as error:
                status, kind, data = error.code, "application/json", error.read()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", seen


def openai_request():
    import openai

    base, seen = relay(os.environ["VECINO_TEST_CHAT"].removesuffix("/v1"))
    stream = openai.OpenAI(base_url=base + "/v1", api_key="sk-test").chat.completions.create(
        model="smol", stream=True, stream_options={"include_usage": True}, max_tokens=8,
        temperature=0, top_p=0.9, seed=1,
        messages=[{"role": "system", "content": RULES}, {"role": "user", "content": QUESTION}],
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
        },
    )
    assert list(stream)
    return seen[0]


def anthropic_request():
    import anthropic

    base, seen = relay(os.environ["VECINO_TEST_GEMINI"])
    stream = anthropic.Anthropic(base_url=base, api_key="sk-test").messages.create(
        model="smol", stream=True, max_tokens=8, system=RULES,
        messages=[{"role": "user", "content": QUESTION}],
        output_config={"format": {"type": "json_schema", "schema": SCHEMA}},
    )
    assert list(stream)
    return seen[0]


def gemini_request():
    from google import genai
    from google.genai import types

    base, seen = relay(os.environ["VECINO_TEST_GEMINI"])
    # The version of the interface that the proxy speaks.
    options = types.HttpOptions(base_url=base, api_version="v1beta")
    client = genai.Client(api_key="sk-test", http_options=options)
    stream = client.models.generate_content_stream(
        model="smol", contents=QUESTION,
        config=types.GenerateContentConfig(
            system_instruction=RULES, temperature=0, top_p=0.9, top_k=40, seed=1,
            max_output_tokens=8, response_mime_type="application/json",
            response_json_schema=SCHEMA,
        ),
    )
    assert list(stream)
    return seen[0]


def ollama_request():
    import ollama

    base, seen = relay(os.environ["VECINO_TEST_CHAT"].removesuffix("/v1"))
    stream = ollama.Client(host=base).chat(
        model="smol", stream=True, format=SCHEMA,
        messages=[{"role": "system", "content": RULES}, {"role": "user", "content": QUESTION}],
        options={"num_ctx": 2048, "num_predict": 8, "temperature": 0.0, "top_p": 0.9, "top_k": 40,
                 "seed": 1},
    )
    try:
        list(stream)
    except Exception as error:  # llama.cpp speaks another language at this address
        print("ollama:", str(error)[:80])
    return seen[0]


folder = pathlib.Path(__file__).parent / "requests"
folder.mkdir(exist_ok=True)
for name, record in [
    ("openai", openai_request), ("anthropic", anthropic_request), ("gemini", gemini_request),
    ("ollama", ollama_request),
]:
    request = record()
    (folder / f"{name}.json").write_text(json.dumps(request, indent=2, sort_keys=True) + "\n")
    print(name, "recorded")

#!/usr/bin/env python3
"""The official clients against the servers: client_checks.py PROGRAM FOLDER. Run by scripts/test-clients."""
import asyncio
import json
import subprocess
import sys
import urllib.request

import ollama
import openai
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from served import make_library, serving

QUESTION = "¿Cada cuánto se revisa la bomba del sótano?"
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit(f"client_checks: {what}")
    passed += 1


def refused(call, status, what):
    try:
        call()
    except openai.APIStatusError as error:
        return check(error.status_code == status, f"{what}: {error.status_code}")
    except ollama.ResponseError as error:
        return check(error.status_code == status, f"{what}: {error.status_code}")
    check(False, f"{what}: no error")


def openai_and_ollama(address):
    client = openai.OpenAI(base_url=address + "v1", api_key="none")
    names = [model.id for model in client.models.list()]
    check(len(names) == 2 and names[0] == "vecino", f"models: {names}")
    embedder = names[1]
    check(client.models.retrieve(embedder).id == embedder, "retrieving a model")
    texts = ["la bomba", "the lawn mower", "año ñandú 🦘", ""]
    # This client asks for base64 unless it is told otherwise.
    coded = client.embeddings.create(model=embedder, input=texts)
    plain = client.embeddings.create(model=embedder, input=texts, encoding_format="float")
    for one, other in zip(coded.data, plain.data):
        check(max(abs(a - b) for a, b in zip(one.embedding, other.embedding)) < 1e-6, "base64")
        check(abs(sum(a * a for a in one.embedding) - 1) < 1e-4, "unit length")
    short = client.embeddings.create(model=embedder, input="la bomba", dimensions=64).data[0].embedding
    check(len(short) == 64 and abs(sum(a * a for a in short) - 1) < 1e-4, "dimensions")
    refused(lambda: client.embeddings.create(model="other", input="a"), 404, "unknown model")
    refused(lambda: client.embeddings.create(model=embedder, input=[[1, 2]]), 400, "tokens")
    refused(lambda: client.chat.completions.create(model="vecino", messages=[]), 400, "no messages")

    messages = [{"role": "user", "content": QUESTION}]
    whole = client.chat.completions.create(model="vecino", messages=messages)
    text = whole.choices[0].message.content
    check("cada seis meses" in text and "[1]" in text, f"answer: {text}")
    citation = whole.choices[0].message.annotations[0].url_citation
    check(text[citation.start_index:citation.end_index] == "[1]", "place of a citation")
    with urllib.request.urlopen(citation.url) as page:
        check("cada seis meses" in page.read().decode(), "the page that a citation leads to")
    pieces = client.chat.completions.create(
        model="vecino", messages=messages, stream=True, stream_options={"include_usage": True})
    said, usage = "", None
    for piece in pieces:
        said += piece.choices[0].delta.content or "" if piece.choices else ""
        usage = piece.usage or usage
    check(said == text and usage is not None, "streaming")
    more = messages + [{"role": "assistant", "content": text}, {"role": "user", "content": "And the hedge?"}]
    check(client.chat.completions.create(model="vecino", messages=more).choices[0].message.content, "follow-up")

    other = ollama.Client(host=address)
    vectors = other.embed(model=embedder, input=texts).embeddings
    check(max(abs(a - b) for a, b in zip(vectors[2], plain.data[2].embedding)) < 1e-6, "Ollama")
    refused(lambda: other.embed(model="other", input="a"), 404, "unknown model of Ollama")

    body = {"query": "mowing the lawn", "documents": ["tax law", {"text": "how to mow a lawn"}], "top_n": 1}
    request = urllib.request.Request(
        address + "v1/rerank", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        check(json.load(reply)["results"][0]["index"] == 1, "reranking")


async def protocol(make, mode, version):
    told = []

    async def progress(done, total=None, message=None):
        told.append(message)

    async with Client(make(), mode=mode) as client:
        check(client.protocol_version == version, f"{mode}: {client.protocol_version}")
        tools = (await client.list_tools()).tools
        names = [tool.name for tool in tools]
        check(names == ["search", "ask", "get", "read", "similar", "list", "status"], f"{names}")
        check(all(tool.output_schema and tool.annotations.read_only_hint for tool in tools), "schemas")
        # The client checks each structured result against the tool's schema.
        found = await client.call_tool("search", {"query": "bomba", "limit": 2, "facets": True})
        hit = found.structured_content["hits"][0]
        check(hit["path"].endswith("bomba.md"), "search")
        cursor = found.structured_content["nextCursor"]
        page = await client.call_tool("search", {"query": "bomba", "limit": 2, "cursor": cursor})
        check([one["rank"] for one in page.structured_content["hits"]] == [3, 4], "cursor")
        for name, arguments in [
            ("get", {"passage": hit["id"]}), ("read", {"document": str(hit["document"])}),
            ("read", {"document": "garden/tools.md", "lines": "1-3"}),
            ("similar", {"passage": hit["id"], "limit": 2}), ("list", {"limit": 2}), ("status", {}),
        ]:
            result = await client.call_tool(name, arguments)
            check(not result.is_error and result.structured_content and result.content[0].text, name)
        result = await client.call_tool("ask", {"question": QUESTION}, progress_callback=progress)
        check("cada seis meses" in result.content[0].text and told, "ask with progress")
        check((await client.call_tool("get", {"passage": 99999})).is_error, "no such passage")
        resources = await client.list_resources()
        read = await client.read_resource(str(resources.resources[0].uri))
        check(read.contents[0].text, "resource")
        check(len((await client.list_resource_templates()).resource_templates) == 3, "templates")
        check(len((await client.list_prompts()).prompts) == 2, "prompts")
        prompt = await client.get_prompt("answer", {"question": "¿Y?"})
        check("¿Y?" in prompt.messages[0].content.text, "prompt")
        for call in [client.call_tool("nothing", {}), client.read_resource("vecino://document/99999")]:
            try:
                await call
            except Exception as error:  # noqa: BLE001 - each client has its own kind
                check("There is no" in str(error), f"{error}")
            else:
                check(False, "no error for what is not there")


def output_that_is_gone(program, library):
    """A full disk and a closed pipe end the program with an error that says so."""
    line = '{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
    with open("/dev/full", "w") as full:
        run = subprocess.run([program, "mcp", "--no-llm", "--db", library], input=line, stdout=full,
                             stderr=subprocess.PIPE, text=True, timeout=60)
    check(run.returncode == 3 and "Standard output" in run.stderr, f"full: {run}")
    server = subprocess.Popen([program, "mcp", "--no-llm", "--db", library], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    server.stdout.close()
    server.stdin.write(line)
    server.stdin.flush()
    # Standard input stays open: the program ends because of its output.
    check(server.wait(60) == 3 and "Standard output" in server.stderr.read(), "closed pipe")


async def protocols(program, library, address):
    def stdio():
        return stdio_client(StdioServerParameters(
            command=program, args=["mcp", "--no-llm", "--db", library]))

    for make in [stdio, lambda: address + "mcp"]:
        await protocol(make, "legacy", "2025-11-25")
        await protocol(make, "auto", "2026-07-28")
        await protocol(make, "2026-07-28", "2026-07-28")


def main():
    program, folder = sys.argv[1:3]
    library = make_library(program, folder)
    with serving(program, library) as address:
        openai_and_ollama(address)
        asyncio.run(protocols(program, library, address))
    output_that_is_gone(program, library)
    print(f"client_checks: {passed} passed, 0 failed")


main()

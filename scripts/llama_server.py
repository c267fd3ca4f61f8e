"""Serves a GGUF model over HTTP with llama.cpp, and prints the address when it listens.

    llama_server.py MODEL [chat|embeddings] [PORT] [CONTEXT]

Only on 127.0.0.1. Port 0, the default, lets the system choose one.
"""

import os
import sys
import threading

import xllamacpp

model, purpose, port, context = (sys.argv[1:] + ["chat", "0", "4096"][len(sys.argv) - 2:])[:4]
parameters = xllamacpp.CommonParams()
parameters.model.path = model
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(port)
parameters.n_ctx = int(context)
parameters.n_parallel = 1
threads = os.cpu_count() or 1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
if purpose == "embeddings":
    parameters.embedding = True
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
threading.Event().wait()

"""llama_cpp_server.py MODEL.gguf API_KEY: llama.cpp's rerank server on a free port of 127.0.0.1.

Prints "listening on http://127.0.0.1:PORT" when it is ready, and runs until standard input is closed, so that it never
outlives the program that started it.
"""
import os
import sys

from xllamacpp import CommonParams, Server, llama_pooling_type

MAX_TOKENS = 512  # the limit of the model
PARALLEL = 4

params = CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {"ms-marco-minilm"}
params.api_keys = [sys.argv[2]]
params.hostnames = ["127.0.0.1"]
params.port = 0
params.embedding = True
params.pooling_type = llama_pooling_type.LLAMA_POOLING_TYPE_RANK
params.n_parallel = PARALLEL
params.n_ctx = PARALLEL * MAX_TOKENS
params.n_batch = params.n_ubatch = MAX_TOKENS
params.cpuparams.n_threads = 1  # several threads wait for each other in a busy loop, which takes minutes if tests share the cores

server = Server(params)
print("listening on", server.listening_address, flush=True)
sys.stdin.buffer.read()
os._exit(0)  # without waiting for responses that nobody reads

"""A Python reranker that scores on request: one line of JSON in, one out, until the input ends.

    python worker.py CONTENDER DIRECTORY      (peer_models.py made the directory)

The first line is {"ready": "name and version"}. A request is {"query": "...", "passages": ["...", ...]}, its response
{"millis": the time from texts to scores, "peakBytes": peak resident memory so far, "scores": [...]}.
"""

import importlib.metadata
import json
import os
import pathlib
import resource
import sys
import time

MAX_LENGTH = 512
BATCH = 32


def sentence_transformers(directory, batch=BATCH, **options):
    import torch
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(str(directory), max_length=MAX_LENGTH, device="cpu", **options)

    def score(query, passages):
        pairs = [(query, passage) for passage in passages]
        scores = model.predict(pairs, batch_size=batch, activation_fn=torch.nn.Identity(), convert_to_tensor=True,
                               show_progress_bar=False)
        return scores.float().tolist()

    return score, "sentence-transformers"


def torch_fp32(models):
    return sentence_transformers(models / "fp32")


def torch_bf16(models, batch):
    import torch

    return sentence_transformers(models / "fp32", batch, model_kwargs={"torch_dtype": torch.bfloat16})


def st_onnx(models):
    return sentence_transformers(models / "int8", backend="onnx", model_kwargs={"file_name": "model.onnx"})


def flashrank(models):
    from flashrank import Ranker, RerankRequest

    ranker = Ranker("ms-marco-MiniLM-L-12-v2", cache_dir=str(models / "flashrank"), max_length=MAX_LENGTH)

    def score(query, passages):
        request = RerankRequest(query, [{"id": place, "text": text} for place, text in enumerate(passages)])
        scores = {result["id"]: float(result["score"]) for result in ranker.rerank(request)}
        return [scores[place] for place in range(len(passages))]

    return score, "FlashRank"


def pymilvus(models):
    from pymilvus.model.reranker import CrossEncoderRerankFunction

    function = CrossEncoderRerankFunction(model_name=str(models / "fp32"), device="cpu", batch_size=BATCH)

    def score(query, passages):
        scores = {result.index: float(result.score) for result in function(query, passages, top_k=len(passages))}
        return [scores[place] for place in range(len(passages))]

    return score, "pymilvus-model"


def onnxruntime_batches(models):
    import numpy
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(models / "int8" / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(models / "int8/onnx/model.onnx", providers=["CPUExecutionProvider"])

    def run(query, passages):
        encodings = tokenizer.encode_batch([(query, passage) for passage in passages])
        inputs = {name: numpy.array([getattr(encoding, part) for encoding in encodings], dtype=numpy.int64)
                  for name, part in (("input_ids", "ids"), ("attention_mask", "attention_mask"), ("token_type_ids", "type_ids"))}
        return session.run(["logits"], inputs)[0][:, 0].tolist()

    def score(query, passages):
        return [value for start in range(0, len(passages), BATCH) for value in run(query, passages[start:start + BATCH])]

    return score, "onnxruntime"


CONTENDERS = {
    "st-torch-fp32": torch_fp32,
    "st-torch-bf16-8": lambda models: torch_bf16(models, 8),
    "st-torch-bf16-32": lambda models: torch_bf16(models, 32),
    "st-onnx-int8": st_onnx,
    "flashrank": flashrank,
    "pymilvus": pymilvus,
    "onnxruntime": onnxruntime_batches,
}


def main(contender, models):
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # output of libraries is not a response

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    score, package = CONTENDERS[contender](models)
    answer({"ready": f"{package} {importlib.metadata.version(package)}"})
    for line in sys.stdin:
        request = json.loads(line)
        start = time.perf_counter()
        scores = score(request["query"], request["passages"])
        millis = (time.perf_counter() - start) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
        answer({"millis": millis, "peakBytes": peak, "scores": scores})


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))

"""Creates the models of ./benchmarks/run quality that the jar does not contain, each in a directory for `modelPath`.

    python quality_models.py DIRECTORY_OF_MODEL_ONNX WORKLOADS TARGET

TARGET/first    the jar's graph, its last layer for the first token only (first_token_graph.py)
TARGET/fused    the jar's int8 weights in a graph of larger operators (fused_graph.py)
TARGET/static   the same weights with fixed activation scales (static_graph.py)
TARGET/float    the same weights as floats (float_graph.py)
TARGET/bf16     the same weights as bf16, for PyTorch (torch_trace.py)
"""

import pathlib
import shutil
import sys

import onnx

import torch_trace
from bert_graph import write
from first_token_graph import first_token
from float_graph import float32
from fused_graph import fused
from int8_bert import Int8Bert
from static_graph import static


def main(source, workloads, target):
    published = source / "model.onnx"
    weights = Int8Bert(published)
    tokenizer = source / "tokenizer.json"
    write(first_token(onnx.load(published)), target / "first" / "model.onnx")
    write(fused(weights), target / "fused" / "model.onnx")
    write(static(weights, tokenizer, [workloads / "main.json", workloads / "short.json"]), target / "static" / "model.onnx")
    write(float32(weights), target / "float" / "model.onnx")
    torch_trace.write(weights, target / "bf16" / "model.pt")
    for name in ("first", "fused", "static", "float", "bf16"):
        shutil.copy(tokenizer, target / name)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))

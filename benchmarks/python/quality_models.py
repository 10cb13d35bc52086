"""Makes the models of ./benchmarks/run quality that the jar does not hold, each a directory for `modelPath`.

    python quality_models.py DIRECTORY_OF_MODEL_ONNX WORKLOADS TARGET

TARGET/fused    the jar's int8 weights in the fused graph (fused_graph.py)
TARGET/whole    the same, the last layer for all tokens
TARGET/static   the same weights with fixed activation scales (static_graph.py)
TARGET/float    the same weights as floats (float_graph.py)
TARGET/bf16     the same weights as bf16, for PyTorch (torch_trace.py)
"""

import pathlib
import shutil
import sys

import torch_trace
from bert_graph import write
from float_graph import float32
from fused_graph import fused
from int8_bert import Int8Bert
from static_graph import static


def main(source, workloads, target):
    weights = Int8Bert(source / "model.onnx")
    tokenizer = source / "tokenizer.json"
    write(fused(weights), target / "fused" / "model.onnx")
    write(fused(weights, whole=True), target / "whole" / "model.onnx")
    write(static(weights, tokenizer, [workloads / "main.json", workloads / "short.json"]), target / "static" / "model.onnx")
    write(float32(weights), target / "float" / "model.onnx")
    torch_trace.write(weights, target / "bf16" / "model.pt")
    for name in ("fused", "whole", "static", "float", "bf16"):
        shutil.copy(tokenizer, target / name)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))

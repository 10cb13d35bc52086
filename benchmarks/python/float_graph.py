"""Writes the model in the graph of bert_graph.py with its int8 weights as floats: the reference for int8 and bf16 scores.

    python float_graph.py MODEL_ONNX TARGET
"""

import pathlib
import sys

import numpy as np

from bert_graph import GraphWriter, build, write
from int8_bert import Int8Bert


class FloatWriter(GraphWriter):

    def product(self, name, inputs, matrices, bias=True):
        values = self.weight(f"{name}.values", np.concatenate([matrix.dequantized() for matrix in matrices], axis=1))
        if not bias:
            return self.node("MatMul", [inputs, values], name)
        return self.node("Add", [self.node("MatMul", [inputs, values], f"{name}.product"), self.bias(name, matrices)], name)


def float32(weights):
    return build(FloatWriter(), weights)


if __name__ == "__main__":
    write(float32(Int8Bert(sys.argv[1])), pathlib.Path(sys.argv[2]))

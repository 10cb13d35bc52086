"""Writes the model in the graph of bert_graph.py; the int8 weights are copied bit for bit.

    python fused_graph.py MODEL_ONNX TARGET [--whole]

Sources of score differences: the last layer's activations get their int8 scale from one token instead of all (not with --whole,
which computes that layer for all), and sums are added in another order. `./benchmarks/run quality` measures by how much.
"""

import pathlib
import sys

from bert_graph import ORT, GraphWriter, build, write
from int8_bert import Int8Bert


class DynamicWriter(GraphWriter):
    """Activations are quantised with a scale from the whole tensor, as in the original."""

    def product(self, name, inputs, matrices, bias=True):
        inputs = [inputs, *self.int8(name, matrices)]
        if bias:
            inputs.append(self.bias(name, matrices))
        return self.node("DynamicQuantizeMatMul", inputs, name, ORT)


def fused(weights, whole=False):
    return build(DynamicWriter(), weights, whole)


if __name__ == "__main__":
    write(fused(Int8Bert(sys.argv[1]), "--whole" in sys.argv), pathlib.Path(sys.argv[2]))

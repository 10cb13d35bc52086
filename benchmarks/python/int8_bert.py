"""Reads the int8 weights of ms-marco-MiniLM-L-12-v2 from its ONNX graph, by their role.

The graph came from PyTorch and onnxruntime's dynamic quantisation: the matrices have lost their names, but their order
is the model's: query, key, value, attention output, intermediate and output for each layer, then pooler and classifier.
"""

import dataclasses

import numpy as np
import onnx
from onnx import numpy_helper

LAYERS = 12
HEADS = 12
HIDDEN = 384
EPSILON = 1e-12
PRODUCTS = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "intermediate.dense", "output.dense"]
NORMS = ["attention.output.LayerNorm", "output.LayerNorm"]
EMBEDDINGS = ["word", "position", "token_type"]


@dataclasses.dataclass(frozen=True)
class Matrix:
    """Int8 values with one scale: inputs x outputs for a product, rows x columns for an embedding."""

    values: np.ndarray
    scale: np.ndarray
    zero_point: np.ndarray
    bias: np.ndarray | None = None

    def dequantized(self):
        return (self.values.astype(np.float32) - self.zero_point.astype(np.float32)) * self.scale


class Int8Bert:
    """The weights of one model: `products`, `embeddings` and `norms`, each under its PyTorch name."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self._tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        self._readers = {}
        for node in graph.node:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)
        self.embeddings = {name: self._embedding(name) for name in EMBEDDINGS}
        self.norms = {name.removesuffix(".weight"): (weight, self._tensors[name.replace(".weight", ".bias")])
                      for name, weight in self._tensors.items() if name.endswith("LayerNorm.weight")}
        self.products = self._products([node for node in graph.node if node.op_type == "MatMulInteger"])

    def _embedding(self, name):
        prefix = f"bert.embeddings.{name}_embeddings.weight"
        return self._matrix(prefix)

    def _matrix(self, prefix, bias=None):
        scale, zero_point = (self._tensors[prefix + suffix] for suffix in ("_scale", "_zero_point"))
        assert scale.size == 1, f"{prefix} has {scale.size} scales"
        return Matrix(self._tensors[prefix + "_quantized"], scale.reshape(()), zero_point.reshape(()), bias)

    def _products(self, nodes):
        names = [f"bert.encoder.layer.{layer}.{product}" for layer in range(LAYERS) for product in PRODUCTS]
        names += ["bert.pooler.dense", "classifier"]
        assert len(nodes) == len(names), f"{len(nodes)} int8 products, not {len(names)}"
        return {name: self._matrix(node.input[1].removesuffix("_quantized"), self._bias(node))
                for name, node in zip(names, nodes)}

    def _bias(self, node):
        """Returns the number added to a product, after its scale."""
        while True:
            readers = self._readers[node.output[0]]
            for reader in readers:
                vectors = [name for name in reader.input if name in self._tensors and self._tensors[name].ndim == 1]
                if reader.op_type == "Add" and vectors:
                    return self._tensors[vectors[0]]
            node = readers[0]
            assert node.op_type in ("Cast", "Mul"), f"{node.op_type} between a product and its bias"

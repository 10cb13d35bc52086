"""Writes the model in the graph of bert_graph.py with fixed activation scales; the int8 weights are copied bit for bit.

    python static_graph.py MODEL_ONNX TOKENIZER_JSON TARGET WORKLOAD_JSON...

A scale spans the smallest to the largest number of the tensor over all pairs of the workloads, computed in fp32 (min-max
calibration; clipping outliers costs quality). Numbers beyond this range are clipped. Thus no score depends on the scale
of other texts, unlike with dynamic quantisation.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from onnx import helper
from tokenizers import Tokenizer

from bert_graph import ORT, GraphWriter, build, network, write
from float_graph import float32
from int8_bert import Int8Bert

MAX_LENGTH = 512


class Reads(GraphWriter):
    """Records the input of each product."""

    def __init__(self):
        super().__init__()
        self.inputs = {}

    def product(self, name, inputs, matrices, bias=True):
        self.inputs[name] = inputs
        return name


class StaticWriter(GraphWriter):
    """Quantises activations with fixed scales, only once if several products read them."""

    def __init__(self, ranges):
        super().__init__()
        self.ranges = ranges
        self.quantized = {}

    def product(self, name, inputs, matrices, bias=True):
        if inputs not in self.quantized:
            self.quantized[inputs] = self.quantize(inputs)
        activations, scale, zero = self.quantized[inputs]
        values, weight_scale, weight_zero = self.int8(name, matrices)
        inputs = [activations, values, scale, weight_scale, zero, weight_zero]
        if bias:
            inputs.append(self.bias(name, matrices))
        return self.node("MatMulIntegerToFloat", inputs, name, ORT)

    def quantize(self, inputs):
        low, high = self.ranges[inputs]
        step = (high - low) / 255
        scale = self.weight(f"{inputs}.scale", np.array(step, np.float32))
        zero = self.weight(f"{inputs}.zero_point", np.array(round(-low / step), np.uint8))
        return self.node("QuantizeLinear", [inputs, scale, zero], f"{inputs}.int8"), scale, zero


def ranges(weights, tokenizer, workloads):
    """Returns the smallest and the largest number (zero included) of each tensor that a product reads."""
    reads = Reads()
    network(reads, weights)
    tensors = sorted(set(reads.inputs.values()))
    model = float32(weights)
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in tensors)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    low, high = np.zeros(len(tensors)), np.zeros(len(tensors))
    for workload in workloads:
        for passage in workload["passages"]:
            values = session.run(tensors, encoded(tokenizer, workload["query"], passage))
            low = np.minimum(low, [value.min() for value in values])
            high = np.maximum(high, [value.max() for value in values])
    return dict(zip(tensors, zip(low, high)))


def encoded(tokenizer, query, passage):
    pair = tokenizer.encode(query, passage)
    return {name: np.array([row], np.int64) for name, row in
            (("input_ids", pair.ids), ("attention_mask", pair.attention_mask), ("token_type_ids", pair.type_ids))}


def static(weights, tokenizer_file, workload_files):
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_LENGTH)
    workloads = [json.loads(pathlib.Path(file).read_text(encoding="utf-8")) for file in workload_files]
    return build(StaticWriter(ranges(weights, tokenizer, workloads)), weights)


if __name__ == "__main__":
    write(static(Int8Bert(sys.argv[1]), sys.argv[2], sys.argv[4:]), pathlib.Path(sys.argv[3]))

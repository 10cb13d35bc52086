"""Prints the time of one pair in ONNX Runtime per operator, on one thread, and the speed of its int8 products.

    python operators.py MODEL_ONNX [TOKENS]

Measured over 300 runs of one pair of TOKENS (default 140) tokens by the profiler of ONNX Runtime, which itself costs some
time. The speed of products is given in multiply-adds per second.
"""

import collections
import json
import os
import sys
import tempfile

import numpy as np
import onnxruntime

RUNS = 300
INT8_PRODUCTS = {"DynamicQuantizeMatMul", "MatMulIntegerToFloat", "MatMulInteger"}


def profile(model, tokens):
    """Returns the profiler's events of the operators."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.enable_profiling = True
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = os.path.join(folder, "profile")
        session = onnxruntime.InferenceSession(model, options)
        ids = np.random.default_rng(20261129).integers(1000, 20000, (1, tokens))
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        for _ in range(RUNS):
            session.run(None, inputs)
        with open(session.end_profiling()) as events:
            return [event for event in json.load(events)
                    if event.get("cat") == "Node" and event["name"].endswith("kernel_time")]


def shapes(event, key):
    return [shape for tensor in event["args"][key] for shape in tensor.values()]


def multiply_adds(event):
    """Returns the multiply-adds of a product: each number of the result is a sum over the columns of the input."""
    return np.prod(shapes(event, "output_type_shape")[0]) * shapes(event, "input_type_shape")[0][-1]


def main(model, tokens=140):
    micros, products, productive = collections.Counter(), 0, 0
    for event in profile(model, int(tokens)):
        name = event["args"]["op_name"]
        micros[name] += event["dur"]
        if name in INT8_PRODUCTS:
            products += multiply_adds(event)
            productive += event["dur"]
    total = sum(micros.values())
    print(f"onnxruntime {onnxruntime.__version__}, one pair of {tokens} tokens: {total / RUNS / 1000:.1f} ms in operators")
    for name, spent in micros.most_common(10):
        print(f"{spent / total:6.1%}  {name}")
    print(f"int8 products: {productive / total:.0%} of the time, {products / productive / 1000:.0f} G multiply-adds per second")


if __name__ == "__main__":
    main(*sys.argv[1:])

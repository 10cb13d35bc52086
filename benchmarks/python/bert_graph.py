"""The network of ms-marco-MiniLM-L-12-v2 as an ONNX graph of few, large operators of ONNX Runtime.

Query, key and value are one product; attention, residual with layer normalisation, and bias with GELU are one operator
each; the last layer is computed for the first token only, the one that the classifier reads, unless `whole`. How a
product is computed is left to the subclasses of `GraphWriter`: fused_graph.py, static_graph.py, float_graph.py.
"""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from int8_bert import EPSILON, HEADS, HIDDEN, LAYERS, NORMS

ORT = "com.microsoft"
OPSET = 17


class GraphWriter:
    """Nodes and weights in the order in which they are added; each method returns the name of its output."""

    def __init__(self):
        self.nodes = []
        self.weights = {}

    def weight(self, name, array):
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def node(self, operator, inputs, output, domain="", **attributes):
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return output

    def product(self, name, inputs, matrices, bias=True):
        """Returns x times the concatenated matrices, plus their biases if `bias` is true."""
        raise NotImplementedError

    def int8(self, name, matrices):
        """Adds the int8 matrices, concatenated, each with its own scale; returns the names of values, scales and zero points."""
        values = np.concatenate([matrix.values for matrix in matrices], axis=1)
        if len(matrices) == 1:
            scale, zero = matrices[0].scale, matrices[0].zero_point
        else:
            scale = np.concatenate([np.full(m.values.shape[1], m.scale, np.float32) for m in matrices])
            zero = np.concatenate([np.full(m.values.shape[1], m.zero_point, m.values.dtype) for m in matrices])
        return (self.weight(f"{name}.values", values), self.weight(f"{name}.scale", scale),
                self.weight(f"{name}.zero_point", zero))

    def bias(self, name, matrices):
        return self.weight(f"{name}.bias", np.concatenate([matrix.bias for matrix in matrices]))

    def first_token(self, name, inputs):
        """Returns row 0 of each sequence, as a sequence of length 1."""
        bounds = [self.weight(f"{name}.{part}", np.array([value], np.int64))
                  for part, value in (("start", 0), ("end", 1), ("axis", 1))]
        return self.node("Slice", [inputs, *bounds], name)


def embeddings(graph, weights):
    word = weights.embeddings["word"]
    table = graph.weight("word.values", word.values)
    rows = graph.node("Gather", [table, "input_ids"], "word.rows")
    word = graph.node("DequantizeLinear", [rows, graph.weight("word.scale", word.scale),
                                          graph.weight("word.zero_point", word.zero_point)], "word")
    types = graph.weight("type.table", weights.embeddings["token_type"].dequantized())
    kind = graph.node("Gather", [types, "token_type_ids"], "type")
    shape = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    places = graph.weight("position.table", weights.embeddings["position"].dequantized()[None])
    bounds = [graph.weight("position.start", np.array([0], np.int64)), shape,
              graph.weight("position.axis", np.array([1], np.int64))]
    position = graph.node("Slice", [places, *bounds], "position")
    total = graph.node("Add", [graph.node("Add", [word, kind], "word+type"), position], "word+type+position")
    weight, bias = norm(graph, weights, "bert.embeddings.LayerNorm")
    return graph.node("LayerNormalization", [total, weight, bias], "embedded", axis=-1, epsilon=EPSILON)


def norm(graph, weights, name):
    weight, bias = weights.norms[name]
    return graph.weight(f"{name}.weight", weight), graph.weight(f"{name}.bias", bias)


def add_and_normalize(graph, weights, name, inputs, residual, bias):
    weight, offset = norm(graph, weights, name)
    bias = graph.weight(f"{name}.before", bias)
    return graph.node("SkipLayerNormalization", [inputs, residual, weight, offset, bias], name, ORT, epsilon=EPSILON)


def attention(graph, weights, layer, hidden, first_only):
    """Returns the output of attention and the rows to which it is added."""
    name = f"layer{layer}.attention"
    query, key, value = (weights.products[f"bert.encoder.layer.{layer}.attention.self.{part}"]
                         for part in ("query", "key", "value"))
    if first_only:
        rows = graph.first_token(f"{name}.first", hidden)
        queries = graph.product(f"{name}.query", rows, [query])
        both = graph.product(f"{name}.key+value", hidden, [key, value])
        sizes = graph.weight(f"{name}.sizes", np.array([HIDDEN] * 2, np.int64))
        split = graph.node("Split", [both, sizes], [f"{name}.key", f"{name}.value"], axis=-1)
        inputs = [queries, *split]
    else:
        rows = hidden
        all_three = graph.product(f"{name}.query+key+value", hidden, [query, key, value])
        sizes = graph.weight(f"{name}.sizes", np.array([HIDDEN] * 3, np.int64))
        inputs = graph.node("Split", [all_three, sizes], [f"{name}.query", f"{name}.key", f"{name}.value"], axis=-1)
    return graph.node("MultiHeadAttention", [*inputs, "", "mask"], name, ORT, num_heads=HEADS), rows


def encoder_layer(graph, weights, layer, hidden, first_only):
    prefix = f"bert.encoder.layer.{layer}"
    attended, rows = attention(graph, weights, layer, hidden, first_only)

    def product(name, inputs):
        matrix = weights.products[f"{prefix}.{name}"]
        return graph.product(f"layer{layer}.{name}", inputs, [matrix], bias=False), matrix.bias

    mixed, bias = product("attention.output.dense", attended)
    rows = add_and_normalize(graph, weights, f"{prefix}.{NORMS[0]}", mixed, rows, bias)
    wide, bias = product("intermediate.dense", rows)
    active = graph.node("BiasGelu", [wide, graph.weight(f"layer{layer}.gelu.bias", bias)], f"layer{layer}.gelu", ORT)
    narrow, bias = product("output.dense", active)
    return add_and_normalize(graph, weights, f"{prefix}.{NORMS[1]}", narrow, rows, bias)


def network(graph, weights, whole=False):
    """Adds the network, from token ids to logits."""
    hidden = embeddings(graph, weights)
    graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for layer in range(LAYERS):
        hidden = encoder_layer(graph, weights, layer, hidden, first_only=layer == LAYERS - 1 and not whole)
    if whole:
        hidden = graph.first_token("first.row", hidden)
    first = graph.node("Squeeze", [hidden, graph.weight("sequence.axis", np.array([1], np.int64))], "first")
    pooled = graph.node("Tanh", [graph.product("pooler", first, [weights.products["bert.pooler.dense"]])], "pooled")
    graph.product("logits", pooled, [weights.products["classifier"]])


def build(graph, weights, whole=False):
    """Returns the checked model, made of the nodes that the writer `graph` creates."""
    network(graph, weights, whole)
    model_inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
                    for name in ("input_ids", "attention_mask", "token_type_ids")]
    model_outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 1])]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "bert", model_inputs, model_outputs, list(graph.weights.values())),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(ORT, 1)], ir_version=8)
    checker.check_model(model)
    return model


def write(model, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    save(model, target)

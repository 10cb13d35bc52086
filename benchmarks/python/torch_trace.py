"""Writes the model as TorchScript with bf16 weights, for this library's engine PYTORCH.

    python torch_trace.py MODEL_ONNX TARGET

A frozen trace. Query, key and value are one product, attention is PyTorch's own; the last layer is computed for the first
token only, the one that the classifier reads. Numbers are bf16 from the embeddings to the last layer, pooler and classifier
are fp32, and so are the logits.
"""

import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional

from int8_bert import EPSILON, HEADS, HIDDEN, LAYERS, NORMS, Int8Bert

QUERY_KEY_VALUE = ["query", "key", "value"]


class Norm(nn.LayerNorm):

    def __init__(self, weight_and_bias):
        super().__init__(HIDDEN, eps=EPSILON)
        weight, bias = weight_and_bias
        self.load_state_dict({"weight": torch.tensor(weight), "bias": torch.tensor(bias)})


class Product(nn.Linear):

    def __init__(self, matrices):
        weight = torch.cat([torch.tensor(matrix.dequantized()) for matrix in matrices], dim=1).T
        super().__init__(weight.shape[1], weight.shape[0])
        bias = torch.cat([torch.tensor(matrix.bias) for matrix in matrices])
        self.load_state_dict({"weight": weight, "bias": bias})


class Layer(nn.Module):

    def __init__(self, weights, layer):
        super().__init__()
        prefix = f"bert.encoder.layer.{layer}"

        def product(*names):
            return Product([weights.products[f"{prefix}.{name}"] for name in names])

        self.query_key_value = product(*(f"attention.self.{part}" for part in QUERY_KEY_VALUE))
        self.mix = product("attention.output.dense")
        self.widen = product("intermediate.dense")
        self.narrow = product("output.dense")
        self.first_norm, self.second_norm = (Norm(weights.norms[f"{prefix}.{name}"]) for name in NORMS)

    def forward(self, hidden, mask, first_only: bool):
        query, key, value = (part.unflatten(-1, (HEADS, HIDDEN // HEADS)).transpose(1, 2)
                             for part in self.query_key_value(hidden).chunk(3, dim=-1))
        if first_only:
            query, hidden = query[:, :, :1], hidden[:, :1]
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        hidden = self.first_norm(hidden + self.mix(attended.transpose(1, 2).flatten(2)))
        return self.second_norm(hidden + self.narrow(functional.gelu(self.widen(hidden))))


class CrossEncoder(nn.Module):

    def __init__(self, weights, precision):
        super().__init__()
        self.precision = precision
        self.word, self.position, self.token_type = (
            nn.Embedding.from_pretrained(torch.tensor(weights.embeddings[name].dequantized()))
            for name in ("word", "position", "token_type"))
        self.norm = Norm(weights.norms["bert.embeddings.LayerNorm"])
        self.layers = nn.ModuleList(Layer(weights, layer) for layer in range(LAYERS)).to(precision)
        self.pooler = Product([weights.products["bert.pooler.dense"]])
        self.classifier = Product([weights.products["classifier"]])

    def forward(self, input_ids, attention_mask, token_type_ids):
        places = torch.arange(input_ids.size(1), device=input_ids.device)
        hidden = self.word(input_ids) + self.position(places) + self.token_type(token_type_ids)
        hidden = self.norm(hidden).to(self.precision)
        mask = attention_mask.bool()[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask, layer is self.layers[-1])
        return self.classifier(torch.tanh(self.pooler(hidden[:, 0].float())))


def write(weights, target, precision=torch.bfloat16):
    """Writes the trace to the file `target`; it accepts other numbers and lengths of texts than the example's."""
    model = CrossEncoder(weights, precision).eval()
    example = (torch.ones(2, 7, dtype=torch.int64), torch.ones(2, 7, dtype=torch.int64),
               torch.zeros(2, 7, dtype=torch.int64))
    with torch.inference_mode():
        trace = torch.jit.freeze(torch.jit.trace(model, example))
    target.parent.mkdir(parents=True, exist_ok=True)
    trace.save(str(target))


if __name__ == "__main__":
    write(Int8Bert(sys.argv[1]), pathlib.Path(sys.argv[2]))

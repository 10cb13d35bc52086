"""Makes the tiny ColBERT models of langchain4j-rerank-local's tests and records PyLate's scores for them.

Run by hand, never by the build, in an environment of its own:

    python3 -m venv .venv-colbert && .venv-colbert/bin/pip install -r requirements-colbert.txt
    .venv-colbert/bin/python make_colbert.py ../../langchain4j-rerank-local/src/test/resources/models

As in make.py, weights are random from a fixed seed. One model has its projection beside the network and does not attend
to the masks that expand a query; the other has it inside and does. reference.json holds PyLate's score of each pair.
"""

import shutil
import string
import sys
import tempfile
from pathlib import Path

import torch
from pylate import models, scores
from transformers import AutoModel, BertConfig, ModernBertConfig

from shared import MAX_LENGTH, PAIRS, QUERY, SEED, SMALL, by_query, kept, mended, modernbert, refusal, wordpiece, write

QUERY_LENGTH = 24
DOCUMENT_LENGTH = 64


def families():
    """name -> (tokenizer, config, whether it takes token types, whether the network projects, PyLate's options)"""
    # all of the skip list: PyLate takes a word that is no token for the unknown token, and skips that
    yield "colbert", wordpiece(string.punctuation), BertConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH), True, False, dict(attend_to_expansion_tokens=False, bias=True)
    yield "colbert-modernbert", modernbert(), ModernBertConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH, global_attn_every_n_layers=2, local_attention=16,
        pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3,
        reference_compile=False), False, True, dict(attend_to_expansion_tokens=True, query_prefix="[Q]",
                                                    document_prefix="[D]")


class Vectors(torch.nn.Module):
    """The network with its inputs by place and one vector a token."""

    def __init__(self, encoder, dense):
        super().__init__()
        self.encoder = encoder
        self.dense = dense

    def forward(self, input_ids, attention_mask, token_type_ids=None):
        types = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
        vectors = self.encoder(input_ids=input_ids, attention_mask=attention_mask, return_dict=False, **types)[0]
        return vectors if self.dense is None else self.dense(vectors)


def export(encoder, dense, names, tokenizer, directory):
    example = tokenizer([QUERY, "q"], padding=True, return_tensors="pt")
    output = "last_hidden_state" if dense is None else "token_embeddings"
    vectors = Vectors(encoder, dense).eval()
    inputs = tuple(example[name] for name in names)
    torch.onnx.export(
        vectors, inputs, str(directory / "model.onnx"), input_names=names, output_names=[output],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in [*names, output]}, opset_version=17, dynamo=False)
    torch.jit.trace(vectors, inputs, check_trace=False).save(str(directory / "model.pt"))


def reference(model):
    pairs = []
    for query, passages in by_query(PAIRS):
        asked = encode(model, mended(query), is_query=True)
        for passage in passages:
            score = scores.colbert_scores(asked, encode(model, mended(passage), is_query=False))
            pairs.append({
                "query": query, "passage": passage,
                "truncated": longer(model, mended(query), QUERY_LENGTH)
                or longer(model, mended(passage), DOCUMENT_LENGTH),
                "score": round(float(score.reshape(-1)[0]), 6)
            } | refusal(query, passage, pylate=lambda: [
                encode(model, query, is_query=True), encode(model, passage, is_query=False)]))
    return pairs


def encode(model, text, is_query):
    return model.encode([text], is_query=is_query, show_progress_bar=False)


def longer(model, text, length):
    return len(model.tokenizer(text, truncation=False, padding=False)["input_ids"]) + 1 > length


def make(name, tokenizer, config, token_types, projects, options, root):
    directory = root / name
    directory.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    tokenizer = kept(tokenizer, directory)
    config.vocab_size = len(tokenizer)
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if token_types else [])
    tokenizer.model_input_names = names
    tokenizer.init_kwargs["model_input_names"] = names
    with tempfile.TemporaryDirectory() as encoder, tempfile.TemporaryDirectory() as whole:
        AutoModel.from_config(config, attn_implementation="eager").save_pretrained(encoder)
        tokenizer.save_pretrained(encoder)
        model = models.ColBERT(
            encoder, embedding_size=8, query_length=QUERY_LENGTH, document_length=DOCUMENT_LENGTH, device="cpu",
            model_kwargs={"attn_implementation": "eager"}, **options).eval()
        model.save_pretrained(whole)
        for file in ("config.json", "tokenizer.json", "tokenizer_config.json", "config_sentence_transformers.json"):
            shutil.copy(Path(whole) / file, directory)
        if not projects:
            shutil.copytree(Path(whole) / "1_Dense", directory / "1_Dense", dirs_exist_ok=True)
    write(directory / "reference.json", reference(model))
    dense = model[1].linear if projects else None
    export(model[0].auto_model, dense, names, tokenizer, directory)


def main(root):
    for name, *family in families():
        print(name, flush=True)
        make(name, *family, root)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

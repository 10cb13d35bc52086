"""Makes the tiny models of langchain4j-rerank-local's tests and records what Python answers for them.

Run by hand, never by the build, and only when a family is added:

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python make.py ../../langchain4j-rerank-local/src/test/resources/models

Each model has random weights from a fixed seed, so its scores mean nothing; what matters is that they are the same on
every engine. A model's directory holds what a hub repository holds (tokenizer.json, config.json, model.onnx, model.pt)
and reference.json: for a fixed set of pairs the token ids of transformers, and the scores of sentence-transformers'
CrossEncoder with its default activation and with none. Two have the scores of PyMilvus's rerank functions as well:
xlm-roberta those of BGERerankFunction, which runs FlagEmbedding, and bert those of CrossEncoderRerankFunction. Of texts
with half a character it has how each of them refuses these, and the scores with the replacement character in its place.
"""

import copy
import shutil
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from pymilvus.model.reranker import BGERerankFunction, CrossEncoderRerankFunction
from sentence_transformers import CrossEncoder
from transformers import (
    AutoModelForSequenceClassification,
    BertConfig,
    DebertaV2Config,
    DistilBertConfig,
    ModernBertConfig,
    RobertaConfig,
    XLMRobertaConfig,
)

from shared import (
    MAX_LENGTH,
    PAIRS,
    PASSAGES,
    QUERY,
    SEED,
    SMALL,
    by_query,
    deberta_v2,
    kept,
    mended,
    modernbert,
    refusal,
    roberta,
    wordpiece,
    write,
    xlm_roberta,
)

BGE_QUERY_MAX_LENGTH = 24
IDENTITY = {"activation_fn": "torch.nn.modules.linear.Identity", "version": "5.1.2"}


def families():
    """name -> (tokenizer, config, whether it takes token types)"""
    yield "bert", wordpiece(), BertConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH, num_labels=1, sentence_transformers=IDENTITY), True
    yield "bert-two-class", wordpiece(), BertConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH, id2label={0: "irrelevant", 1: "relevant"},
        label2id={"irrelevant": 0, "relevant": 1}), True
    yield "roberta", roberta(), RobertaConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH + 2, type_vocab_size=1, num_labels=1,
        bos_token_id=0, pad_token_id=1, eos_token_id=2,
        sbert_ce_default_activation_function="torch.nn.modules.activation.Sigmoid"), False
    yield "xlm-roberta", xlm_roberta(), XLMRobertaConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH + 2, type_vocab_size=1, num_labels=1,
        bos_token_id=0, pad_token_id=1, eos_token_id=2), False
    yield "distilbert", wordpiece(), DistilBertConfig(
        dim=16, n_layers=2, n_heads=2, hidden_dim=32, initializer_range=0.35, max_position_embeddings=MAX_LENGTH,
        num_labels=1, sbert_ce_default_activation_function="torch.nn.modules.linear.Identity"), False
    yield "deberta-v2", deberta_v2(), DebertaV2Config(
        **SMALL, max_position_embeddings=MAX_LENGTH, relative_attention=True, max_relative_positions=-1,
        position_buckets=8, pos_att_type=["p2c", "c2p"], share_att_key=True, norm_rel_ebd="layer_norm",
        position_biased_input=False, type_vocab_size=0, num_labels=1), True
    yield "modernbert", modernbert(), ModernBertConfig(
        **SMALL, max_position_embeddings=MAX_LENGTH, global_attn_every_n_layers=2, local_attention=16,
        pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3, num_labels=1,
        reference_compile=False, sentence_transformers=IDENTITY), False


class Logits(torch.nn.Module):
    """The model with its inputs by place and one output, as TorchScript and ONNX want it."""

    def __init__(self, model, token_types):
        super().__init__()
        self.model = model
        if not token_types:
            self.forward = self.without_types

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids,
                          return_dict=False)[0]

    def without_types(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask, return_dict=False)[0]


def export(model, tokenizer, token_types, directory):
    example = tokenizer([QUERY, "q"], PASSAGES[:2], padding=True, truncation=True, max_length=MAX_LENGTH,
                        return_tensors="pt")
    names = tokenizer.model_input_names
    inputs = tuple(example[name] for name in names)
    logits = Logits(model, token_types).eval()
    torch.onnx.export(
        logits, inputs, str(directory / "model.onnx"), input_names=names, output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in names} | {"logits": {0: "batch"}},
        opset_version=17, dynamo=False)
    torch.jit.trace(logits, inputs, check_trace=False).save(str(directory / "model.pt"))


def encode(tokenizer, query, passage):
    """The pair as the tokenizer joins it, less what is over: the passage gives way, and a query over half the window."""
    pair = tokenizer(query, passage, truncation=False, padding=False, return_token_type_ids=True)
    text_of = pair.sequence_ids()
    query_length, passage_length = text_of.count(0), text_of.count(1)
    specials = len(text_of) - query_length - passage_length
    room = {0: MAX_LENGTH // 2, 1: MAX_LENGTH - specials - min(query_length, MAX_LENGTH // 2)}
    taken = {0: 0, 1: 0}
    kept = []
    for place, text in enumerate(text_of):
        if text is not None:
            taken[text] += 1
        if text is None or taken[text] <= room[text]:
            kept.append(place)
    return {
        "ids": [pair["input_ids"][place] for place in kept],
        "types": [pair["token_type_ids"][place] for place in kept],
        "truncated": len(kept) < len(text_of),
    }


def reference(tokenizer, directory, function):
    # Two of them, since an activation that is given to predict() stays.
    by_default, plain = (CrossEncoder(str(directory), device="cpu") for _ in range(2))
    pairs = []
    for query, passage in PAIRS:
        texts = mended(query), mended(passage)
        pair = {"query": query, "passage": passage} | encode(tokenizer, *texts)
        if cut(tokenizer, *texts) == pair["ids"]:
            pair["logits"] = score(plain, *texts, torch.nn.Identity())
            pair["default"] = score(by_default, *texts, None)
        else:  # no reference of its own
            pair["logits"] = forward(plain.model, tokenizer, pair)
        pairs.append(pair | refusal(
            query, passage, sentence_transformers=lambda: score(by_default, query, passage, None),
            **({"pymilvus": lambda: function(query, [passage])} if function else {})))
    return pairs


def cut(tokenizer, query, passage):
    """The ids of sentence-transformers, which cuts the longer text: the passage, as we do, unless both fill the window."""
    return tokenizer(query, passage, truncation=True, max_length=MAX_LENGTH)["input_ids"]


def score(model, query, passage, activation):
    scores = model.predict([(query, passage)], activation_fn=activation, show_progress_bar=False)
    return [round(float(number), 6) for number in scores.reshape(-1)]


def forward(model, tokenizer, pair):
    inputs = {"input_ids": torch.tensor([pair["ids"]])}
    if "token_type_ids" in tokenizer.model_input_names:
        inputs["token_type_ids"] = torch.tensor([pair["types"]])
    with torch.no_grad():
        return [round(float(number), 6) for number in model(**inputs).logits.reshape(-1)]


def pymilvus(name, directory):
    """PyMilvus's function for a family, if it has one, with the defaults of its class but for the lengths."""
    if name == "bert":
        return CrossEncoderRerankFunction(model_name=directory, device="cpu")
    if name == "xlm-roberta":
        return BGERerankFunction(model_name=directory, device="cpu", model_class="encoder-only-base",
                                 max_length=MAX_LENGTH, query_max_length=BGE_QUERY_MAX_LENGTH)
    return None


def add_pymilvus(function, pairs):
    for query, group in groupby(pairs, key=lambda pair: pair["query"]):
        # where sentence-transformers cuts in its own way, so does the function; FlagEmbedding cuts the passage, as we do
        asked = [pair for pair in group if isinstance(function, BGERerankFunction) or "default" in pair]
        if asked:
            for result in function(mended(query), [mended(pair["passage"]) for pair in asked], top_k=None):
                asked[result.index]["pymilvus"] = round(float(result.score), 6)


def make(name, tokenizer, config, token_types, root):
    directory = root / name
    directory.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    tokenizer = kept(tokenizer, directory)
    config.vocab_size = len(tokenizer)
    model = AutoModelForSequenceClassification.from_config(config, attn_implementation="eager").eval()
    with tempfile.TemporaryDirectory() as whole:
        model.save_pretrained(whole)
        tokenizer.init_kwargs["model_input_names"] = tokenizer.model_input_names = (
            ["input_ids", "attention_mask"] + (["token_type_ids"] if token_types else []))
        tokenizer.save_pretrained(whole)
        for file in ("config.json", "tokenizer.json"):
            shutil.copy(Path(whole) / file, directory)
        function = pymilvus(name, whole)
        pairs = reference(tokenizer, whole, function)
        if function is not None:
            add_pymilvus(function, pairs)
        write(directory / "reference.json", pairs)
    export(model, tokenizer, token_types, directory)
    return model, tokenizer


def main(root):
    for name, tokenizer, config, token_types in families():
        print(name, flush=True)
        model, tokenizer = make(name, tokenizer, config, token_types, root)
        if name == "bert":
            make_half(model, tokenizer, torch.bfloat16, "bert-bf16", root, keep="model.pt")
            make_half(model, tokenizer, torch.float16, "bert-fp16", root, keep="model.onnx")
    # what most CPU models on the hub are: the same weights, activations quantised while it runs
    int8 = directory_like_bert("bert-int8", root)
    quantize_dynamic(root / "bert/model.onnx", int8 / "model.onnx", weight_type=QuantType.QUInt8)
    # as models past 2 GB are: weights beside the graph
    beside = directory_like_bert("bert-weights-beside", root)
    (beside / "model.onnx_data").unlink(missing_ok=True)  # it would be appended to
    onnx.save(onnx.load(root / "bert/model.onnx"), beside / "model.onnx", save_as_external_data=True,
              location="model.onnx_data", size_threshold=64)
    make_greedy(directory_like_bert("greedy", root))


def make_half(model, tokenizer, precision, name, root, keep):
    directory = directory_like_bert(name, root)
    export(copy.deepcopy(model).to(precision), tokenizer, True, directory)
    for file in {"model.pt", "model.onnx"} - {keep}:
        (directory / file).unlink()


class Greedy(torch.nn.Module):
    """Counts the tokens of a pair; for two pairs it wants more memory than there are addresses."""

    def forward(self, input_ids, attention_mask):
        more = torch.zeros([(input_ids.size(0) - 1) * 35184372088832 + 1])  # 2 ** 45
        return attention_mask.sum(1, keepdim=True) + more.max()


def make_greedy(directory):
    scripted = torch.jit.script(Greedy().eval())
    ids = torch.ones(1, 3, dtype=torch.long)
    names = ["input_ids", "attention_mask"]
    torch.onnx.export(scripted, (ids, ids), str(directory / "model.onnx"), input_names=names, output_names=["logits"],
                      dynamic_axes={name: {0: "batch", 1: "length"} for name in names} | {"logits": {0: "batch"}},
                      opset_version=17, dynamo=False)
    scripted.save(str(directory / "model.pt"))


def directory_like_bert(name, root):
    directory = root / name
    directory.mkdir(exist_ok=True)
    for file in ("config.json", "tokenizer.json"):
        shutil.copy(root / "bert" / file, directory)
    return directory


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Makes the tiny causal language models of langchain4j-rerank-local's tests and records what Python answers for them.

Run by hand, never by the build, in the environment of make.py:

    .venv/bin/python make_generative.py ../../langchain4j-rerank-local/src/test/resources/models

As in make.py, weights are random from a fixed seed. qwen3 is scored by the code of Qwen3-Reranker's model card, in
batches that are padded on the left; its graph takes positions and the keys and values of a past. qwen3-fp16 is the same
model in half precision, and its graph is told how many logits to keep. bge-gemma is scored by FlagEmbedding's
FlagLLMReranker, alone and through PyMilvus's BGERerankFunction; its graph takes token ids and mask. TorchScript takes
these, and of qwen3 positions too. reference.json holds the scores, and cut.json those of passages that FlagLLMReranker
cuts.
"""

import copy
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from FlagEmbedding import FlagLLMReranker
from pymilvus.model.reranker import BGERerankFunction
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer, DynamicCache, GemmaConfig, GemmaForCausalLM, Qwen3Config, Qwen3ForCausalLM

from shared import CORPUS, PAIRS, PASSAGES, SEED, by_query, mended, refusal, wrap, write

MAX_LENGTH = 180
QUERY_MAX_LENGTH = 10  # of bge-gemma
PASSAGE_MAX_LENGTH = 9  # of bge-gemma where passages are cut
VOCABULARY = 480
SMALL = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=8,
             intermediate_size=48, initializer_range=0.35, max_position_embeddings=MAX_LENGTH)

# from the model card of Qwen3-Reranker
SYSTEM = ("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
          "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n")
ASSISTANT = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
# what GPT-2's successors split texts by; Qwen's tokenizer has it
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def body(query, passage):
    return f"<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {passage}"


def qwen3_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"]
    tokenizer.train_from_iterator(CORPUS + [SYSTEM, ASSISTANT, body("", "")] * 5 + ["yes", "no"] * 50, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return wrap(tokenizer, pad_token="<|endoftext|>", eos_token="<|im_end|>", padding_side="left")


def gemma_tokenizer():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
    tokenizer.train_from_iterator(CORPUS + ["Yes"] * 50, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=["<pad>", "<eos>", "<bos>", "<unk>"], show_progress=False))
    return wrap(tokenizer, pad_token="<pad>", eos_token="<eos>", bos_token="<bos>", unk_token="<unk>",
                padding_side="left")


class CausalGraph(torch.nn.Module):
    """A causal model with its inputs by place; the mask that transformers makes of the past cannot be traced."""

    def __init__(self, model, past):
        super().__init__()
        self.model = model
        self.past = past
        if past is None:
            self.forward = self.without_past

    def mask(self, attention_mask, length):
        dtype = self.model.dtype
        total = attention_mask.shape[1]
        future = torch.triu(torch.ones(length, total, dtype=torch.bool), diagonal=1 + total - length)
        hidden = future[None, None] | (attention_mask[:, None, None, :] == 0)
        return torch.where(hidden, torch.finfo(dtype).min, 0.0).to(dtype)

    def without_past(self, input_ids, attention_mask, position_ids=None):
        return self.model(input_ids=input_ids, attention_mask=self.mask(attention_mask, input_ids.shape[1]),
                          position_ids=position_ids, use_cache=False).logits

    def forward(self, input_ids, attention_mask, position_ids, *rest):
        keep, flat = (rest[0], rest[1:]) if self.past == "keep" else (0, rest)
        cache = DynamicCache.from_legacy_cache(tuple(zip(flat[::2], flat[1::2])))
        output = self.model(input_ids=input_ids, attention_mask=self.mask(attention_mask, input_ids.shape[1]),
                            position_ids=position_ids, past_key_values=cache, use_cache=True)
        logits = output.logits[:, -keep:] if self.past == "keep" else output.logits
        return logits, *(part for layer in output.past_key_values.to_legacy_cache() for part in layer)


def export(model, past, directory):
    ids = torch.tensor([[7, 8, 9], [9, 8, 7]])
    mask = torch.ones_like(ids)
    names, inputs = ["input_ids", "attention_mask"], (ids, mask)
    outputs = ["logits"]
    axes = {"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "total"},
            "logits": {0: "batch", 1: "kept"}}
    if past is not None:
        names += ["position_ids"]
        inputs += (torch.tensor([[1, 2, 3]] * 2),)
        axes["position_ids"] = {0: "batch", 1: "length"}
        if past == "keep":
            names += ["num_logits_to_keep"]
            inputs += (torch.tensor(1),)
        inputs = (inputs[0], torch.ones(2, 4, dtype=torch.long), *inputs[2:])
        for layer in range(SMALL["num_hidden_layers"]):
            for part in ("key", "value"):
                names += [f"past_key_values.{layer}.{part}"]
                outputs += [f"present.{layer}.{part}"]
                inputs += (torch.zeros(2, 2, 1, 8, dtype=model.dtype),)
                axes[names[-1]] = {0: "batch", 2: "past"}
                axes[outputs[-1]] = {0: "batch", 2: "total"}
    torch.onnx.export(CausalGraph(model, past).eval(), inputs, str(directory / "model.onnx"), input_names=names,
                      output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)


def script(model, directory, *positions):
    ids = torch.tensor([[7, 8, 9], [9, 8, 7]])
    inputs = (ids, torch.ones_like(ids), *positions)
    torch.jit.trace(CausalGraph(model, None).eval(), inputs, check_trace=False).save(str(directory / "model.pt"))


def qwen3_pairs(model, tokenizer):
    def scores(query, passages):
        return qwen3_scores(model, tokenizer, query, passages)

    return [{"query": query, "passage": passage, "truncated": truncated, "score": score}
            | refusal(query, passage, transformers=lambda: scores(query, [passage]))
            for query, passages in by_query(PAIRS)
            for passage, (truncated, score) in zip(passages, scores(mended(query), [mended(p) for p in passages]))]


def qwen3_scores(model, tokenizer, query, passages):
    """The model card's code, on the CPU."""
    before = tokenizer.encode(SYSTEM, add_special_tokens=False)
    after = tokenizer.encode(ASSISTANT, add_special_tokens=False)
    texts = [body(query, passage) for passage in passages]
    room = MAX_LENGTH - len(before) - len(after)
    whole = tokenizer(texts, padding=False, truncation=False, return_attention_mask=False)["input_ids"]
    inputs = tokenizer(texts, padding=False, truncation="longest_first", return_attention_mask=False, max_length=room)
    for i, ids in enumerate(inputs["input_ids"]):
        inputs["input_ids"][i] = before + ids + after
    inputs = tokenizer.pad(inputs, padding=True, return_tensors="pt")
    with torch.no_grad():
        logits = model(**inputs).logits[:, -1, :]
    yes, no = tokenizer.convert_tokens_to_ids("yes"), tokenizer.convert_tokens_to_ids("no")
    scores = torch.nn.functional.log_softmax(torch.stack([logits[:, no], logits[:, yes]], dim=1), dim=1)[:, 1].exp()
    return [(len(ids) > room, round(score, 6)) for ids, score in zip(whole, scores.tolist())]


class Gemma:
    """FlagEmbedding's reranker for bge-reranker-v2-gemma."""

    def __init__(self, directory, passage_max_length):
        self.tokenizer = AutoTokenizer.from_pretrained(directory)
        # it counts the words before a text with the text
        lengths = dict(max_length=passage_max_length + self.length("B: "),
                       query_max_length=QUERY_MAX_LENGTH + self.length("A: "))
        self.flag_embedding = FlagLLMReranker(directory, devices="cpu", **lengths)
        self.pymilvus = BGERerankFunction(model_name=directory, device="cpu", model_class="decoder-only-base", **lengths)
        self.passage_max_length = passage_max_length

    def length(self, text):
        return len(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def pairs(self, pairs):
        return [{"query": query, "passage": passage, "truncated": self.cuts(mended(query), mended(passage)),
                 "score": score, "pymilvus": probability}
                | refusal(query, passage, flag_embedding=lambda: self.scores(query, [passage]),
                          pymilvus=lambda: self.probabilities(query, [passage]))
                for query, passages in by_query(pairs)
                for passage, score, probability in zip(
                    passages, *(of(mended(query), [mended(passage) for passage in passages])
                                for of in (self.scores, self.probabilities)))]

    def cuts(self, query, passage):
        return self.length(query) > QUERY_MAX_LENGTH or self.length(passage) > self.passage_max_length

    def scores(self, query, passages):
        return [round(float(score), 6) for score in self.flag_embedding.compute_score([(query, p) for p in passages])]

    def probabilities(self, query, passages):
        results = sorted(self.pymilvus(query, passages, top_k=None), key=lambda result: result.index)
        return [round(float(result.score), 6) for result in results]


def write_gemma(whole, directory):
    write(directory / "reference.json", Gemma(whole, MAX_LENGTH).pairs(PAIRS))
    write(directory / "cut.json", Gemma(whole, PASSAGE_MAX_LENGTH).pairs([("q", passage) for passage in PASSAGES]))


def save(model, tokenizer, root, name, references):
    directory = root / name
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as whole:
        model.save_pretrained(whole)
        tokenizer.save_pretrained(whole)
        for file in ("config.json", "tokenizer.json"):
            shutil.copy(Path(whole) / file, directory)
        references(whole, directory)
    return directory


def main(root):
    torch.manual_seed(SEED)
    tokenizer = qwen3_tokenizer()
    model = Qwen3ForCausalLM(Qwen3Config(
        **SMALL, vocab_size=len(tokenizer), tie_word_embeddings=True, attn_implementation="eager")).eval()
    directory = save(model, tokenizer, root, "qwen3", lambda _, directory: write(
        directory / "reference.json", qwen3_pairs(model, tokenizer)))
    export(model, "all", directory)
    script(model, directory, torch.tensor([[0, 1, 2]] * 2))
    half = root / "qwen3-fp16"
    half.mkdir(exist_ok=True)
    for file in ("config.json", "tokenizer.json"):
        shutil.copy(directory / file, half)
    export(copy.deepcopy(model).half(), "keep", half)

    tokenizer = gemma_tokenizer()
    assert len(tokenizer("Yes", add_special_tokens=False)["input_ids"]) == 1
    model = GemmaForCausalLM(GemmaConfig(
        **SMALL, vocab_size=len(tokenizer), pad_token_id=0, eos_token_id=1, bos_token_id=2,
        attn_implementation="eager")).eval()
    directory = save(model, tokenizer, root, "bge-gemma", write_gemma)
    export(model, None, directory)
    script(model, directory)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Generates the committed files of benchmarks/workloads from the passages of the example.

    python workloads.py TOKENIZER_JSON

Each contains a question and passages. A passage consists of consecutive words of a chapter from a random position, drawn
with a fixed seed, so that the pair has the desired number of tokens. Running the script again generates the same files.
"""

import json
import pathlib
import random
import sys

from tokenizers import Tokenizer

SEED = 20261125
BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
EXAMPLE = BENCHMARKS.parent / "examples/src/main/resources/computing-history"
QUERY = "Why was Babbage's first Difference Engine never completed?"

# name: number of passages, tokens of the shortest, the most frequent and the longest pair
WORKLOADS = {"main": (100, 20, 130, 250), "short": (30, 25, 60, 90), "long": (200, 60, 485, 512)}


def chapters():
    """Returns the text of each chapter, as words."""
    words = {}
    for line in (EXAMPLE / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        words.setdefault(passage["source"], []).extend(passage["text"].split())
    return list(words.values())


def passage(words, start, tokens, length):
    """Returns as many words from `start` on, continuing at the beginning of the chapter, as fit into a pair of `tokens` tokens."""
    rotated = words[start:] + words[:start]
    low, high = 1, len(rotated)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(" ".join(rotated[:middle])) <= tokens else (low, middle - 1)
    return " ".join(rotated[:low])


def make(name, tokenizer):
    count, shortest, mode, longest = WORKLOADS[name]
    rng = random.Random(f"{SEED} {name}")
    texts = chapters()

    def length(text):
        return len(tokenizer.encode(QUERY, text).ids)

    passages = []
    for _ in range(count):
        words = rng.choice(texts)
        tokens = round(rng.triangular(shortest, longest, mode))
        passages.append(passage(words, rng.randrange(len(words)), tokens, length))
    lengths = [length(text) for text in passages]
    workload = {"name": name, "tokens": sum(lengths), "longest": max(lengths), "query": QUERY, "passages": passages}
    path = BENCHMARKS / "workloads" / f"{name}.json"
    path.write_text(json.dumps(workload, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{name}: {count} passages, {sum(lengths)} tokens, {count * max(lengths) / sum(lengths):.2f} times that with padding")


if __name__ == "__main__":
    read = Tokenizer.from_file(sys.argv[1])
    read.no_padding()
    read.no_truncation()
    for workload_name in WORKLOADS:
        make(workload_name, read)

"""What the scripts that make tiny models have in common: texts, and tokenizers that are trained on them."""

import json
import re
from itertools import groupby

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast, XLMRobertaTokenizerFast

SEED = 20261124
MAX_LENGTH = 96
VOCABULARY = 320

# Texts that tokenizers disagree on, and some that they do not.
QUERY = "Which event gave artificial intelligence its name?"
PASSAGES = [
    "A summer workshop at Dartmouth College in 1956 gave the field its name.",
    "x",
    "?",
    "word " * 100,
    "unbroken" * 40,
    "Grüße aus Łódź, naïve café — “quoted” …",
    "人工智能这一名称来自一九五六年的会议。",
    "人工知能という名前は会議で生まれました。",
    "ورشة عمل عام ١٩٥٦ אירוע משנת 1956",
    "🤖👩‍👩‍👧‍👦 robots 🇩🇪 and families",
    "tab\tnewline\nnull\u0000bell\u0007zero\u200bwidth\ufeff",
    "combining e\u0301 and precomposed \u00e9",
    "[SEP] </s> [CLS] <mask> written out",
    "replacement \ufffd character",
    "   spaces   around   ",
    "UPPER lower MiXeD 12,345.67 a-b_c@d.e #tag",
]
QUERIES = [QUERY, "q", "名前 🤖 question", "long query " * 20]

# Half a character, as a cut in the middle of one leaves it: Java has such texts, Python's tokenizers refuse them.
HALVES = [(QUERY, "lone \ud83d surrogate"), (QUERY, "\udc00"), ("\ude00 asks", PASSAGES[0])]
PAIRS = [(query, passage) for query in QUERIES for passage in PASSAGES] + HALVES


def by_query(pairs):
    """query, its passages"""
    for query, group in groupby(pairs, key=lambda pair: pair[0]):
        yield query, [passage for _, passage in group]


def mended(text):
    """As our models read a text: the replacement character stands for half a character."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def refusal(query, passage, **answers):
    """Which of the originals refuse a pair with half a character, and how; nothing for other pairs."""
    if (query, passage) not in HALVES:
        return {}
    return {"refused": {name: error(answer) for name, answer in answers.items()}}


def error(answer):
    try:
        answer()
    except (TypeError, UnicodeError) as e:
        return type(e).__name__
    raise AssertionError("half a character is not refused any more")


def write(file, pairs):
    """JSON, a pair a line."""
    file.write_text(json.dumps(pairs, separators=(",", ":")).replace('{"query"', '\n{"query"') + "\n")


CORPUS = PASSAGES + QUERIES + [
    "The machine reads the question and the passage together and says how well they fit.",
    "Alan Turing asked in 1950 whether machines can think.",
    "A perceptron learns from its mistakes; a network of them learns more.",
    "Milvus stores vectors, a cross-encoder puts the best passages first.",
]


def wordpiece(alphabet=()):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=special, show_progress=False, initial_alphabet=list(alphabet)))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    # as many files on the hub have it, and as no caller wants it
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.enable_padding(length=MAX_LENGTH, pad_id=0, pad_token="[PAD]")
    return wrap(tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
                mask_token="[MASK]")


def byte_level(special, template):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = template(tokenizer)
    return tokenizer


def roberta():
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = byte_level(special, lambda t: processors.RobertaProcessing(
        sep=("</s>", t.token_to_id("</s>")), cls=("<s>", t.token_to_id("<s>"))))
    return wrap(tokenizer, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>", pad_token="<pad>",
                unk_token="<unk>", mask_token="<mask>")


def modernbert():
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = byte_level(special, lambda t: processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]))
    return wrap(tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
                mask_token="[MASK]")


def unigram(special, unknown, template):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("  ", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=VOCABULARY, special_tokens=special, unk_token=unknown, show_progress=False))
    tokenizer.post_processor = template
    return tokenizer


def xlm_roberta():
    tokenizer = unigram(["<s>", "<pad>", "</s>", "<unk>", "<mask>"], "<unk>", processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]))
    # of its own class, whose prepare_for_model FlagEmbedding calls
    return XLMRobertaTokenizerFast(tokenizer_object=tokenizer, model_max_length=MAX_LENGTH)


def deberta_v2():
    tokenizer = unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], "[UNK]", processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]))
    return wrap(tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
                mask_token="[MASK]")


def wrap(tokenizer, **tokens):
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=MAX_LENGTH, **tokens)


def kept(tokenizer, directory):
    """The tokenizer that is there from an earlier run, if there is one: trained again, it numbers words otherwise."""
    file = directory / "tokenizer.json"
    if not file.exists():
        return tokenizer
    before = json.loads(file.read_text())
    before["added_tokens"] = [token for token in before["added_tokens"] if token["id"] < VOCABULARY]  # not PyLate's
    return type(tokenizer)(tokenizer_object=Tokenizer.from_str(json.dumps(before)), model_max_length=MAX_LENGTH,
                           **tokenizer.special_tokens_map)


SMALL = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
             initializer_range=0.35)

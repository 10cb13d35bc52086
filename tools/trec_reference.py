"""Makes the reference numbers that the measures of dev.langchain4j.rerank.evaluation are tested against.

pytrec-eval-terrier 0.5.11 carries trec_eval 9 itself, in C. Run by hand, see README.md; its output is committed:

    reference.qrels, reference.run   judgements and a run, one query for each case worth a test
    reference.tsv                    query, measure, value of every judged query, and "all" for their mean (-c)
    cranfield.tsv                    the means over Cranfield, if --cranfield names the collection
"""

import argparse
import pathlib
import random

import pytrec_eval

SEED = 20261124
CUTOFFS = "1,3,10,100"
MEASURES = {"map", "recip_rank"} | {f"{name}.{CUTOFFS}" for name in ("ndcg_cut", "P", "recall", "success")}
TESTS = pathlib.Path(__file__).parent.parent / "langchain4j-rerank-evaluation/src/test/resources"
OUTPUT = TESTS / "dev/langchain4j/rerank/evaluation"


def special_cases():
    """Judgements and runs that each show one rule of trec_eval; the names of the queries say which."""
    qrels, run = {}, {}

    def case(query, judged, found):
        qrels[query] = judged
        run[query] = found

    case("graded", {"a": 3, "b": 0, "c": 1, "d": 2, "e": 1}, {"b": 5.0, "c": 4.0, "a": 3.0, "x": 2.0, "d": 1.0})
    case("best", {"a": 3, "b": 2, "c": 1}, {"a": 3.0, "b": 2.0, "c": 1.0})
    case("ties", {"10": 1, "9": 0, "100": 2}, {"10": 1.0, "9": 1.0, "100": 1.0})
    case("ties-case", {"Doc": 1, "doc": 0, "DOC": 0}, {"Doc": 0.5, "doc": 0.5, "DOC": 0.5})
    # U+FFEE sorts before U+1F600 in UTF-8, behind its surrogates in UTF-16
    case("ties-unicode", {"\uffee": 1, "\U0001f600": 0, "é": 2}, {"\uffee": 1.0, "\U0001f600": 1.0, "é": 1.0})
    case("ties-prefix", {"d": 1, "d-1": 0}, {"d": 1.0, "d-1": 1.0})
    case("ties-zero", {"a": 1, "b": 0}, {"a": 0.0, "b": -0.0})
    # equal as 32-bit floats, in which trec_eval 9 keeps scores
    case("ties-float", {"a": 1, "b": 0}, {"a": 1.000000001, "b": 1.0})
    case("float-apart", {"a": 1, "b": 0}, {"a": 1.000001, "b": 1.0})
    case("negative-scores", {"a": 1, "b": 0}, {"a": -3.5, "b": -11.25, "c": -1e-3})
    case("missing-documents", {"a": 1, "b": 2, "c": 1, "d": 3}, {"x": 3.0, "b": 2.0, "y": 1.0})
    case("nothing-found", {"a": 1, "b": 2}, {"x": 2.0, "y": 1.0})
    case("none-relevant", {"a": 0, "b": 0}, {"a": 2.0, "b": 1.0})
    case("negative-judgement", {"a": -1, "b": 2, "c": 0}, {"a": 3.0, "b": 2.0, "c": 1.0})
    case("short", {"a": 1, "b": 1, "c": 1}, {"a": 1.0})
    qrels["missing-query"] = {"a": 1}
    run["unjudged-query"] = {"a": 1.0}
    return qrels, run


def random_cases(count):
    """Long rankings with few distinct scores, so many ties, and grades from -1 to 4."""
    rng = random.Random(SEED)
    qrels, run = {}, {}
    for number in range(count):
        documents = [f"doc-{i}" for i in range(150)]
        query = f"random-{number}"
        qrels[query] = {d: rng.choice((-1, 0, 0, 0, 1, 2, 3, 4)) for d in rng.sample(documents, rng.randint(1, 60))}
        run[query] = {d: rng.randint(-20, 20) / 8 for d in rng.sample(documents, rng.randint(1, 120))}
    return qrels, run


def evaluate(qrels, run):
    """Values of every judged query by measure; a query missing in the run counts as 0, as with trec_eval -c."""
    found = pytrec_eval.RelevanceEvaluator(qrels, MEASURES).evaluate(run)
    names = sorted(next(iter(found.values())))
    values = {query: found.get(query, dict.fromkeys(names, 0.0)) for query in qrels}
    values["all"] = {name: sum(values[query][name] for query in qrels) / len(qrels) for name in names}
    return values


def write_lines(name, lines):
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def write_reference():
    qrels, run = special_cases()
    more_qrels, more_run = random_cases(8)
    qrels |= more_qrels
    run |= more_run
    write_lines("reference.qrels", (f"{q} 0 {d} {rel}" for q, judged in qrels.items() for d, rel in judged.items()))
    # the rank column is wrong on purpose: trec_eval does not read it
    write_lines("reference.run", (f"{q} Q0 {d} 0 {score!r} made" for q, found in run.items() for d, score in found.items()))
    values = evaluate(qrels, run)
    write_lines("reference.tsv", (f"{q}\t{m}\t{v!r}" for q, row in values.items() for m, v in sorted(row.items())))


def write_cranfield(directory):
    with open(directory / "qrels.tsv", encoding="utf-8") as lines:
        next(lines)
        qrels = {}
        for line in lines:
            query, document, judgement = line.split("\t")
            qrels.setdefault(query, {})[document] = int(judgement)
    with open(directory / "bm25.run", encoding="utf-8") as lines:
        run = pytrec_eval.parse_run(lines)
    means = evaluate(qrels, run)["all"]
    write_lines("cranfield.tsv", (f"all\t{measure}\t{value!r}" for measure, value in sorted(means.items())))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cranfield", type=pathlib.Path, help="directory with qrels.tsv and bm25.run")
    cranfield = arguments.parse_args().cranfield
    write_reference()
    if cranfield:
        write_cranfield(cranfield)

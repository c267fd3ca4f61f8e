#!/usr/bin/env python3
"""Writes trec_golden.json: random runs and judgements, and what pytrec_eval makes of them.

    pip install pytrec_eval-terrier && python3 trec_golden.py > trec_golden.json

The runs are short of nothing that goes wrong: equal scores, scores that are equal only as 32-bit
floats, ids whose order by bytes is not their order by number, graded and zero gains, queries
without a relevant document, relevant documents that were not found, empty-handed queries.
"""

import json
import random

import pytrec_eval

MEASURES = ["ndcg_cut", "recip_rank", "success", "recall", "P", "map"]
CUTS = [1, 3, 5, 10, 100]


def one_set(seed):
    random.seed(seed)
    pool = [f"d{i}" for i in range(60)] + ["ñandú", "a b", "Z", "é", "日本", "d-1", "D1"]
    qrels, run = {}, {}
    for number in range(12):
        query = f"q{number}"
        judged = random.sample(pool, random.randint(1, 15))
        top = random.choice([0, 1, 1, 3, 4])
        qrels[query] = {document: random.randint(0, top) for document in judged}
        found = random.sample(pool, random.randint(1, 40))
        kind = number % 4
        scores = {}
        for document in found:
            if kind == 0:
                score = random.random() * 20
            elif kind == 1:
                score = float(random.randint(0, 3))
            elif kind == 2:
                score = 0.5 + random.randint(0, 4) * 1e-12
            else:
                score = -random.randint(0, 5) / 8
            scores[document] = score
        run[query] = scores
    evaluator = pytrec_eval.RelevanceEvaluator(
        qrels, {f"{name}.{','.join(map(str, CUTS))}" if name in ("ndcg_cut", "success", "recall", "P")
                else name for name in MEASURES})
    return {"qrels": qrels, "run": run, "expected": evaluator.evaluate(run)}


print(json.dumps([one_set(seed) for seed in range(4)], ensure_ascii=False,
                 separators=(",", ":"), sort_keys=True))

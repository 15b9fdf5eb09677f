"""Writes measures.json: what scikit-learn and SciPy say of scores and outcomes.

    python tests/golden/measures/make.py > tests/golden/measures/measures.json

Needs scikit-learn and SciPy; the tests only need what they said.
"""

import json

import numpy as np
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn.metrics import average_precision_score, precision_score, recall_score, roc_auc_score


def case(name, scores, won):
    counts = [[int(s), int((won & (scores == s)).sum()), int((~won & (scores == s)).sum())] for s in np.unique(scores)]
    # Among leads of one score the order says nothing, so the best tenth is the mean over all orders.
    wanted, taken, hits = 0.1 * len(scores), 0.0, 0.0
    for _, positives, negatives in reversed(counts):
        part = min(1.0, max(0.0, (wanted - taken) / (positives + negatives)))
        taken += part * (positives + negatives)
        hits += part * positives
    thresholds = []
    for threshold in np.quantile(np.unique(scores), [0.1, 0.5, 0.9]).astype(int):
        said = scores >= threshold
        thresholds.append({
            "score": int(threshold),
            "recall": recall_score(won, said),
            "precision": precision_score(won, said, zero_division=0),
        })
    return {
        "name": name,
        "counts": counts,
        "rocAuc": roc_auc_score(won, scores),
        "averagePrecision": average_precision_score(won, scores),
        "lift10": (hits / taken) / won.mean(),
        "thresholds": thresholds,
    }


def main():
    random = np.random.default_rng(7)
    few = np.array([0, 10, 10, 20, 20, 30, 40])
    skill = random.normal(40, 18, 5000).round().astype(int)
    odds = 1 / (1 + np.exp(-(skill - 70) / 9))
    cases = [
        case("few, with ties", few, np.array([0, 0, 1, 0, 1, 1, 1], dtype=bool)),
        case("scores that tell nothing", random.integers(-20, 120, 3000), random.random(3000) < 0.04),
        case("scores that tell much", skill, random.random(5000) < odds),
        case("one score for all", np.full(50, 12), np.arange(50) < 9),
    ]
    intervals = []
    for hits, of in [(0, 10), (1, 10), (5, 10), (10, 10), (3, 1000), (41, 312), (5000, 100000)]:
        interval = binomtest(hits, of).proportion_ci(0.95, method="wilson")
        intervals.append({"hits": hits, "of": of, "low": interval.low, "high": interval.high})
    versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__}
    lines = lambda items: ",\n".join(json.dumps(item) for item in items)
    print(f'{{"by": {json.dumps(versions)},\n"cases": [\n{lines(cases)}\n],\n"intervals": [\n{lines(intervals)}\n]}}')


main()

"""Trains src/title/learned.bin from the output of `cargo run --example title_features`.

    python training/train.py FEATURES.tsv OUT.bin [--penalty 1.4e-4] [--held 0.2] [--test OTHER.tsv]

Keeps a share of the titles (--held) out, trains on the rest and prints how both do; then trains on
everything and writes OUT.bin. --test prints how the written model does on titles that it never sees.
Needs numpy and scipy; README.md says where the titles come from.
"""
import argparse

import numpy as np
import scipy.sparse as sp

DEPARTMENTS = (
    'executive engineering it data product design marketing sales support finance hr legal operations '
    'procurement project consulting admin research medical education media public trades'
).split()
# As in src/title/learned.rs.
WEIGHTS = np.array([-24, -10, 8, 14, 21, 30, 42, 60])
UNIT = 16
# Votes count for less in training than in use: what the sources file elsewhere shall not outshout a
# word whose meaning is plain in business.
VOTES = 0.4
FEATURES = 1 << 16
# Features of fewer titles are noise.
RAREST = 3


def read(path):
    """Accepted departments (titles x 23), votes of the vocabulary, and counts of features."""
    accepted, votes, rows, columns = [], [], [], []
    with open(path, encoding='utf8') as lines:
        for row, line in enumerate(lines):
            labels, vote, features = line.rstrip('\n').split('\t')
            accepted.append([name in labels.split('|') for name in DEPARTMENTS])
            votes.append([int(number) for number in vote.split()])
            features = [int(number) for number in features.split()]
            rows += [row] * len(features)
            columns += features
    counts = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(votes), FEATURES))
    counts.sum_duplicates()
    return np.array(accepted), np.array(votes, np.float32) / UNIT, counts


def fit(accepted, votes, counts, penalty=0.0, support=None, steps=160):
    """Weights and biases that make accepted departments likely beside the votes: softmax over the
    sum of accepted ones, Adam, with a penalty on each weight (L1) or only the pairs of a support."""
    titles, features = counts.shape
    by_feature = counts.T.tocsr()
    weights, bias = np.zeros((features, 23), np.float32), np.zeros(23, np.float32)
    moments = [np.zeros_like(part) for part in (weights, bias, weights, bias)]
    for step in range(1, steps + 1):
        odds = counts @ weights + VOTES * votes + bias
        odds = np.exp(odds - odds.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        right = odds * accepted
        slope = (odds - right / (right.sum(1, keepdims=True) + 1e-9)) / titles
        slopes = by_feature @ slope.astype(np.float32), slope.sum(0)
        if support is not None:
            slopes = (slopes[0] + 2e-6 * weights) * support, slopes[1]
        rate = 0.05 * (1 if step < 0.6 * steps else 0.2)
        for at, (part, slope) in enumerate(zip((weights, bias), slopes)):
            mean, square = moments[at], moments[at + 2]
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            scale = np.sqrt(square / (1 - 0.99**step)) + 1e-6
            part -= rate * mean / (1 - 0.9**step) / scale
            if at == 0 and penalty:
                part[:] = np.sign(part) * np.maximum(np.abs(part) - rate * penalty / scale, 0)
    return weights, bias


def train(accepted, votes, counts, penalty):
    """Quantised weights (in units, 0 for pairs that are left out) and biases."""
    common = np.asarray((counts > 0).sum(0)).ravel() >= RAREST
    few = counts[:, common]
    weights, _ = fit(accepted, votes, few, penalty=penalty)
    weights, bias = fit(accepted, votes, few, support=weights != 0, steps=80)
    units = weights * UNIT
    nearest = WEIGHTS[np.abs(units[..., None] - WEIGHTS).argmin(-1)]
    whole = np.zeros((FEATURES, 23), np.int32)
    whole[common] = np.where(np.abs(units) < 4, 0, nearest)
    return whole, np.clip(np.rint(bias * UNIT), -127, 127).astype(np.int32)


def share(model, accepted, votes, counts):
    """Share of the titles whose best department is accepted."""
    scores = counts @ model[0] + model[1] + votes * UNIT
    return accepted[np.arange(len(accepted)), scores.argmax(1)].mean()


def encode(weights, bias):
    """The bytes that src/title/learned.rs reads."""
    features, departments = np.nonzero(weights)
    counts, steps, before = np.zeros(256, np.int32), [], (-1, 0)
    for feature in features:
        upper, lower = divmod(int(feature), 256)
        counts[upper] += 1
        steps.append(lower - (before[1] if before[0] == upper else 0))
        before = upper, lower
    if counts.max() > 255:
        raise SystemExit('too many pairs for one upper half; raise --penalty')
    places = np.searchsorted(WEIGHTS, weights[features, departments])
    values = departments * 8 + places
    return bytes(bias.astype(np.int8).tobytes()) + bytes(counts.tolist()) + bytes(steps) + bytes(values.tolist())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('features')
    arguments.add_argument('out')
    arguments.add_argument('--penalty', type=float, default=1.4e-4)
    arguments.add_argument('--held', type=float, default=0.2)
    arguments.add_argument('--test', nargs='*', default=[])
    given = arguments.parse_args()
    data = read(given.features)
    if given.held:
        held = np.random.default_rng(1).random(len(data[0])) < given.held
        model = train(*(part[~held] for part in data), given.penalty)
        print(f'held out: {share(model, *(part[held] for part in data)):.3f}',
              f'trained on: {share(model, *(part[~held] for part in data)):.3f}',
              f'without: {share((np.zeros((FEATURES, 23)), model[1] * 0), *(part[held] for part in data)):.3f}', flush=True)
    model = train(*data, given.penalty)
    with open(given.out, 'wb') as out:
        out.write(encode(*model))
    print(f'{given.out}: {(model[0] != 0).sum()} pairs')
    for path in given.test:
        print(f'{path}: {share(model, *read(path)):.3f}')


if __name__ == '__main__':
    main()

#!/usr/bin/env bash
# torchmetrics' retrieval metrics (torchmetrics 1.9.0, torch 2.13.0): metrics of one ranking contradict each other where
# scores tie.
#
# Each metric puts the items in order for itself, some by sort and some by topk, neither of which is stable. Of items
# with equal scores one metric sees another first than the next metric does: for 64 items of one score, the first of
# them the only relevant one, precision at 1 says that the first item is relevant, hit rate and recall at 1 that it is
# not, and the reciprocal rank that it stands in the middle. Only NDCG takes the mean over all orders. Nothing is warned
# of; models with few distinct scores (trees, rounded scores) meet this daily.
#
# Seen (CPython 3.11, Linux x86-64, CPU): precision@1 1.0, hit rate@1 0.0, recall@1 0.0, reciprocal rank 0.03125.
# Fails if the metrics agree on who is first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --no-input --disable-pip-version-check torch==2.13.0 torchmetrics==1.9.0

cat > ties.py <<'PY'
import torch
import torchmetrics
from torchmetrics.functional import retrieval

scores = torch.full((64,), 0.5)
labels = torch.zeros(64, dtype=torch.long)
labels[0] = 1
precision = float(retrieval.retrieval_precision(scores, labels, top_k=1))
hit_rate = float(retrieval.retrieval_hit_rate(scores, labels, top_k=1))
recall = float(retrieval.retrieval_recall(scores, labels, top_k=1))
reciprocal = float(retrieval.retrieval_reciprocal_rank(scores, labels))
print("torch", torch.__version__, "torchmetrics", torchmetrics.__version__)
print("precision@1", precision, "hit rate@1", hit_rate, "recall@1", recall, "reciprocal rank", reciprocal)
assert len({precision, hit_rate, recall, 1.0 if reciprocal == 1 else 0.0}) > 1
PY
venv/bin/python ties.py

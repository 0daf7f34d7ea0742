"""Score applicants with the trained model, also those whose values somebody has changed.

`python score.py` writes outputs/scored.csv: the held-out applicants with every column and their score.
Fairwatt's threshold explorer opens that table; with `score:score` as its model it asks `score` again
for an applicant whose credit amount, housing, ... you edit.
"""

from __future__ import annotations

import csv
import json
import random

import train

OUTPUTS = train.HERE / "outputs"


def load_model():
    """Return the ensemble and the encoding that the training has saved."""
    for kind in (train.Ensemble, train.StandardLibraryEnsemble):
        file = OUTPUTS / kind.file
        if file.exists():
            saved = json.loads(file.read_text()) if file.suffix == ".json" else train.joblib.load(file)
            ensemble = kind([], len(saved["encoding"]))
            ensemble.members = saved["members"]
            return ensemble, saved["encoding"]
    raise FileNotFoundError("there is no model in outputs/ yet: run python train.py")


def score(rows):
    """Probability of good credit for each applicant; `rows` is a pandas DataFrame or a list of dictionaries."""
    rows = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    # What the class is, is what the score is about: it is not given, and not looked at.
    cells = [{**{name: str(value) for name, value in row.items()}, "class": ""} for row in rows]
    ensemble, encoding = load_model()
    features, _ = train.prepare(cells, encoding)
    return ensemble.scores(features)


def main():
    """Write the held-out applicants of the training with their scores."""
    seed = json.loads((OUTPUTS / "metrics.json").read_text())["seed"]
    *_, rows = train.split(train.load(), random.Random(seed))
    scored = [{**row, "score": f"{value:.6f}"} for row, value in zip(rows, score(rows))]
    with open(OUTPUTS / "scored.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(scored[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(scored)
    print(f"wrote {len(scored)} applicants to outputs/scored.csv")


if __name__ == "__main__":
    main()

"""Credit scoring on German credit: an ensemble of logistic regressions, trained epoch by epoch.

With scikit-learn installed it does the training; without it, the standard library makes the very
same updates on the very same bootstrap samples, so both variants print the same numbers.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import time
from pathlib import Path

try:
    import joblib
    import numpy as np
    from sklearn.linear_model import SGDClassifier
except ImportError:
    SGDClassifier = None

HERE = Path(__file__).resolve().parent
SENSITIVE = ["sex", "age_group", "foreign_worker"]
# personal_status_sex spells out the sex and age spells out the age group: both would let the model
# see what it must not see. What remains may still be a proxy; that is for the audit to find out.
NOT_FEATURES = {"id", "class", "personal_status_sex", "age", *SENSITIVE}
LEARNING_RATE, WEIGHT_DECAY, THRESHOLD = 0.002, 0.01, 0.5


def mark(**fields):
    """Tell Fairwatt which epoch or phase this is. Optional: delete it and training stays the same."""
    line = {"v": 1, "type": "mark", "t": time.time(), "mono": time.monotonic(), **fields}
    try:
        with open(os.environ["FAIRWATT_MARKS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    except (KeyError, OSError):
        pass  # Not measured, or not writable: neither may stop the training.


def load(path=HERE / "data" / "german_credit.csv"):
    """Read the table: one dictionary of text cells per applicant."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split(rows, rng, train=0.5, validation=0.2):
    """Shuffle and cut each class alone, so that every part keeps the share of bad credits."""
    parts = [], [], []
    for label in ("1", "2"):
        group = [row for row in rows if row["class"] == label]
        rng.shuffle(group)
        first, second = round(train * len(group)), round((train + validation) * len(group))
        for part, chunk in zip(parts, (group[:first], group[first:second], group[second:])):
            part.extend(chunk)
    return [sorted(part, key=lambda row: int(row["id"])) for part in parts]


def learn_encoding(rows):
    """Learn from the training rows alone how a row becomes numbers, as (column, code, mean, deviation)."""
    encoding = []
    for column in (name for name in rows[0] if name not in NOT_FEATURES):
        cells = [row[column] for row in rows]
        if cells[0].startswith("A"):  # All codes do: A11, A12, ... One-hot, so one entry for each code.
            encoding.extend((column, code, 0, 1) for code in sorted(set(cells)))
        else:
            mean = sum(map(float, cells)) / len(cells)
            deviation = math.sqrt(sum((float(cell) - mean) ** 2 for cell in cells) / len(cells))
            encoding.append((column, None, mean, deviation))
    return encoding


def prepare(rows, encoding):
    """Return features (codes one-hot, numbers standardised) and labels (1 good credit, 0 bad credit)."""
    features = [
        [
            ((row[column] == code if code else float(row[column])) - mean) / deviation
            for column, code, mean, deviation in encoding
        ]
        for row in rows
    ]
    return features, [int(row["class"] == "1") for row in rows]


class ScikitEnsemble:
    """Logistic regressions by scikit-learn, one per bootstrap sample; the score is their mean."""

    variant, file = "scikit-learn", "model.joblib"

    def __init__(self, samples, width):
        settings = dict(loss="log_loss", alpha=WEIGHT_DECAY, learning_rate="constant", eta0=LEARNING_RATE)
        self.samples = samples
        self.members = [SGDClassifier(shuffle=False, **settings) for _ in samples]

    def train_epoch(self, features, labels):
        features, labels = np.asarray(features), np.asarray(labels)
        for member, sample in zip(self.members, self.samples):
            member.partial_fit(features[sample], labels[sample], classes=[0, 1])

    def scores(self, features):
        features = np.asarray(features)
        return np.mean([member.predict_proba(features)[:, 1] for member in self.members], axis=0).tolist()

    def save(self, path, encoding):
        joblib.dump({"encoding": encoding, "members": self.members}, path)


class StandardLibraryEnsemble:
    """The same regressions and the same updates, spelled out."""

    variant, file = "standard library", "model.json"

    def __init__(self, samples, width):
        self.samples = samples
        self.members = [{"weights": [0.0] * width, "bias": 0.0} for _ in samples]

    def train_epoch(self, features, labels):
        features = sparse(features)
        for member, sample in zip(self.members, self.samples):
            weights, bias, scale = member["weights"], member["bias"], 1.0
            for index in sample:
                row = features[index]
                margin = bias + scale * sum([weights[column] * value for column, value in row])
                step = LEARNING_RATE * (labels[index] - sigmoid(margin))
                scale *= 1 - LEARNING_RATE * WEIGHT_DECAY  # decays all weights at once
                for column, value in row:
                    weights[column] += step / scale * value
                bias += step
            member["weights"], member["bias"] = [weight * scale for weight in weights], bias

    def scores(self, features):
        totals = [0.0] * len(features)
        rows = sparse(features)
        for member in self.members:
            weights, bias = member["weights"], member["bias"]
            for index, row in enumerate(rows):
                totals[index] += sigmoid(bias + sum([weights[column] * value for column, value in row]))
        return [total / len(self.members) for total in totals]

    def save(self, path, encoding):
        path.write_text(json.dumps({"encoding": encoding, "members": self.members}), encoding="utf-8")


def sparse(features):
    """Keep what is not zero: of a one-hot row that is little."""
    return [[(column, value) for column, value in enumerate(row) if value] for row in features]


def sigmoid(margin):
    """Turn a margin into a probability."""
    return 1 / (1 + math.exp(-margin))


def log_loss(labels, scores):
    """Mean surprise at the labels: 0 is perfect, 0.61 is guessing the share of good credits."""
    chances = [score if label else 1 - score for label, score in zip(labels, scores)]
    return -sum(math.log(max(chance, 1e-15)) for chance in chances) / len(chances)


def auc(labels, scores):
    """Chance that a good credit scores above a bad one; a tie counts half."""
    good = [score for label, score in zip(labels, scores) if label]
    bad = [score for label, score in zip(labels, scores) if not label]
    return sum((g > b) + (g == b) / 2 for g in good for b in bad) / (len(good) * len(bad))


def as_text(metrics):
    """Write metrics as one line for the terminal."""
    return "  ".join(f"{name} {value:.4f}" for name, value in metrics.items())


Ensemble = ScikitEnsemble if SGDClassifier else StandardLibraryEnsemble


def build(training_rows, members, rng):
    """Learn the encoding and draw one bootstrap sample for each member of the ensemble."""
    encoding = learn_encoding(training_rows)
    everyone = range(len(training_rows))
    samples = [rng.choices(everyone, k=len(everyone)) for _ in range(members)]
    return Ensemble(samples, len(encoding)), encoding


def fit(ensemble, training, validation, epochs):
    """Train epoch by epoch; print, mark and return what each epoch achieved."""
    history = []
    mark(kind="phase", name="train")
    for epoch in range(1, epochs + 1):
        ensemble.train_epoch(*training)
        loss = log_loss(training[1], ensemble.scores(training[0]))
        scores = ensemble.scores(validation[0])
        metrics = {
            "loss": round(loss, 6),
            "val_loss": round(log_loss(validation[1], scores), 6),
            "auc": round(auc(validation[1], scores), 6),
        }
        mark(kind="epoch", index=epoch, total=epochs, metrics=metrics)
        print(f"epoch {epoch:3}/{epochs}  {as_text(metrics)}", flush=True)
        history.append(metrics)
    return history


def evaluate(ensemble, test_rows, encoding):
    """Score the held-out rows; return the quality and one prediction per row for the audit."""
    mark(kind="phase", name="evaluate")
    features, labels = prepare(test_rows, encoding)
    scores = ensemble.scores(features)
    predicted = [1 if score >= THRESHOLD else 2 for score in scores]
    right = sum(int(row["class"]) == guess for row, guess in zip(test_rows, predicted))
    quality = {
        "loss": round(log_loss(labels, scores), 6),
        "auc": round(auc(labels, scores), 6),
        "accuracy": round(right / len(test_rows), 6),
    }
    kept = [{name: row[name] for name in ("id", *SENSITIVE, "class")} for row in test_rows]
    predictions = [
        {**row, "score": f"{score:.6f}", "predicted_class": guess}
        for row, score, guess in zip(kept, scores, predicted)
    ]
    return quality, predictions


def save(folder, ensemble, encoding, metrics, predictions):
    """Write the model, metrics.json and predictions.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    ensemble.save(folder / ensemble.file, encoding)
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    with open(folder / "predictions.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(predictions[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(predictions)


def main():
    """Split, train, evaluate, save."""
    parser = argparse.ArgumentParser(description="Train a credit model on the German credit data.")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--members", type=int, default=240, help="logistic regressions in the ensemble")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=HERE / "outputs")
    options = parser.parse_args()
    if not SGDClassifier:
        print(
            "scikit-learn is not installed: the standard library trains the same model instead.", flush=True
        )

    rng = random.Random(options.seed)
    training_rows, validation_rows, test_rows = split(load(), rng)
    ensemble, encoding = build(training_rows, options.members, rng)
    training, validation = prepare(training_rows, encoding), prepare(validation_rows, encoding)
    history = fit(ensemble, training, validation, options.epochs)
    quality, predictions = evaluate(ensemble, test_rows, encoding)

    metrics = {
        "variant": ensemble.variant,
        "seed": options.seed,
        "epochs": options.epochs,
        "members": options.members,
        "threshold": THRESHOLD,
        "rows": {"train": len(training_rows), "validation": len(validation_rows), "test": len(test_rows)},
        "test": quality,
        "history": history,
    }
    save(options.output, ensemble, encoding, metrics, predictions)
    print(f"test on {len(test_rows)} rows  {as_text(quality)}")
    print(f"saved {ensemble.file}, metrics.json and predictions.csv in {options.output.name}/")


if __name__ == "__main__":
    main()

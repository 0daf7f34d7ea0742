"""A model of plain Python whose scores of German credit are those of the table, and fall with the amount."""

import csv
import os
import time

with open(os.path.join(os.path.dirname(__file__), "data.csv"), newline="") as file:
    TABLE = {row["id"]: row for row in csv.DictReader(file)}


def score(rows):
    print("scoring", len(rows))
    return [_score(row) for row in (rows if isinstance(rows, list) else rows.to_dict("records"))]


def _score(row):
    known = TABLE[str(row["id"])]
    less = (row["credit_amount"] - float(known["credit_amount"])) / 20000
    return float(known["score"]) - less - (0.2 if row["housing"] == "A151" != known["housing"] else 0)


def other(rows):
    return [0.5 for _ in range(len(rows))]


def slow(rows):
    if len(rows) != 200:
        time.sleep(30)
    return score(rows)


def wrong(rows):
    return score(rows)[1:] if len(rows) == 1 else score(rows)

"""Aequitas' own numbers: the crosstabs of Group, the disparities of Bias, the flags of Fairness."""

from __future__ import annotations

from . import answer
from .table import Table

OLDEST = "1.0.0"
COUNTS = (
    "k pp pn ppr pprev fp fn tn tp accuracy tpr tnr for fdr fpr fnr npv precision prev "
    "group_label_pos group_label_neg group_size total_entities"
).split()
DISPARITIES = ("ppr", "pprev", "precision", "fdr", "for", "fpr", "fnr", "tpr", "tnr", "npv")
FLAGS = (
    "Statistical Parity",
    "Impact Parity",
    "FDR Parity",
    "FPR Parity",
    "FOR Parity",
    "FNR Parity",
    "TPR Parity",
    "TNR Parity",
    "NPV Parity",
    "Precision Parity",
    "TypeI Parity",
    "TypeII Parity",
    "Equalized Odds",
    "Unsupervised Fairness",
    "Supervised Fairness",
)


def audit(request, adapter):
    adapter["version"] = answer.require("aequitas", "aequitas", OLDEST)
    adapter["dependencies"] = answer.versions("pandas", "numpy", "scipy")
    try:
        import pandas
        from aequitas.bias import Bias
        from aequitas.fairness import Fairness
        from aequitas.group import Group
    except ModuleNotFoundError as error:
        reason = answer.missing(error, "aequitas", adapter["version"])
        if answer.version_tuple(adapter["version"]) < (1, 1):
            # Up to 1.0 the audit imports the whole of Aequitas Flow: torch, lightgbm, fairgbm and more.
            reason.install = answer.pip_line("aequitas>=1.1")
        raise reason
    table = Table(request)
    warnings = ["Aequitas counts rows: the weights are not used"] if table.weights is not None else []
    results = []
    for by in table.groupings:
        if len(by) > 1:
            continue
        data = table.frame(by, pandas)
        data = data.where(data.notna(), other=float("nan"))
        data.insert(0, "label_value", pandas.Series(table.label, dtype=int))
        data.insert(0, "score", pandas.Series(table.prediction, dtype=int))
        attribute = by[0]
        name = attribute
        if attribute in ("score", "label_value", "id", "model_id", "entity_id"):
            # Names that mean something to Aequitas.
            name = "attribute_" + attribute
            data = data.rename(columns={attribute: name})
        try:
            values = _values(Group(), Bias(), Fairness(tau=0.8), data, name, table.reference[attribute])
        except Exception as error:  # noqa: BLE001 whatever the library raises is its answer
            values = {"get_disparity_predefined_groups": "{}: {}".format(type(error).__name__, error)}
        results.append({"by": by, "view": "aequitas", "left_out": 0, "values": values})
    return {"results": results, "warnings": warnings}


def _values(group, bias, fairness, data, attribute, reference):
    crosstabs, _ = group.get_crosstabs(data, attr_cols=[attribute])
    disparities = bias.get_disparity_predefined_groups(
        crosstabs, original_df=data.copy(), ref_groups_dict={attribute: reference}
    )
    by_value = fairness.get_group_value_fairness(disparities)
    by_attribute = fairness.get_group_attribute_fairness(by_value)
    values = {}
    for name in FLAGS:
        if name in by_attribute:
            values[name] = _flag(by_attribute.iloc[0][name])
    for _, row in by_value.iterrows():
        key = "[{}]".format(row["attribute_value"])
        for name in COUNTS:
            values[name + key] = answer.number(row[name])
        for name in DISPARITIES:
            values["{}_disparity{}".format(name, key)] = answer.number(row[name + "_disparity"])
        for name in FLAGS:
            if name in by_value:
                values[name + key] = _flag(row[name])
    return values


def _flag(value):
    """ "true", "false", or "NaN" where Aequitas has none."""
    if value != value:
        return "NaN"
    return "true" if bool(value) else "false"

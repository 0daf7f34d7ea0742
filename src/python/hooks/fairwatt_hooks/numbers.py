"""Plain numbers from what frameworks call metrics."""

import math

_MOST = 32
_LONGEST_NAME = 80


def numbers_of(metrics):
    """{name: finite float} of what can be read as one number: {"loss": tensor(0.5), "lr": [0.1, 0.2]} -> {"loss": 0.5}."""
    found = {}
    for name, value in list((metrics or {}).items())[: 4 * _MOST]:
        number = number_of(value)
        if number is not None and len(found) < _MOST:
            found[str(name)[:_LONGEST_NAME]] = number
    return found


def number_of(value):
    """A float, or None for what is not one finite number."""
    if value is None or isinstance(value, bool):
        return None
    try:
        if isinstance(value, (int, float)):
            number = float(value)
        elif isinstance(value, str):
            number = float(value)
        elif hasattr(value, "item") and getattr(value, "size", None) in (1, ()) or _elements(value) == 1:
            number = float(value.item())
        else:
            return None
    except Exception:
        return None
    return number if math.isfinite(number) else None


def _elements(value):
    count = getattr(value, "numel", None)
    return count() if callable(count) else None


def rows_of(data):
    """Rows of a table, an array or a data set; None where it does not say."""
    try:
        shape = getattr(data, "shape", None)
        if shape is not None and len(shape) > 0:
            return int(shape[0])
        return len(data) if hasattr(data, "__len__") and not isinstance(data, (str, bytes, dict)) else None
    except Exception:
        return None

"""tqdm around a training loop that uses no framework known here.

A loop is one of epochs where it says so (`desc` or `unit` name an epoch, or the loop variable does: `for epoch in tqdm(...)`);
then each pass is an epoch. A loop over batches says "Epoch 3/10" in `desc`, or is begun at the same place of the code again and
again while a library for training is loaded: then it ends an epoch when it is through.
"""

import functools
import re
import sys
import time

from ..numbers import numbers_of, rows_of
from ..training import begin, current, user_frame
from ..wrapping import after, before, guarded, replace, unseen, without_our_frame

_EPOCH = re.compile(r"\bepochs?\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\bepoch\s*[:#]?\s*[\[(]?\s*(\d+)(?:\s*(?:/|of)\s*(\d+))?", re.IGNORECASE)
_FOR_EPOCH = re.compile(r"^\s*(?:async\s+)?for\s+\w*epoch\w*\s*(?:,\s*\w+\s*)*in\b", re.IGNORECASE)
_NO_TRAINING = re.compile(r"val|test|eval|infer|predict|load|read|download|token|process|sampl", re.IGNORECASE)
_TRAINERS = ("torch", "tensorflow", "jax", "mxnet", "paddle", "mlx")
_MANY_SITES = 64


def wrap(module):
    replace(module.tqdm, "__iter__", _iterate)
    after(module.tqdm, "__init__", _count_updates)
    before(module.tqdm, "set_postfix", _keep)


def _iterate(original):
    def __iter__(self):
        follow = _follower(self)
        return original(self) if follow is None else follow(original(self))

    return __iter__


def _keep(bar, ordered_dict=None, refresh=True, **kwargs):
    # Only what is a number already: a tensor on a GPU would make the training wait for it.
    shown = {**dict(ordered_dict or {}), **kwargs}
    bar._fairwatt_metrics = numbers_of({k: v for k, v in shown.items() if isinstance(v, (int, float, str))})


@guarded
def _follower(bar):
    """What goes through the bar's items in the place of the bar, for a loop that is to be followed."""
    if current() is not None and not current().weak:
        return None  # The bar of a framework, or a loop inside an epoch.
    desc = _text(bar, "desc")
    numbered = _NUMBERED.search(desc)
    if numbered:
        return lambda items: _whole(items, bar, None, numbered)
    if _names_epochs(bar) or _FOR_EPOCH.match(_source_line()):
        return lambda items: _each(items, bar)
    site = _site()
    if site is None or _NO_TRAINING.search(desc) or not any(name in sys.modules for name in _TRAINERS):
        return None
    return lambda items: _whole(items, bar, site, None)


def _text(bar, name):
    return str(getattr(bar, name, "") or "")


def _names_epochs(bar):
    return bool(_EPOCH.search(_text(bar, "desc")) or re.fullmatch("epochs?", _text(bar, "unit"), re.IGNORECASE))


@unseen
def _each(items, bar):
    """Each pass of the loop is an epoch."""
    training = begin("tqdm", total=_total(bar))
    done = getattr(bar, "initial", 0) or 0
    try:
        for item in items:
            yield item
            done += 1
            if training is not None:
                training.epoch(done, functools.partial(getattr, bar, "_fairwatt_metrics", None))
    except BaseException as error:
        without_our_frame(error)
        raise
    finally:
        items.close()
        if training is not None:
            training.end()


@unseen
def _whole(items, bar, site, numbered):
    """The loop, when it is through, was an epoch."""
    since = (time.time(), time.monotonic())
    try:
        yield from items
    except BaseException as error:
        without_our_frame(error)
        raise
    _completed(bar, site, numbered, since)


#: First pass through each place of the code: (begin, end, metrics).
_loops = {}


@guarded
def _completed(bar, site, numbered, since):
    metrics = getattr(bar, "_fairwatt_metrics", None)
    end = (time.time(), time.monotonic())
    samples = _rows_of_loader(getattr(bar, "iterable", None))
    if numbered:
        index, total = int(numbered.group(1)), numbered.group(2)
        training = current("tqdm") or begin("tqdm", samples=samples, weak=True, since=since)
        if training is not None:
            # Some count from 0, and say "Epoch 0/10".
            training.state["offset"] = max(training.state.get("offset", 0), 1 if index == 0 else 0)
            training.epoch(index + training.state["offset"], metrics, total=int(total) if total else None)
        return
    this = (since, end, metrics)
    if site not in _loops:
        if len(_loops) < _MANY_SITES:
            _loops[site] = this
        return
    training = current("tqdm")
    if training is None:
        first = _loops[site]
        training = begin("tqdm", samples=samples, weak=True, since=first[0])
        if training is None:
            return
        training.state.update(site=site, done=1)
        training.epoch(1, first[2], when=first[1])
    if training.state.get("site") == site:  # Another loop of the same epoch may validate.
        training.state["done"] += 1
        training.epoch(training.state["done"], metrics, when=end)


def _count_updates(bar, *args, **kwargs):
    """`with tqdm(total=10, desc="epochs") as bar: ... bar.update()`."""
    if getattr(bar, "iterable", None) is not None or not _names_epochs(bar) or current() is not None:
        return
    update, close = bar.update, bar.close
    training = begin("tqdm", total=_total(bar))
    if training is None:
        return
    state = {"done": getattr(bar, "n", 0) or 0}

    def counting_update(n=1):
        result = update(n)
        state["done"] += n or 0
        training.epoch(state["done"], functools.partial(getattr, bar, "_fairwatt_metrics", None))
        return result

    def ending_close():
        training.end()
        return close()

    bar.update = counting_update
    bar.close = ending_close


def _total(bar):
    total = getattr(bar, "total", None)
    return int(total) if isinstance(total, (int, float)) and 0 < total < float("inf") else None


def _rows_of_loader(iterable):
    return rows_of(getattr(iterable, "dataset", None))


def _site():
    frame = user_frame()
    return (frame.f_code.co_filename, frame.f_lineno) if frame is not None else None


def _source_line():
    frame = user_frame()
    if frame is None:
        return ""
    import linecache

    return linecache.getline(frame.f_code.co_filename, frame.f_lineno)

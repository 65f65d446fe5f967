"""Call a learner's function in another Python process, as it will be tomorrow: other hashes, another date."""

import marshal
import os
import pickle
import subprocess
import sys
import types
from collections.abc import Callable
from typing import Any

from course_utils.exercises.calling import code_of, global_names, globals_of

_CHILD = """
import datetime, importlib, io, marshal, pickle, sys, time, types


def tomorrow(tz=None):
    return later.fromtimestamp(time.time(), tz)


now, later = time.time, datetime.datetime
time.time = lambda: now() + 86_400
datetime.datetime = type("datetime", (later,), {"now": tomorrow, "today": tomorrow})
datetime.date = type("date", (datetime.date,), {"today": lambda: tomorrow().date()})
answers, sys.stdout = sys.stdout.buffer, io.StringIO()
names, first, arguments = pickle.load(sys.stdin.buffer)
home = {"__name__": "__main__"}
for name, (kind, value) in names.items():
    if kind == "function":
        code, defaults = marshal.loads(value)
        home[name] = types.FunctionType(code, home, name, defaults)
    else:
        home[name] = importlib.import_module(value) if kind == "module" else pickle.loads(value)
answers.write(pickle.dumps(home[first](*arguments)))
"""


class NotTold(Exception):
    """The function cannot be taken to another process, or does not end well there."""


def in_another_process(function: Callable, arguments: tuple, seconds: float = 20.0) -> Any:
    """Return what a function that was written in a notebook gives in a fresh Python with other hashes.

    Raises
    ------
    NotTold : nobody knows.
    """
    try:
        job = pickle.dumps((_with_all_that_it_reads(function), function.__name__, arguments))
        child = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=job,
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "20111"},
        )
        return pickle.loads(child.stdout)
    except Exception as error:
        raise NotTold(str(error)) from error


def _with_all_that_it_reads(function: Callable) -> dict[str, tuple[str, Any]]:
    """Return the function, and what it and its helpers read of the notebook, in forms that can be sent."""
    sent, waiting = {}, {function.__name__: function}
    while waiting:
        name, value = waiting.popitem()
        if isinstance(value, types.ModuleType):
            sent[name] = "module", value.__name__
        elif isinstance(value, types.FunctionType) and value.__module__ == function.__module__:
            sent[name] = "function", marshal.dumps((value.__code__, value.__defaults__))
            home = globals_of(value)
            waiting |= {
                one: home[one] for one in global_names(code_of(value)) if one in home and one not in sent
            }
        else:
            sent[name] = "value", pickle.dumps(value)
    return sent

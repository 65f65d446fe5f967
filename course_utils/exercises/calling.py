"""Call what a learner has written: quietly, for a few seconds at most, on copies; and say where it stopped."""

import contextlib
import copy
import ctypes
import dis
import functools
import io
import linecache
import threading
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils.exercises.comparing import unchanged

PATIENCE = 10  # times the seconds of computing that something may take by the clock


class TooLong(BaseException):
    """A call has taken longer than it may. No `Exception`, so that `except Exception` in an answer lets it through."""


@dataclass(frozen=True)
class Stopped:
    """What a call "returns" that did not return, and why."""

    reason: str
    too_long: bool = False


@dataclass(frozen=True)
class Printed:
    """What a call "returns" that printed something and returned nothing."""

    text: str


def call(function: Callable, arguments: tuple, seconds: float, probe: Callable | None = None) -> Any:
    """Call a function, or with `probe` that with the function, on copies of the arguments; return what comes back.

    Returns `Stopped` where nothing does, and `Printed` where it only prints.
    """
    used = copy.deepcopy(arguments)
    said = io.StringIO()
    try:
        with quiet(said), limited(seconds):
            value = function(*used) if probe is None else probe(function, *used)
    except TooLong:
        return Stopped(
            f"it has not ended after {seconds:g} seconds. Does a loop go on for ever?", too_long=True
        )
    except (Exception, SystemExit) as error:
        # Whatever the learner's code raises is an answer, not our failure.
        return Stopped(f"it stops{where(error, function)} with {type(error).__name__}: {_message(error)}")
    if not unchanged(arguments, used):
        return Stopped("it changes its input. Work on a copy, or make something new.")
    return Printed(said.getvalue().strip()) if value is None and said.getvalue().strip() else value


@contextlib.contextmanager
def quiet(said: io.StringIO | None = None) -> Iterator[None]:
    """Keep what is printed, and warnings, from the notebook."""
    with contextlib.redirect_stdout(said or io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in this thread, at its next step in Python, once it has computed for so long.

    A computer that is busy with other things does not count, unless it lasts: ten times as long by the clock is too
    long, too. Signals would stop it more sharply, but exist on no Windows and in no thread but the first.
    """
    thread, lock, done = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()
    computed, begun = time.process_time(), time.monotonic()

    def watch() -> None:
        while not done.wait(seconds / 4):
            if time.process_time() - computed > seconds or time.monotonic() - begun > PATIENCE * seconds:
                break
        with lock:
            if not done.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)


def where(error: BaseException, answer: Any) -> str:
    """Name the line of the learner's own code in which an error came up, helpers that it calls included."""
    code = code_of(answer)
    if code is None or _is_a_library(code):
        return ""
    home = globals_of(answer)
    frames = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is home or frame.f_code.co_filename == code.co_filename
    ]
    if not frames:
        return ""
    last, line = frames[-1]
    text = linecache.getline(last.co_filename, line).strip()
    shown = f" (`{text}`)" if text and "`" not in text else ""
    if last.co_filename == code.co_filename:
        return f" in line {line} of your cell{shown}"
    own = [number for frame, number in frames if frame.co_filename == code.co_filename]
    called = f", which line {own[-1]} of your cell calls," if own else ""
    return f" in line {line} of the cell that defines `{last.co_name}`{shown}{called}"


def _is_a_library(code: types.CodeType) -> bool:
    return "site-packages" in code.co_filename or code.co_filename.startswith(str(Path(__file__).parents[1]))


def _message(error: BaseException) -> str:
    text = str(error).strip() or "no message"
    first = text.splitlines()[0]
    return first if first.endswith((".", "!", "?")) else f"{first}."


def code_of(function: Any) -> types.CodeType | None:
    """Return the code of a function that was written in Python, as it is, wrapped or as a method; else None."""
    while isinstance(function, functools.partial):
        function = function.func
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    if code is None and callable(function) and not isinstance(function, type):
        code = getattr(type(function).__call__, "__code__", None)
    return code


def globals_of(function: Any) -> Mapping[str, Any]:
    """Return the variables of the notebook, or module, in which a function was written."""
    while isinstance(function, functools.partial):
        function = function.func
    return getattr(function, "__globals__", {})


def is_stub(function: Any) -> bool:
    """True if a function does nothing: its body is `...`, `pass` or a docstring."""
    code = code_of(function)
    if code is None:
        return False
    steps = {step.opname for step in dis.get_instructions(code)}
    return steps <= {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"} and _returns_nothing(code)


def _returns_nothing(code: types.CodeType) -> bool:
    steps = list(dis.get_instructions(code))
    values = {step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")}
    return values <= {None, ...}


def own_variables(function: Any) -> list[str]:
    """Return the notebook's variables that a function reads: data and models; no functions, modules, CONSTANTS."""
    home = globals_of(function)
    names = global_names(code_of(function))
    return [name for name in names if name in home and not name.isupper() and _is_data(home[name])]


def global_names(code: types.CodeType | None) -> list[str]:
    """Return the names of the notebook that a function reads, functions inside it included, in their order."""
    steps = (step for one in _nested(code) for step in dis.get_instructions(one))
    return list(dict.fromkeys(step.argval for step in steps if step.opname == "LOAD_GLOBAL"))


def unused_arguments(function: Any) -> list[str]:
    """Return the arguments that a function never reads."""
    code = code_of(function)
    if code is None:
        return []
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    read: set = set()
    for one in _nested(code):
        for step in dis.get_instructions(one):
            if step.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD_FAST")):
                read.update(step.argval if isinstance(step.argval, tuple) else (step.argval,))
    return [name for name in names if name not in read]


def _nested(code: types.CodeType | None) -> Iterator[types.CodeType]:
    """Yield a function's code and that of the functions inside it."""
    if code is not None:
        yield code
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                yield from _nested(constant)


def _is_data(value: Any) -> bool:
    return not isinstance(value, (types.ModuleType, type)) and (
        not callable(value) or hasattr(value, "get_weights")
    )

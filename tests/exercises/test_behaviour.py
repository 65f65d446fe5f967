"""Functions are tried on many drawn inputs, quietly and briefly, and hear what came and what was expected."""

import fractions
import functools
import linecache
import re
import time

import numpy as np
import pandas as pd
import pytest

from course_utils.exercises import Case, Function, Mistake, draws
from course_utils.exercises.calling import unused_arguments
from course_utils.exercises.comparing import agree
from course_utils.exercises.verdicts import Status

RIGHT, NOT_YET, NOT_TRIED = Status.RIGHT, Status.NOT_YET, Status.NOT_TRIED


def share(predicted, true):
    return float(np.mean(predicted == true))


def some_labels(random):
    n = draws.size(random, 9)
    return draws.labels(random, n), draws.labels(random, n)


def many(random):
    labels = draws.labels(random, 300)
    return labels, np.where(random.random(300) < 0.1, 9, labels)


SHARE = Function(
    reference=share,
    draw={"": some_labels, "three hundred birds": many},
    mistakes=[
        Mistake(lambda predicted, true: 1 - share(predicted, true), "That is the share of wrong ones.")
    ],
)


def cell(code, notebook, name="<cell>"):
    """Run a cell as a notebook does; return the function `f` that it has defined."""
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    exec(compile(code, name, "exec"), notebook)
    return notebook["f"]


@pytest.mark.parametrize(
    ("function", "status", "words"),
    [
        (lambda p, t: (p == t).mean(), RIGHT, ""),
        (lambda p, t: np.array((p == t).sum() / len(p)), RIGHT, ""),
        (lambda p, t: fractions.Fraction(int((p == t).sum()), len(p)), RIGHT, ""),
        (lambda p, t: (p != t).mean(), NOT_YET, "the share of wrong ones"),
        # Right for small whole numbers alone: the sum of uint8 overflows, and labels are names, not amounts.
        (lambda p, t: (p == t).astype("uint8").sum(dtype="uint8") / len(p), NOT_YET, "three hundred birds"),
        (lambda p, t: 1 - np.minimum(abs(p.astype(int) - t), 1).mean(), RIGHT, ""),
        (lambda p, t: 1 - abs(p.astype(int) - t).mean(), NOT_YET, "Expected: "),
        (lambda p, t: str(share(p, t)), NOT_YET, "a text, not a number"),
        (lambda p, t: [share(p, t)], NOT_YET, "numbers in a row, not a number"),
        (lambda p, t: bool(share(p, t)), NOT_YET, "a truth value, not a number"),
        (lambda p, t: print(share(p, t)), NOT_YET, "prints what it finds and returns nothing"),
        (lambda p, t: None if share(p, t) == 0 else share(p, t), NOT_YET, "it returns None, nothing, not a number"),
        (functools.partial(share), RIGHT, ""),
    ],
)  # fmt: skip
def test_a_function_is_tried_on_many_inputs_against_a_reference(function, status, words, capsys):
    got, reason = SHARE.judge(function)
    assert got is status and words in reason
    assert "np.float64" not in reason and not capsys.readouterr().out


def test_what_is_drawn_is_awkward_and_the_same_each_time():
    randoms = [np.random.default_rng(seed) for seed in range(36)]
    sizes = [draws.size(random, 12) for random in randoms]
    assert {1, 2, 11} <= set(sizes) and max(sizes) <= 12
    assert sizes == [draws.size(np.random.default_rng(seed), 12) for seed in range(36)]
    assert {draws.labels(random, 3).dtype.name for random in randoms} == {"int64", "int32", "uint8"}
    lengths = [len(draws.content(random)) for random in randoms]
    assert min(lengths) < 20 and max(lengths) > 65_536
    numbers = draws.reals(randoms[0], 50)
    assert (numbers < 0).any() and (numbers > 0).any() and (numbers != np.round(numbers)).all()
    for random in randoms:
        weights = draws.weights(random)
        changed = [(a != b).sum() for a, b in zip(weights, draws.nudged(random, weights), strict=True)]
        assert sum(changed) == 1


def test_the_smallest_input_that_shows_it_is_told_with_what_came_and_what_was_expected():
    _, reason = SHARE.judge(lambda p, t: share(p, t) + 1)
    assert "`np.array([" in reason and ", it returns " in reason and ". Expected: " in reason
    shown = eval(reason.split("`")[1], {"np": np})
    assert len(shown) == 1


def test_of_equally_long_inputs_the_smallest_number_is_told_and_what_the_function_never_reads():
    check = Function(
        reference=lambda n, every: (np.arange(n)[::every], np.arange(n)),
        draw=lambda random: (int(random.integers(20, 60)), int(random.integers(2, 9))),
    )
    numbers = sorted(case.arguments for case in check.trials if case.arguments[1] != 5)
    _, reason = check.judge(lambda n, every: (np.arange(n)[::5], np.arange(n)))
    assert f"Called with `{min(numbers, key=sum)[0]}`," in reason
    assert "it returns 2 things, of which the first is " in reason and "never reads `every`" in reason


def test_a_probe_that_returns_several_things_tells_which_is_wrong():
    check = Function(
        reference=lambda n: (np.arange(n), np.arange(9)),
        draw=lambda random: (4,),
        probe=lambda function, n: [np.sort(part) for part in function(n)],
    )
    _, reason = check.judge(lambda n: (np.arange(n), np.arange(8)))
    assert reason.endswith("the result is 2 things, of which the second is 8 numbers. Expected: 9 numbers.")


def test_of_many_numbers_the_first_that_is_off_is_told():
    check = Function(reference=lambda n: np.arange(n * 10) / 4, draw=lambda random: (9,))

    def wrong(n):
        numbers = np.arange(n * 10) / 4
        numbers[7] = -1
        return numbers

    said = "it returns 90 numbers, as it should, but 1 of 90 are off: the one at [7] is -1.0. Expected there: 1.75."
    assert said in check.judge(wrong)[1]


def test_who_changes_the_arguments_prints_or_never_ends_is_told_in_seconds(capsys):
    check = Function(reference=lambda x: x[:1], draw=lambda r: (draws.reals(r, 3),), seconds=0.2)

    def spoils(x):
        x[1] = 0
        return x[:1]

    def chatters(x):
        print("a line", x)
        return x[:1]

    def loops(x):
        while True:
            try:
                x = x + 1
            except Exception:
                pass

    start = time.monotonic()
    assert "it changes its input" in check.judge(spoils)[1]
    assert check.judge(chatters)[0] is RIGHT
    assert "it has not ended after 0.2 seconds" in check.judge(loops)[1]
    assert time.monotonic() - start < 10
    assert not capsys.readouterr().out


def test_a_function_that_only_copes_with_few_inputs_is_slow_not_right():
    check = Function(reference=abs, draw=lambda r: (-int(r.integers(9)),), seconds=0.005)
    assert "too slow" in check.judge(lambda x: abs(x) + 0 * sum(range(100_000)))[1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("(predicted == true).mean()", "reads `predicted`, `true`, which the notebook has, and not `p`, `t`"),
        (
            "len([i for i in t if i in predicted])",
            "It reads `predicted`, which the notebook has, and not `p`",
        ),
        ("(p == true).mean() if len(p) == len(t) else 0", "`true` of the notebook, too: should that be"),
        ("(p == t).mean() + ONE", "it returns 2.0. Expected: 1.0.$"),
    ],
)
def test_variables_of_the_notebook_that_stand_where_an_argument_was_meant_are_told(body, words):
    notebook = {"predicted": np.array([1, 2, 2]), "true": np.array([1, 2, 3]), "ONE": 1}
    check = Function(cases=[Case((np.array([1, 2]), np.array([1, 2])), 1.0)])
    assert re.search(words, check.judge(cell(f"def f(p, t):\n    return {body}", notebook))[1])


def test_one_call_is_enough_to_see_that_the_argument_is_not_used():
    calls = []
    notebook = {"slow": np.array([1, 2]), "count": calls.append}
    answer = cell("def f(p, t):\n    count(1)\n    return slow.sum()", notebook)
    assert "reads `slow`" in SHARE.judge(answer)[1] and len(calls) == 1


def test_what_functions_inside_a_function_read_counts():
    def outer(a, b, c):
        return [(lambda: a)(), *(x + b for x in range(3))]

    assert unused_arguments(outer) == ["c"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "def f(x):\n\n    y = x\n    return y[99]",
            "in line 4 of your cell (`return y[99]`) with IndexError",
        ),
        (
            "def g(x):\n    return x[99]\n\ndef f(x):\n    return g(x)",
            "in line 2 of your cell (`return x[99]`)",
        ),
        ("def f(x):\n    return sorted(x, key=lambda one: one.a)", "in line 2 of your cell (`return sorted("),
        (
            "def f(x):\n    y = 1\n    return given(x)",
            "in line 6 of the cell that defines `given` (`return x.no`), which line 3 of your cell calls, with Attr",
        ),
    ],
)
@pytest.mark.parametrize("probe", [None, lambda f, x: f(x)], ids=["called", "probed"])
def test_the_line_that_is_named_is_the_line_that_failed(code, words, probe):
    notebook = {"f": None}
    cell("\n" * 4 + "def given(x):\n    return x.no", notebook, "<earlier>")
    check = Function(cases=[Case(([1.0, 2.0],), 1.0)], probe=probe)
    assert words in check.judge(cell(code, notebook))[1]


@pytest.mark.parametrize(
    ("code", "fleeting"),
    [
        ("import hashlib\ndef f(x):\n    return hashlib.sha256(x).hexdigest()", False),
        ("from zlib import crc32 as c\ndef g(x): return c(x)\ndef f(x):\n    print(x)\n    return str(g(x))", False),
        ("def f(x):\n    return str(hash(x))", True),
        ("def f(x):\n    return str(x.__hash__())", True),
        ("import time\ndef f(x):\n    return time.time() > 0 and str(x)", False),
        ("import datetime\ndef f(x):\n    return f'{x}{datetime.date.today()}'", True),
        ("from datetime import datetime as d\ndef f(x):\n    return f'{x}{d.now().day}'", True),
        ("import time\ndef f(x):\n    return f'{x}{time.time() // 86_400}'", True),
        ("my = hash\ndef g(x):\n    return my(x)\ndef f(x):\n    return str(g(x))", True),
        ("def f(x):\n    return '-'.join({str(x), str(x[1:]), 'owl', 'rail', 'kite', 'crow'})", True),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_must_be_the_same_tomorrow_is_asked_in_another_process(code, fleeting):
    def keeps(key, one, other):
        return "the same" if key(one) == key(other) else "another"

    check = Function(
        cases=[Case((b"owl", b"owl"), "the same")], probe=keeps, lasting=lambda random: (b"owl",)
    )
    status, reason = check.judge(cell(code, {"__name__": "__main__"}))
    assert (status, "Called tomorrow, in another Python" in reason) == (
        NOT_YET if fleeting else RIGHT,
        fleeting,
    )


def test_a_check_needs_something_to_try_and_a_reference_that_takes_it():
    with pytest.raises(TypeError, match="belong together"):
        Function(reference=abs)
    with pytest.raises(TypeError, match="neither"):
        Function()
    with pytest.raises(TypeError, match="must return a tuple"):
        Function(reference=abs, draw=lambda random: 3).judge(abs)
    with pytest.raises(ValueError, match="must take what is drawn"):
        Function(reference=abs, draw=lambda random: ("a",)).judge(abs)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (np.array(["a", "b"]), ["a", "b"], True),
        (("a", "b"), np.array(["a", "b"]), True),
        (pd.Series([1, 2]), (1, 2), True),
        (np.True_, True, True),
        ({"b": 2, "a": 1}, {"a": 1, "b": 2}, True),
        ([np.array([1.0]), 3], ([1.0], 3.0), True),
        (pd.Series({"b": 2, "a": 1}), pd.Series({"a": 1, "b": 2}), True),
        ([], [], True),
        ("ab", ["a", "b"], False),
        ("1", 1, False),
        (True, 1, False),
        (["a"], ["a", "b"], False),
        ([[1.0, 2.0]], [1.0, 2.0], False),
        ([], 0, False),
    ],
)
def test_the_same_thing_in_other_clothes_agrees(one, other, same):
    assert agree(one, other) is same


@pytest.mark.parametrize(
    ("got", "words"),
    [
        ([np.zeros((1, 2)), np.ones(2), 2.0], "number 3 is off: number 3 is 2.0. Expected there: 1.0."),
        (
            [np.ones((1, 2)), np.zeros(2), 1.0],
            "number 1, 2 are off: number 1 is [[1.0, 1.0]]. Expected there: [[0.0,",
        ),
        ([np.zeros((1, 2)), 7, 1.0], "number 2 is a single number. Expected there: 2 numbers."),
        ([np.zeros((1, 2)), "birds", 1.0], "number 2 is 'birds'. Expected there: [1.0, 1.0]."),
        ([np.zeros((1, 2)), np.ones(2)], "returns 2 things. Expected: 3."),
    ],
)
def test_of_several_arrays_those_that_are_off_are_named(got, words):
    check = Function(reference=lambda x: [np.zeros((1, 2)), np.ones(2), 1.0], draw=lambda random: (1,))
    assert words in check.judge(lambda x: got)[1]

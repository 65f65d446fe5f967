"""The checks of arguments: what they take comes as plain Python, all else is refused by name."""

import re
from pathlib import Path

import numpy as np
import pytest

from course_utils.arguments import as_path, number, shortened, whole_number

NO_NUMBERS = [
    None,
    True,
    np.True_,
    "3",
    b"3",
    [1],
    (2,),
    {},
    {1},
    np.array([1, 2]),
    np.zeros((1, 1)),
    1j,
    print,
]
NOT_FINITE = [float("nan"), float("inf"), np.float32("-inf")]


def taken(check, values, words):
    """Return the values that a check takes, or refuses in other words."""
    found = []
    for value in values:
        try:
            check(value)
        except ValueError as refusal:
            if re.search(words, str(refusal)):
                continue
        found.append(value)
    return found


def test_only_whole_numbers_within_their_limits_are_taken():
    words = "^`n` must be a whole number between 2 and 9: few. Received: .*"
    odd = [*NO_NUMBERS, *NOT_FINITE, 3.0, 2.5, np.float64(3), 1, 0, -3, 10, 2**70]
    assert taken(lambda value: whole_number("n", value, 2, 9, ": few"), odd, words) == []
    assert (
        taken(lambda value: whole_number("n", value, 1), [0, -1, True], "whole number of at least 1. Rec")
        == []
    )
    for value in (3, np.int64(3), np.uint8(3), np.array(3)):
        assert type(whole_number("n", value, 2, 9)) is int and whole_number("n", value, 3, 3) == 3
    with pytest.raises(ValueError, match=r"Received: \['a', 'b'\]. Write len\(n\)"):
        whole_number("n", ["a", "b"], 1)


def test_only_finite_numbers_within_their_limits_are_taken():
    words = "^`x` must be a share. Received: .*"
    odd = [*NO_NUMBERS, *NOT_FINITE, -0.1, 1.001]
    assert taken(lambda value: number("x", value, 0, 1, "a share"), odd, words) == []
    assert (
        taken(lambda value: number("x", value), [*NO_NUMBERS, *NOT_FINITE], "`x` must be a number. Rec") == []
    )
    for value in (0.5, np.float32(0.5), np.array(0.5), 1, np.int8(1)):
        assert type(number("x", value, 0, 1)) in (int, float) and number("x", value, 0, 1) == value


def test_only_paths_are_taken(monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    odd = [None, 5, 1.5, b"/tmp", ["/tmp"], "", "a\0b"]
    assert (
        taken(lambda value: as_path("folder", value, "a path"), odd, "^`folder` must be a path. Received: ")
        == []
    )
    assert (
        as_path("folder", "~/birds", "") == as_path("folder", Path("~/birds"), "") == Path("/home/me/birds")
    )


def test_what_came_is_shown_on_one_short_line():
    assert shortened("x\n") == r"'x\n'" and shortened(np.zeros((2, 2))) == "array([[0., 0.], [0., 0.]])"
    assert len(shortened("x" * 999)) < 130 and shortened("x" * 999).endswith("(str)")

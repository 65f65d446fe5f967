"""Answers that people give: right ones are right, wrong ones hear what is wrong, and none ends in a stack trace."""

import os
from dataclasses import dataclass

import pytest

from tools.notebooks.bank import BANK, lesson_of, problem, read_bank, tried
from tools.project import REPO

BANKS = sorted(BANK.glob("*.py"))
GOOD = REPO / "tests" / "lessons" / "01_good.py"


@pytest.mark.thorough  # runs the lesson
@pytest.mark.parametrize("file", BANKS, ids=[file.stem for file in BANKS])
def test_answers_hear_what_they_should(file, subtests):
    for answer, heard in tried(lesson_of(file), read_bank(file)):
        with subtests.test(msg=str(answer)):
            assert not problem(answer, heard)


@pytest.fixture
def heard(tmp_path, monkeypatch):
    """Try one answer cell of a lesson that has its own exercise; return what is wrong with what it hears."""
    from course_utils.exercises import asking, lesson_source

    monkeypatch.setattr(
        asking, "find_source", lambda kind, name: lesson_source.read_lesson(GOOD).exercises[name]
    )

    def trying(cell):
        (tmp_path / "01.py").write_text(cell, "utf-8")
        asking.exercise.cache_clear()
        ((answer, said),) = tried(GOOD, read_bank(tmp_path / "01.py"))
        return problem(answer, said)

    yield trying
    asking.exercise.cache_clear()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('# %% right="1.1"\ntwice = 2 * sum(eggs)', ""),
        ('# %% wrong="1.1" says="as many"\ntwice = sum(eggs)', ""),
        ('# %% untried="1.1"\ntwice = ...', ""),
        ('# %% wrong="1.1"\neggs.append(9)\ntwice = eggs.clear()', ""),
        ('# %% wrong="1.1" tags=["generic"]\ntwice = 17', ""),
        ('# %% wrong="1.1" tags=["stops"]\ntwice = eggs[99]', ""),
        ('# %% right="1.1"\ntwice = sum(eggs)', "That is as many as before."),
        ('# %% wrong="1.1"\ntwice = 18', "✔"),
        ('# %% wrong="1.1"\ntwice = 17', "no reason of its own"),
        ('# %% wrong="1.1" says="nests"\ntwice = sum(eggs)', "should say 'nests'"),
        ('# %% wrong="1.1"\ntwice = eggs[99]', "its own cell stops with IndexError"),
        ('# %% wrong="1.1"\ntwice = = 3', "its own cell stops with SyntaxError"),
        ('# %% right="1.2"\ntwice = 18', "01_good.py has no answer cell"),
        ('# %% wrong="1.1"\nanother_name = 18', "STACK TRACE NameError"),
    ],
)
def test_the_bank_tells_answers_that_hear_the_wrong_thing(heard, cell, words):
    said = heard(cell)
    assert words in said and bool(words) == bool(said)


def test_a_cell_of_a_bank_says_what_it_is(tmp_path):
    (tmp_path / "01.py").write_text("# %%\ntwice = 3", "utf-8")
    with pytest.raises(ValueError, match="must begin with"):
        read_bank(tmp_path / "01.py")


def test_an_answer_changes_nothing_for_the_next():
    import keras
    import numpy as np

    from tools.notebooks.states import restored, using_copies

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3), keras.layers.Dense(1)])
    notebook = {"model": model, "data": [np.zeros(2)], "also": None}
    notebook["also"] = notebook["data"][0]
    before = model.get_weights()
    code = "model.trainable = False\nmodel.pop()\ndata[0][0] = also[1] = 5\n"
    code += "model.layers[0].set_weights([0 * kernel for kernel in model.layers[0].get_weights()])"
    with restored(notebook, code):
        exec(code, using_copies(notebook, code))
        assert len(model.layers) == 1
    assert len(model.layers) == 2 and model.layers[0].trainable and not notebook["also"].any()
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), before, strict=True))


def test_models_inside_other_variables_are_put_back_and_never_copied():
    import keras
    import numpy as np

    from tools.notebooks.states import restored, using_copies

    @dataclass
    class Expert:
        model: keras.Model
        names: list

    first, second = (keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]) for _ in range(2))
    notebook = {"week": {"Sunday": (first, [1, 2])}, "expert": Expert(second, ["a"])}
    before = [model.get_weights()[0] for model in (first, second)]
    code = "week['Sunday'][0].set_weights([np.ones((2, 1)), np.ones(1)])\nweek['Sunday'][1].clear()\n"
    code += "expert.model.trainable = False\nexpert.names.clear()"
    with restored(notebook, code):
        own = using_copies(notebook | {"np": np}, code)
        exec(code, own)
        assert own["week"]["Sunday"][0] is first and own["expert"].model is second
    assert notebook["week"]["Sunday"][1] == [1, 2] and notebook["expert"].names == ["a"]
    assert second.trainable
    for model, kernel in zip((first, second), before, strict=True):
        np.testing.assert_array_equal(model.get_weights()[0], kernel)


def test_a_cell_leaves_no_figure_open(heard):
    import matplotlib.pyplot as plt

    assert not heard('# %% right="1.1"\nimport matplotlib.pyplot as plt\nplt.figure()\ntwice = 18')
    assert not plt.get_fignums()


def test_kernels_that_start_later_draw_as_ever():
    assert (
        os.environ.get("MPLBACKEND", "").lower() != "agg"
    )  # the bank draws nothing, by Matplotlib's own setting

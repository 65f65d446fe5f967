"""The run with Colab's versions takes the notebooks that are asked for."""

import pytest

from tools.release import colab_check


def test_colab_check_takes_the_lessons_that_are_asked_for(capsys):
    assert {path.name[:2] for path in colab_check._notebooks(["05"])} == {"05"}
    with pytest.raises(SystemExit):
        colab_check.main(["99"])
    assert "`lesson` must be one of" in capsys.readouterr().err

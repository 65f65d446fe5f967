"""Model cards say how good a backbone is on its source."""

import pytest

from course_utils.backbones import source_accuracy
from course_utils.backbones.records import RECORDS
from course_utils.errors import DataError

OWN = [record for record in RECORDS.values() if record.is_own]


@pytest.mark.parametrize("record", OWN, ids=lambda record: record.name)
def test_the_card_of_each_backbone_of_ours_says_how_good_it_is(record):
    assert 0.8 < source_accuracy(record.name) < 1
    rows = record.own_file("model_card.md").read_text("utf-8").split("| all |")
    assert f"{100 * source_accuracy(record.name):.1f}%" in rows[1].splitlines()[0]


@pytest.mark.parametrize("name", ["efficientnet_lite0", "vgg16"])
def test_others_are_said_to_have_none(name):
    with pytest.raises(DataError, match=f"'{name}' on its source"):
        source_accuracy(name)

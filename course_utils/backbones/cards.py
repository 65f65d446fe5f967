"""What the model cards of our own backbones say."""

import re

from course_utils.backbones.records import find_record
from course_utils.errors import DataError

_ALL = re.compile(r"^\| all \|.*?\| ([\d.]+)% \|", re.MULTILINE)


def source_accuracy(name: str) -> float:
    """Return the top-1 accuracy of a backbone of our own on test pictures of the classes that it was trained on.

    Raises
    ------
    DataError : its card does not say: it is another's.
    """
    record = find_record(name)
    card = record.own_file("model_card.md") if record.folder else None
    found = _ALL.search(card.read_text("utf-8")) if card else None
    if not found:
        raise DataError(
            f"the accuracy of {name!r} on its source is not in its card",
            expected="a backbone of the course's own, mini_...",
            received=f"weights from {record.weights}",
            do="look into the paper that describes the network, see describe()",
        )
    return float(found[1]) / 100

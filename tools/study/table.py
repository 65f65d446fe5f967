"""The table of the study: a row for each training, written whole, in one order, by one process at a time."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from filelock import FileLock, Timeout

from course_utils.drafts import remove_abandoned, whole_file
from course_utils.errors import DataError


class Cell(NamedTuple):
    """Where a row belongs: there is one for each."""

    data_set: str
    backbone: str
    arm: str
    seed: int


class Row(NamedTuple):
    """One training. `key` stands for all that its result depends on, besides the seed.

    Attributes
    ----------
    classes, train, test : how many classes, and pictures to train and to test with.
    accuracy, seen, unseen : shares of the test pictures that are named right, of all, of classes that the backbone
        was trained on, and of others; None where it is not known which are which.
    seconds : what it took, without the drawing of pictures; the more, the more trainings ran side by side.
    """

    data_set: str
    backbone: str
    arm: str
    seed: int
    classes: int
    train: int
    test: int
    accuracy: float
    seen: float | None
    unseen: float | None
    seconds: float
    key: str

    @property
    def cell(self) -> Cell:
        return Cell(*self[: len(Cell._fields)])

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> Self:
        kinds = (str, str, str, int, int, int, int, float, _share, _share, float, str)
        return cls(*(kind(texts[name]) for kind, name in zip(kinds, cls._fields, strict=True)))

    def texts(self) -> list[str]:
        """Return what stands in the file: shares with four digits, seconds with one."""
        shares = [
            "" if share is None else f"{share:.4f}" for share in (self.accuracy, self.seen, self.unseen)
        ]
        return [*map(str, self[:7]), *shares, f"{self.seconds:.1f}", self.key]


def _share(text: str) -> float | None:
    return float(text) if text else None


class Table:
    """The rows in a file, by where they belong.

    Parameters
    ----------
    file : where they are; it may be missing.
    order : names of data sets, backbones and arms in the order in which rows are written. Names that are not among
        them come behind, in the alphabet's.

    Raises
    ------
    DataError : the file holds something else.
    """

    def __init__(self, file: Path, order: tuple[list[str], list[str], list[str]]):
        self.file, self._places = file, [{name: i for i, name in enumerate(names)} for names in order]
        self.rows: dict[Cell, Row] = {row.cell: row for row in _read(file)}

    def has(self, cell: Cell, key: str) -> bool:
        """Return whether a row is there that was made of the same."""
        return cell in self.rows and self.rows[cell].key == key

    def put(self, row: Row) -> None:
        """Add a row, in place of one that was made of something else, and write the file anew."""
        self.rows[row.cell] = Row.read(dict(zip(Row._fields, row.texts(), strict=True)))
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(self.rows[cell].texts() for cell in sorted(self.rows, key=self._place))
        with whole_file(self.file) as stream:
            stream.write(text.getvalue().encode())

    def _place(self, cell: Cell) -> tuple:
        names = [
            (place.get(name, len(place)), name) for place, name in zip(self._places, cell[:3], strict=True)
        ]
        return *names, cell.seed


def _read(file: Path) -> Iterator[Row]:
    if not file.exists():
        return
    with open(file, newline="", encoding="utf-8") as stream:
        lines = csv.DictReader(stream)
        try:
            if lines.fieldnames != list(Row._fields):
                raise ValueError(", ".join(lines.fieldnames or ["nothing"]))
            yield from map(Row.read, lines)
        except (ValueError, TypeError, UnicodeDecodeError, csv.Error) as error:
            raise DataError(
                f"{file} is no table of the study",
                expected=f"the columns {', '.join(Row._fields)}, and a number or a name in each",
                received=f"line {lines.line_num}: {error}",
                do="put back the file as it was, or delete it: the rows are then computed anew",
            ) from error


@contextmanager
def only_writer(file: Path, folder: Path) -> Iterator[None]:
    """Let nobody else write a table meanwhile. A killed process lets go of it by itself.

    Parameters
    ----------
    folder : where the lock lies: one that is left behind is no debris there.

    Raises
    ------
    DataError : another process is at it.
    """
    for needed in (folder, file.parent):
        needed.mkdir(parents=True, exist_ok=True)
    name = hashlib.blake2b(str(file.absolute()).encode(), digest_size=6).hexdigest()
    try:
        with FileLock(folder / f"{file.stem}-{name}.lock", timeout=0):
            remove_abandoned(file.parent)
            yield
    except Timeout as error:
        raise DataError(
            f"{file} is being written",
            expected="one study at a time for one table",
            received="another process that has begun and not ended",
            do="wait for it, or write elsewhere with --out",
        ) from error

"""Lesson 07's table, data/fine_tuning.csv: which trainings there are, and those that are missing computed.

    python -m tools.measure.fine_tuning_table               all that are missing: forty minutes on one core
    python -m tools.measure.fine_tuning_table arms --seeds 1    some of them

Kill it at any time: a training that is in the table is not repeated. After a change to drawings, backbone or
`fine_tuning.py` delete the table.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from pathlib import Path

import pandas as pd

from tools.project import before_tensorflow, parser

before_tensorflow()

from course_utils.drafts import whole_file
from course_utils.paths import data_folder
from tools.measure.fine_tuning import Birds, Outcome, Settings, Trainer, run
from tools.measure.run import drawn_birds

# How many trainings of a kind; of the others there are three.
SEEDS = {"arms": 5, "depths": 5, "rates": 5, "larger rate": 5, "pictures": 5, "widget": 1}
MAIN = Settings(0)
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
FROZEN = replace(MAIN, epochs=0)


def _at(rate: float, **others: object) -> Settings:
    return replace(MAIN, rate=rate, head_rate=rate, **others)


# What each study compares, by name: seed 0 of each.
STUDIES: dict[str, dict[str, Settings]] = {
    "arms": {
        "frozen": FROZEN,
        "all at once": replace(MAIN, head="fresh", norm="training"),
        "two stages": MAIN,
        "two stages, BatchNorm awake": replace(MAIN, norm="training"),
        "all at once, BatchNorm frozen": replace(MAIN, head="fresh"),
    },
    # The first block that trains: from the head alone to all.
    "depths": {
        name: replace(MAIN, depth=name) for name in ("head", "block_13", "block_10", "block_6", "all")
    },
    "rates": {f"{rate:g}": _at(rate, held=True) for rate in RATES},
    "larger rate": {"0.003": _at(3e-3)},  # what validation asks for, on all pictures
    "optimisers": {
        "Adam 0.001": MAIN,
        "SGD 0.0001": _at(1e-4, optimizer="sgd"),
        "SGD 0.001": _at(1e-3, optimizer="sgd"),
        "SGD 0.01": _at(1e-2, optimizer="sgd"),
    },
    "pictures": {
        f"{n}, {what}": replace(MAIN, per_class=n, epochs=epochs)
        for n in (2, 5, 10, 20)
        for what, epochs in (("frozen", 0), ("fine-tuned", 300 // n))
    },
    "fresh rates": {f"{rate:g}": _at(rate, head="fresh", held=True) for rate in (1e-3, 1e-4, 1e-2)},
    "two rates": {f"{rate:g}": replace(MAIN, rate=rate) for rate in (1e-3, 1e-4, 3e-4)},
    "widget": {
        f"{depth}, {rate:g}, {head_rate:g}": replace(
            MAIN, head="fresh", depth=depth, rate=rate, head_rate=head_rate, held=True
        )
        for depth in ("all", "block_13")
        for rate in (1e-3, 1e-4, 1e-2)
        for head_rate in (1e-3, 1e-2)
    },
}
_OURS, _FOUND = ([field.name for field in fields(kind)] for kind in (Settings, Outcome))


def listed(studies: Iterable[str] = STUDIES, seeds: int = 5) -> list[tuple[str, str, Settings]]:
    """Return (study, name, settings) of each training that the studies ask for; some are in several."""
    return [
        (study, name, replace(settings, seed=seed))
        for study in studies
        for seed in range(min(seeds, SEEDS.get(study, 3)))
        for name, settings in STUDIES[study].items()
    ]


def table_file() -> Path:
    return data_folder() / "fine_tuning.csv"


def read(file: Path) -> dict[Settings, Outcome]:
    """Return the trainings that a table has; none where there is no file."""
    if not file.exists():
        return {}
    table = pd.read_csv(file)
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return {
        Settings(**{name: row[name] for name in _OURS}): Outcome(**{name: row[name] for name in _FOUND})
        for row in rows
    }


def write(file: Path, trainings: dict[Settings, Outcome]) -> None:
    """Write a row for each training of each study, whole."""
    rows = [
        {"study": study, "name": name} | asdict(settings) | asdict(trainings[settings])
        for study, name, settings in listed()
        if settings in trainings
    ]
    with whole_file(file) as stream:
        stream.write(
            pd.DataFrame(rows).to_csv(index=False, float_format="%.4g", lineterminator="\n").encode()
        )


def compute(file: Path, studies: Iterable[str], seeds: int = 5) -> None:
    """Compute the trainings that are missing, and write the table after each."""
    trainings, birds, trainers = read(file), {}, {}
    for study, name, one in listed(studies, seeds):
        if one in trainings:
            continue
        birds[one.seed] = birds.get(one.seed) or Birds(drawn_birds(one.seed))
        trainers[one.network] = trainers.get(one.network) or Trainer(one.network, birds[one.seed].n_classes)
        found = trainings[one] = run(trainers[one.network], birds[one.seed], one)
        write(file, trainings)
        said = ", ".join(f"{key} {value:.3f}" for key, value in asdict(found).items() if value is not None)
        print(f"{study}: {name}, seed {one.seed}: {said}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    program = parser(__doc__)
    program.add_argument("studies", nargs="*", help=f"of {', '.join(STUDIES)}; all by default")
    program.add_argument("--seeds", type=int, default=5, help="how many of a kind, at most")
    args = program.parse_args(arguments)
    chosen = args.studies or STUDIES
    if unknown := set(chosen) - set(STUDIES):
        program.error(f"studies must be of {', '.join(STUDIES)}. Received: {min(unknown)}")
    compute(table_file(), chosen, args.seeds)


if __name__ == "__main__":
    main()

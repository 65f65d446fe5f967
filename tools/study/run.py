"""The study of lesson 08: each backbone on each data set, used in several ways, five times each, in one table.

    python -m tools.study.run                         all that is not in data/study.csv yet
    python -m tools.study.run --only leaves frozen    of that, what has these names
    python -m tools.study.run --photos                the same on real photos, into data/study_photos.csv
    python -m tools.study.run --folder my/birds       on photos of your own, a folder for each class

Kill it at any time: what is in the table is never computed again, unless pictures, weights or the recipe have changed.
Trainings run side by side, each in a process with its share of the cores: small networks leave most of them idle.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache, lru_cache, partial
from pathlib import Path

from tools.project import REAL, REPO, before_tensorflow, parser

before_tensorflow(training=__name__ == "__main__")

import keras

from course_utils.backbones.records import RECORDS, find_record
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets.pets import BREEDS_NOT_IN_IMAGENET
from course_utils.environment.course import Course
from course_utils.errors import DataError
from course_utils.machine import cores
from course_utils.paths import data_folder, data_root
from tools.study import networks, plan, sets
from tools.study.arms import ARMS, Arm
from tools.study.plan import Job
from tools.study.table import Cell, Row, Table, only_writer
from tools.study.training import Trainer, shares
from tools.study.workers import side_by_side

FOLDER = REPO / "build" / "study"


class Study:
    """The data sets, each drawn or read when it is needed, and what becomes of them."""

    def __init__(self, data_sets: list[sets.StudySet], store: BottleneckCache):
        self.sets, self._store = {one.name: one for one in data_sets}, store
        self.load = cache(lambda name, seed: self.sets[name].load(seed))
        # the next training is most often another seed of the same
        self._trainer = lru_cache(1)(self._new_trainer)
        self._digest = cache(lambda name, seed: self.sets[name].digest(self.load(name, seed)))
        self._network = cache(lambda name, arm: networks.digest(find_record(name), arm_of(name, arm)))

    def job(self, cell: Cell) -> Job:
        data, backbone = self._digest(cell.data_set, cell.seed), self._network(cell.backbone, cell.arm)
        return Job(cell, plan.key_of(arm_of(cell.backbone, cell.arm), data, backbone))

    def row(self, job: Job) -> Row:
        """Compute one."""
        dataset = self.load(job.cell.data_set, job.cell.seed)
        trainer = self._trainer(job.cell.backbone, job.cell.arm, len(dataset.class_names))
        right, seconds = trainer.run(dataset, job.cell.seed)
        counts = (len(dataset.class_names), *(len(dataset.rows(split)) for split in ("train", "test")))
        return Row(*job.cell, *counts, *shares(right, dataset), seconds, job.key)

    def _new_trainer(self, backbone: str, arm: str, n_classes: int) -> Trainer:
        keras.backend.clear_session()  # the last network's memory
        return Trainer(find_record(backbone), arm_of(backbone, arm), n_classes, self._store)


def arm_of(backbone: str, arm: str) -> Arm:
    """Return what an arm is for a backbone."""
    return ARMS[arm] if find_record(backbone).is_own else ARMS[arm].on_photos()


def study_of(args: argparse.Namespace, folder: Path) -> Study:
    """Return the study that a command asks for; `folder` has its drawings and features."""
    return Study(data_sets(args, folder), BottleneckCache(folder / "bottlenecks"))


@cache
def own_study(arguments: tuple[str, ...], folder: Path) -> Study:
    """Return the same in a process that computes for a command, which keeps its own."""
    return study_of(read_arguments(list(arguments)), folder)


def row_of(arguments: tuple[str, ...], folder: Path, job: Job) -> Row:
    """Compute a row in such a process."""
    return own_study(arguments, folder).row(job)


def compute(
    compute_row: Callable[[Job], Row],
    table: Table,
    jobs: list[Job],
    args: argparse.Namespace,
    say: Callable = print,
) -> int:
    """Compute rows until all are there, or the time is up; return how many are left.

    A training that would not end in time, going by those before it, is not begun. After one that fails none is: those
    beside it end, and are put into the table.

    Raises
    ------
    DataError : a process has been killed.
    """
    start, left, running, failed = time.perf_counter(), list(jobs), {}, []

    def put_done() -> None:
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(done)
            if error := done.exception():
                failed.append(error)
                say(f"{', '.join(map(str, job.cell))} failed: {error!r}; {len(running)} others end")
                continue
            table.put(row := done.result())
            left.remove(job)
            expected = plan.minutes_left(left, table.rows.values(), args.processes)
            say(line(row, len(jobs) - len(left), len(jobs), expected))

    with side_by_side(args.processes) as workers:
        for job in jobs:
            if len(running) == args.processes:
                put_done()
            expected = plan.expected_seconds(job.cell, table.rows.values()) or 0
            if failed or time.perf_counter() - start + expected > 60 * args.minutes:
                break
            running[workers.submit(compute_row, job)] = job
        while running:
            put_done()
    if failed:
        raise _explained(failed[0], args.processes)
    return len(left)


def _explained(error: BaseException, processes: int) -> BaseException:
    if not isinstance(error, BrokenProcessPool):
        return error
    return DataError(
        "a process of the study has been killed",
        expected="memory for each of them",
        received=f"--processes {processes}",
        do="close what else needs memory, or take fewer: `--processes 1`; what is in the table stays",
    )


def line(row: Row, done: int, of: int, left: str) -> str:
    """Return what is said when a training has ended."""
    parts = (
        f"{name} {share:.1%}"
        for name, share in (("seen", row.seen), ("unseen", row.unseen))
        if share is not None
    )
    of_parts = f" ({', '.join(parts)})" if row.seen is not None or row.unseen is not None else ""
    what = f"{row.data_set}, {row.backbone}, {row.arm}, seed {row.seed}"
    return f"[{done}/{of}] {what}: {row.accuracy:.1%}{of_parts}, {row.seconds:.0f} s; {left}"


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    program = parser(__doc__)
    add = program.add_argument
    add(
        "--only",
        nargs="+",
        default=[],
        metavar="NAME",
        help=f"data sets, backbones, arms ({', '.join(ARMS)})",
    )
    add("--seeds", type=int, default=5, help="how many trainings of a kind")
    add("--minutes", type=float, default=float("inf"), help="begin none that would take longer, all together")
    add("--photos", action="store_true", help="CUB and the Oxford pets, with backbones that know ImageNet")
    add(
        "--folder", type=Path, action="append", default=[], help="your own photos; may be given several times"
    )
    add(
        "--backbones",
        nargs="+",
        default=[],
        metavar="NAME",
        help=f"of {', '.join(RECORDS)}; by default all that need no download",
    )
    add("--out", type=Path, help="the table")
    add(
        "--processes",
        type=int,
        help="how many side by side; by default one for each core, at most 4, on a GPU 1",
    )
    args = program.parse_args(arguments)
    if args.seeds < 1:
        program.error(f"--seeds must be at least 1. Received: {args.seeds}")
    if args.processes is None:
        args.processes = 1 if keras.distribution.list_devices("gpu") else min(4, cores())
    if args.processes < 1:
        program.error(f"--processes must be at least 1. Received: {args.processes}")
    return args


def data_sets(args: argparse.Namespace, folder: Path) -> list[sets.StudySet]:
    if args.folder:
        return sets.own_folders(args.folder)
    if not args.photos:
        return sets.drawn_sets(folder)
    course = Course("photo", 0, "", 0, data_root(os.environ), REAL if REAL.is_dir() else None)
    return sets.real_sets(course.birds_folder, course.pets_folder, BREEDS_NOT_IN_IMAGENET)


def table_file(args: argparse.Namespace) -> Path:
    """Return where the rows go: what ships, or for somebody's own photos a file beside the rest of the work."""
    if args.out or args.folder:
        return args.out or FOLDER / "own.csv"
    return data_folder() / ("study_photos.csv" if args.photos else "study.csv")


def main(arguments: list[str] | None = None) -> None:
    arguments = tuple(sys.argv[1:] if arguments is None else arguments)
    study = study_of(args := read_arguments(list(arguments)), FOLDER)
    row = study.row if args.processes == 1 else partial(row_of, arguments, FOLDER)
    names = args.backbones or networks.at_hand(photos=bool(args.photos or args.folder))
    names = [find_record(name).name for name in names]
    cells = plan.only(plan.cells(list(study.sets), names, ARMS, args.seeds), args.only)
    with only_writer(file := table_file(args), FOLDER):
        table = Table(file, (list(study.sets), list(RECORDS), list(ARMS)))
        jobs = [job for cell in cells if not table.has(*(job := study.job(cell)))]
        expected = plan.minutes_left(jobs, table.rows.values(), args.processes)
        print(f"{len(cells)} trainings, {len(jobs)} of them to do; {expected}")
        left = compute(row, table, jobs, args, partial(print, flush=True))
    print(f"{file}: {f'{left} trainings are left; the same command goes on' if left else 'complete'}")


if __name__ == "__main__":
    main()

"""Pre-train the course's own backbones from scratch on the drawn source set, one after another.

    python -m tools.pretrain.run            all whose weights are not there yet
    python -m tools.pretrain.run NAME ...   these, anew

Draws the pictures once (`build/pretrain`), trains the network that each backbone's record describes, and writes the
weights, the labels and a model card to `data/backbones/NAME/`, for one of them a frozen graph as well. Kill it at any
time: the same command goes on after the last whole epoch. The recipe is in `recipe.py`, what differs from backbone to
backbone in `zoo.py`.
"""

import argparse
import json
import time
from dataclasses import asdict, replace
from pathlib import Path

from tools.project import REPO, before_tensorflow, parser

before_tensorflow(training=__name__ == "__main__")

import keras
import numpy as np

from course_utils.backbones.records import BackboneRecord
from course_utils.paths import data_folder
from tools.pretrain import frozen, report, zoo
from tools.pretrain import source_pictures as source
from tools.pretrain.recipe import (
    Settings,
    build_network,
    compile_network,
    picture_size,
    start_like_he,
    steps_per_epoch,
    training_batches,
)

VAL_PER_CLASS, TEST_PER_CLASS = 20, 50


class Run:
    """A training run and its checkpoint: one file with weights, optimiser and log, always replaced whole."""

    def __init__(self, network: keras.Model, file: Path, settings: Settings, **more: str):
        self.network, self.file, self.log = network, file, []
        self.identity = {**asdict(settings), **more}

    def _variables(self) -> list:
        return [*self.network.variables, *self.network.optimizer.variables]

    def save(self) -> None:
        arrays = {f"v{i:04d}": v.numpy() for i, v in enumerate(self._variables())}
        about = json.dumps({"identity": self.identity, "log": self.log})
        source.save_atomically(self.file, lambda stream: np.savez(stream, about=about, **arrays))

    def resume(self) -> None:
        """Take up the checkpoint if there is one; refuse one that was made with other settings."""
        if not self.file.exists():
            return
        with np.load(self.file) as saved:
            about = json.loads(str(saved["about"]))
            if about["identity"] != self.identity:
                raise SystemExit(
                    f"{self.file} belongs to another run.\n  Expected: {self.identity}\n"
                    f"  Received: {about['identity']}\n"
                    "  What to do: give the same settings, or another --folder, or --fresh to start again."
                )
            for i, variable in enumerate(self._variables()):
                variable.assign(saved[f"v{i:04d}"])
        self.log = about["log"]


def train(
    run: Run, settings: Settings, pictures: dict[str, source.Pictures], sizes: list[int], budget: float
) -> None:
    """Train from the epoch the run has reached to the last, with one line and one checkpoint an epoch."""
    for epoch, px in list(enumerate(sizes))[len(run.log) :]:
        check_budget(run, sizes, budget)
        start, n = time.perf_counter(), 0
        run.network.reset_metrics()
        for inputs, targets in training_batches(pictures["train"], settings, epoch, px):
            so_far = run.network.train_on_batch(inputs, targets, return_dict=True)
            n += len(inputs)
        seconds = time.perf_counter() - start
        scores, labels = report.predict(run.network, pictures["val"], settings.limit, px)
        loss, accuracy = (float(so_far[name]) for name in ("loss", "accuracy"))
        val = report.top_k(scores, labels, 1)
        row = {"px": px, "loss": loss, "train": accuracy, "val": val, "seconds": seconds}
        run.log.append(row)
        run.save()
        print(
            f"epoch {epoch + 1}/{settings.epochs}  {px} px  loss {loss:.3f}  train {accuracy:.1%}  "
            f"val {val:.1%}  {n / seconds:.0f} images/s",
            flush=True,
        )


def check_budget(run: Run, sizes: list[int], budget: float) -> None:
    """End a run that would take longer than its budget, as soon as one epoch tells."""
    if run.log and (needed := report.minutes_needed(run.log, sizes)) > budget:
        raise SystemExit(
            f"{run.identity['backbone']} would train too long on this machine.\n"
            f"  Expected: at most {budget:.0f} minutes\n  Received: about {needed:.0f} minutes\n"
            f"  What to do: give --minutes {needed * 1.1:.0f}, and it goes on; or delete {run.file} "
            "and give fewer --epochs."
        )


def plan_pictures(settings: Settings) -> dict[str, list[source.Shard]]:
    counts = {"train": settings.per_class, "val": VAL_PER_CLASS, "test": TEST_PER_CLASS}
    times = {"train": (settings.bird_times, settings.pet_times)}
    return {
        split: source.plan_shards(split, n, settings.seed, *times.get(split, ()))
        for split, n in counts.items()
    }


def prepare_pictures(
    settings: Settings, folder: Path, workers: int
) -> tuple[dict[str, source.Pictures], str]:
    """Draw what is missing of the three splits and open them; also return the digest of what drew them."""
    plans = plan_pictures(settings)
    missing = source.missing_shards([shard for plan in plans.values() for shard in plan], folder)
    note, digest = folder / "drawn_from.json", source.sketchbook_digest()
    if not note.exists():
        source.save_atomically(note, lambda stream: stream.write(json.dumps(digest).encode()))
    drawn_from = json.loads(note.read_text())
    if drawn_from != digest and missing:
        raise SystemExit(
            f"The sketchbook has changed since the pictures in {folder} were begun.\n"
            f"  Expected: {drawn_from}\n  Received: {digest}\n"
            "  What to do: --fresh draws and trains anew; or give another --folder."
        )
    if drawn_from != digest:
        print(
            f"note: the sketchbook has changed ({drawn_from}, now {digest}); going on with the old pictures"
        )
    start = time.perf_counter()
    source.draw_all(missing, folder, workers)
    if missing:
        print(f"drew {len(missing)} shards in {time.perf_counter() - start:.0f} s", flush=True)
    return {split: source.Pictures(plan, folder) for split, plan in plans.items()}, drawn_from


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    program = parser(__doc__)
    add = program.add_argument
    add("names", nargs="*", metavar="NAME", help=f"of {', '.join(zoo.OWN)}; by default all that are missing")
    add("--per-class", type=int, help="training pictures of a thing; these five in place of the recipe's")
    add("--epochs", type=int)
    add("--batch-size", type=int)
    add("--learning-rate", type=float, help="peak, at batch size 64")
    add("--seed", type=int)
    add("--limit", type=int, help="use only so many pictures of each split (to try things out)")
    add("--workers", type=int, default=2, help="processes that draw")
    add("--folder", type=Path, default=REPO / "build/pretrain", help="work folder")
    add(
        "--minutes", type=float, default=90, help="how long each training may take; a longer one is not begun"
    )
    add("--out", type=Path, default=data_folder(), help="the results go to backbones/NAME in this folder")
    add("--fresh", action="store_true", help="forget pictures and checkpoints in the work folder")
    args = program.parse_args(arguments)
    if unknown := set(args.names) - set(zoo.OWN):  # argparse's own `choices` refuses the empty list
        program.error(f"NAME must be of {', '.join(zoo.OWN)}. Received: {' '.join(sorted(unknown))}")
    return args


def main(arguments: list[str] | None = None) -> None:
    args = read_arguments(arguments)
    if args.fresh:
        source.forget(args.folder)
    for name in args.names or zoo.missing():
        keras.backend.clear_session()  # the last network's memory
        pretrain(zoo.OWN[name], settings_of(name, args), args)
    if not args.names and zoo.is_unfrozen():
        frozen.write_archive(zoo.FROZEN, zoo.FROZEN.own_file("."))


def settings_of(name: str, args: argparse.Namespace) -> Settings:
    """Return a backbone's recipe with what was asked for on the command line."""
    fields = ("per_class", "epochs", "batch_size", "learning_rate", "seed", "limit")
    asked = {field: getattr(args, field) for field in fields}
    return replace(zoo.recipe_of(name), **{key: value for key, value in asked.items() if value is not None})


def pretrain(record: BackboneRecord, settings: Settings, args: argparse.Namespace) -> None:
    """Train one backbone, or go on where that was left, and write what came out."""
    pictures, digest = prepare_pictures(settings, args.folder, args.workers)
    print(f"{record.name}: {pictures['train']}; {settings}", flush=True)
    keras.utils.set_random_seed(settings.seed)
    network = build_network(record, len(pictures["train"].class_names))
    if settings.he:
        start_like_he(network)
    compile_network(network, settings, steps_per_epoch(len(pictures["train"]), settings))
    file = args.folder / f"checkpoint-{record.name}.npz"
    run = Run(network, file, settings, pictures=digest, backbone=record.name)
    run.resume()
    if run.log:
        print(f"going on after epoch {len(run.log)}", flush=True)
    sizes = [picture_size(epoch, settings.epochs, record.smallest) for epoch in range(settings.epochs)]
    train(run, settings, pictures, sizes, args.minutes)
    out = args.out / record.folder
    report.publish(network, pictures["val"], pictures["test"], run.identity, run.log, out)
    if record is zoo.FROZEN:
        frozen.write_archive(record, out)


if __name__ == "__main__":
    main()

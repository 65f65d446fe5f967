"""Pre-train one of the course's own backbones from scratch on the drawn source set.

    python -m tools.pretrain.run

Draws the pictures once (`build/pretrain`), trains the network that the backbone's record describes, and writes the
weights, the labels and a model card to `data/backbones/NAME/`. Kill it at any time: the same command goes on after the
last whole epoch. The recipe is in `recipe.py`.
"""

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

from tools.project import REPO, before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np

from course_utils.backbones.records import RECORDS, find_record
from course_utils.paths import data_folder
from tools.pretrain import report
from tools.pretrain import source_pictures as source
from tools.pretrain.recipe import (
    Settings,
    build_network,
    compile_network,
    picture_size,
    steps_per_epoch,
    training_set,
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


def train(run: Run, settings: Settings, pictures: dict[str, source.Pictures]) -> None:
    """Train from the epoch the run has reached to the last, with one line and one checkpoint an epoch."""
    for epoch in range(len(run.log), settings.epochs):
        px = picture_size(epoch, settings.epochs)
        dataset, n = training_set(pictures["train"], settings, epoch)
        start = time.perf_counter()
        fitted = run.network.fit(dataset, epochs=epoch + 1, initial_epoch=epoch, shuffle=False, verbose=0)
        seconds = time.perf_counter() - start
        scores, labels = report.predict(run.network, pictures["val"], settings.limit, px)
        loss, accuracy = (float(fitted.history[name][0]) for name in ("loss", "accuracy"))
        val = report.top_k(scores, labels, 1)
        row = {"px": px, "loss": loss, "train": accuracy, "val": val, "seconds": seconds}
        run.log.append(row)
        run.save()
        print(
            f"epoch {epoch + 1}/{settings.epochs}  {px} px  loss {loss:.3f}  train {accuracy:.1%}  "
            f"val {val:.1%}  {n / seconds:.0f} images/s",
            flush=True,
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
    program, default = parser(__doc__), Settings()
    add = program.add_argument
    # The recipe's pictures are numbers in -1..1.
    own = [name for name, record in RECORDS.items() if record.is_own and record.preprocessing == "tf"]
    add("--backbone", choices=own, default=own[0])
    add("--per-class", type=int, default=default.per_class, help="training pictures of a thing; see Settings")
    add("--epochs", type=int, default=default.epochs)
    add("--batch-size", type=int, default=default.batch_size)
    add("--learning-rate", type=float, default=default.learning_rate, help="peak, at batch size 64")
    add("--seed", type=int, default=default.seed)
    add("--limit", type=int, help="use only so many pictures of each split (to try things out)")
    add("--workers", type=int, default=2, help="processes that draw")
    add("--folder", type=Path, default=REPO / "build/pretrain", help="work folder")
    add("--out", type=Path, help="where the result goes; by default the backbone's folder in data/")
    add("--fresh", action="store_true", help="forget pictures and checkpoint in the work folder")
    return program.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    args = read_arguments(arguments)
    fields = ("per_class", "epochs", "batch_size", "learning_rate", "seed", "limit")
    settings = Settings(**{name: getattr(args, name) for name in fields})
    if args.fresh:
        source.forget(args.folder)
    pictures, digest = prepare_pictures(settings, args.folder, args.workers)
    print(f"{pictures['train']}; {settings}", flush=True)
    keras.utils.set_random_seed(settings.seed)
    record = find_record(args.backbone)
    network = build_network(record, len(pictures["train"].class_names))
    compile_network(network, settings, steps_per_epoch(len(pictures["train"]), settings))
    file = args.folder / f"checkpoint-{record.name}.npz"
    run = Run(network, file, settings, pictures=digest, backbone=record.name)
    run.resume()
    if run.log:
        print(f"going on after epoch {len(run.log)}", flush=True)
    train(run, settings, pictures)
    out = args.out or data_folder() / record.folder
    report.publish(network, pictures["val"], pictures["test"], run.identity, run.log, out)


if __name__ == "__main__":
    main()

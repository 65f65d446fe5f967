"""Measure the figures that the course rests on, and print them as one table.

    python -m tools.measure.run            all rows, about half an hour on two cores
    python -m tools.measure.run b e g      some of them

Rows h and i need the real photos (COURSE_REAL_DATA, default ../shared/real beside the checkout); without them they
say so. Pictures are drawn, and features kept, in build/measure.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from functools import cache

from tools.project import REAL, REPO, Row, Rows, before_tensorflow, chosen_rows, print_rows

before_tensorflow()

import keras
import nbformat
import numpy as np

from course_utils import evaluation, sketchbook
from course_utils.backbones import load_backbone, load_classifier
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset, load_cub, load_pets, met_before
from course_utils.environment.course import REAL_BACKBONE
from tools.measure import experiments, written_out
from tools.notebooks.cells import LEARNER
from tools.notebooks.execution import execute

FOLDER = REPO / "build" / "measure"
FIRST_LESSON = REPO / LEARNER / "00_welcome.ipynb"
SEEDS = range(5)


def mini() -> keras.Model:
    return load_backbone("mini_mobilenet_v2")


@cache
def store() -> BottleneckCache:
    return BottleneckCache(FOLDER / "bottlenecks")


@cache
def drawn_birds(seed: int, **knobs: float) -> ImageDataset:
    name = "-".join(["birds", str(seed), *(f"{knob}-{value}" for knob, value in knobs.items())])
    folder = sketchbook.make_birds(FOLDER / name, 20, 60, seed, knobs=sketchbook.Knobs(**knobs), processes=1)
    return load_cub(folder)


@cache
def frozen_runs() -> tuple:
    """Row b's runs, which others build on: (head, predictions) for each seed."""
    return tuple(experiments.frozen(mini(), drawn_birds(seed), store(), seed) for seed in SEEDS)


def spread(accuracies: list[float]) -> str:
    return f"{statistics.mean(accuracies):.1%} (of {len(accuracies)}: {min(accuracies):.1%} to {max(accuracies):.1%})"


def frozen_accuracies() -> list[float]:
    return [evaluation.accuracy(predictions) for _, predictions in frozen_runs()]


def source_test() -> Iterator[Row]:
    classifier = load_classifier("mini_mobilenet_v2")
    images, labels, names = sketchbook.source_images(50, seed=1, split="test", processes=1)
    order = [names.index(name) for name in classifier.class_names]  # column -> label
    guesses = np.array(order)[classifier.model.predict(images, batch_size=128, verbose=0).argmax(axis=1)]
    yield (
        f"mini backbone, top-1 on {len(names)} source classes",
        f"{(guesses == labels).mean():.1%}",
        ">= 80 %",
    )


def frozen_head() -> Iterator[Row]:
    yield "20 species, frozen mini backbone, linear head", spread(frozen_accuracies()), "70 to 92 %"


@cache
def scratch_runs() -> tuple:
    """Row c's runs: (predictions, learning curves) for each seed."""
    return tuple(experiments.from_scratch(drawn_birds(seed), 96, seed) for seed in SEEDS)


def scratch() -> Iterator[Row]:
    accuracies = [evaluation.accuracy(predictions) for predictions, _ in scratch_runs()]
    behind = statistics.mean(frozen_accuracies()) - statistics.mean(accuracies)
    epochs = statistics.mean(len(curves) for _, curves in scratch_runs())
    yield f"six-layer ConvNet from scratch, {epochs:.0f} epochs", spread(accuracies), ""
    yield "   points below the frozen backbone", f"{behind * 100:.1f}", ">= 25"


def fine_tuning() -> Iterator[Row]:
    runs = enumerate(frozen_runs())
    accuracies = [experiments.fine_tuned(mini(), head, drawn_birds(s), 96, s) for s, (head, _) in runs]
    ahead = statistics.mean(accuracies) - statistics.mean(frozen_accuracies())
    yield "fine-tuned after the head", spread(accuracies), ""
    yield "   points above the frozen backbone", f"{ahead * 100:.1f}", ">= 4"


def seen_and_unseen() -> Iterator[Row]:
    def means(runs: list) -> tuple[float, float]:
        tables = [evaluation.seen_against_unseen(predictions)["accuracy"] for predictions in runs]
        return tuple(statistics.mean(table[row] for table in tables) for row in ("seen", "unseen"))

    seen, unseen = means([predictions for _, predictions in frozen_runs()])
    yield "species the backbone knew / did not know", f"{seen:.1%} / {unseen:.1%}", ""
    yield "   points between them", f"{(seen - unseen) * 100:.1f}", ">= 5"
    seen, unseen = means([predictions for predictions, _ in scratch_runs()])
    yield "   the same two groups, network from scratch", f"{seen:.1%} / {unseen:.1%}", ""


def wrong_range() -> Iterator[Row]:
    right, heads = statistics.mean(frozen_accuracies()), [head for head, _ in frozen_runs()]
    nobody = [None] * len(heads)
    for what, scale, trained in (
        ("0 to 255, in training and test", 1.0, nobody),
        ("0 to 1, in test only", 1 / 255, heads),
        ("0 to 1, in training and test", 1 / 255, nobody),
    ):
        runs = [experiments.wrong_range(mini(), drawn_birds(s), s, scale, trained[s]) for s in SEEDS]
        yield f"network fed with {what}", spread(runs), ""
        yield "   points lost", f"{(right - statistics.mean(runs)) * 100:.1f}", ">= 20"


def habitat_shortcut() -> Iterator[Row]:
    def mean_accuracy(train: float, test: float) -> float:
        knobs = {"habitat_correlation": train, "test_habitat_correlation": test}
        runs = (experiments.frozen(mini(), drawn_birds(seed, **knobs), store(), seed) for seed in SEEDS)
        return statistics.mean(evaluation.accuracy(predictions) for _, predictions in runs)

    same, elsewhere, fair = mean_accuracy(1.0, 1.0), mean_accuracy(1.0, 0.0), mean_accuracy(0.0, 0.0)
    yield (
        "habitat goes with species in training; tested in the same habitats / in any",
        f"{same:.1%} / {elsewhere:.1%}",
        "",
    )
    yield "   points lost", f"{(same - elsewhere) * 100:.1f}", ">= 15"
    yield "   tested in any habitat, trained in any habitat", f"{fair:.1%}", ""
    yield "   points above the misled classifier", f"{(fair - elsewhere) * 100:.1f}", ""


def real_birds() -> Iterator[Row]:
    birds = load_cub(REAL / "CUB_200_2011")
    for name, whole, boxed in ((REAL_BACKBONE, ">= 87 %", ">= 91 %"), ("mobilenet_v2", ">= 86 %", ">= 88 %")):
        backbone = load_backbone(name)
        for crop, what, asked in ((False, "whole photo", whole), (True, "cropped to the box", boxed)):
            runs = [experiments.frozen(backbone, birds, store(), seed, crop)[1] for seed in SEEDS]
            yield f"CUB, ten classes, {name}, {what}", spread([evaluation.accuracy(p) for p in runs]), asked


def real_pets() -> Iterator[Row]:
    pets = load_pets(REAL / "oxford_iiit_pet")
    for name in (REAL_BACKBONE, "mobilenet_v2"):
        backbone = load_backbone(name)
        runs = [experiments.frozen(backbone, pets, store(), seed)[1] for seed in SEEDS]
        yield (
            f"37 breeds, five photos each, {name}",
            spread([evaluation.accuracy(p) for p in runs]),
            ">= 84 %",
        )
        known = [p.assign(known=p["class_name"].map(met_before).astype(bool)) for p in runs]
        tables = [evaluation.seen_against_unseen(p)["accuracy"] for p in known]
        yield "   breeds ImageNet has", spread([table["seen"] for table in tables]), ">= 88 %"
        yield "   breeds ImageNet lacks", spread([table["unseen"] for table in tables]), ">= 75 %"


def drawing_speed() -> Iterator[Row]:
    def one_round(index: int) -> float:
        start = time.process_time()
        for name in sketchbook.load_birds():
            sketchbook.bird_picture(name, seed=9, index=index)
        return len(sketchbook.load_birds()) / (time.process_time() - start)

    yield (
        "birds drawn a second a core, 96 px",
        f"{statistics.median(map(one_round, range(20))):.0f}",
        ">= 200",
    )


def lesson_00() -> Iterator[Row]:
    notebook = nbformat.read(FIRST_LESSON, as_version=4)
    seconds = execute(notebook, FIRST_LESSON.parent)
    yield "lesson 00, all cells, nothing drawn before", f"{seconds:.0f} s", "<= 60 s"


def written_out_networks() -> Iterator[Row]:
    for name in written_out.PUBLISHED:
        difference, largest = written_out.largest_difference(*written_out.both(name))
        yield (
            f"{name} written out, width 1, against keras.applications: difference in features of {largest:.2g}",
            f"{difference:.1e}",
            "<= 1e-5",
        )


ROWS: Rows = {
    "a": source_test,
    "b": frozen_head,
    "c": scratch,
    "d": fine_tuning,
    "e": seen_and_unseen,
    "f": wrong_range,
    "g": habitat_shortcut,
    "h": real_birds,
    "i": real_pets,
    "j": drawing_speed,
    "k": lesson_00,
    "l": written_out_networks,
}


def main(arguments: Sequence[str] | None = None) -> None:
    print_rows(ROWS, chosen_rows(__doc__, ROWS, arguments), need_photos="hi")


if __name__ == "__main__":
    main()

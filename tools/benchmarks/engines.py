"""Rows a, c and d of the benchmark: from JPEG files to vectors, and what each step takes alone."""

import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from course_utils import sketchbook
from course_utils.backbones import load_backbone
from course_utils.bottlenecks.keys import identify
from course_utils.bottlenecks.pipeline import BATCH_SIZE, run
from course_utils.datasets import load_cub
from course_utils.engines.choice import Engine, choose_engine
from course_utils.engines.precision import numbers_for
from course_utils.machine import cores
from course_utils.paths import fill_once
from course_utils.pictures import middle_square, read_picture
from course_utils.pictures.files import open_picture
from course_utils.pictures.pixels import rgb
from course_utils.pictures.resizing import resized
from tools.benchmarks import loaders
from tools.benchmarks.timing import FOLDER, Job, Times, side_by_side, times_as_fast
from tools.project import REAL, Row, Rows

PHOTO_BACKBONES = ("mobilenet_v2", "efficientnet_lite0")
TRIAL = 96  # pictures, to find how a candidate is fastest
STEPS = 192  # pictures for each step alone
Maker = Callable[[Sequence[str]], Job]  # paths -> what takes them to vectors


@cache
def backbone(name: str) -> keras.Model:
    return load_backbone(name)


@cache
def photos() -> list[str]:
    return sorted(map(str, (REAL / "CUB_200_2011" / "images").glob("*/*.jpg")))


@cache
def birds() -> list[str]:
    def fill(draft: Path) -> None:
        sketchbook.make_birds(draft, n_species=20, per_species=60, seed=0)

    return load_cub(fill_once(FOLDER / "1200 birds", fill)).table["path"].tolist()


def precisions() -> list[str]:
    return ["full"] if numbers_for("half")[1] else ["full", "half"]


@cache
def engine(name: str, precision: str) -> Engine:
    """The engine that the cache would choose for ten thousand pictures."""
    numbers, _ = numbers_for(precision)
    return choose_engine(backbone(name), 10_000, folder=FOLDER / "engines", numbers=numbers)


def ours(name: str, precision: str, paths: Sequence[str]) -> Job:
    chosen, size = engine(name, precision), backbone(name).input_shape[1]
    pictures = [identify(path, None) for path in paths]
    return lambda: deque(run(chosen, pictures, size, progress=False), maxlen=0)


def keras_batches(name: str, paths: Sequence[str], batch_size: int) -> tf.data.Dataset:
    """Parallel reading, prefetch, and the cheap resize (without antialiasing)."""
    size = backbone(name).input_shape[1]

    def read(path):
        pixels = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        side = tf.reduce_min(tf.shape(pixels)[:2])
        return tf.image.resize(tf.image.resize_with_crop_or_pad(pixels, side, side), (size, size))

    files = tf.data.Dataset.from_tensor_slices(list(paths))
    return files.map(read, tf.data.AUTOTUNE).batch(batch_size).prefetch(tf.data.AUTOTUNE)


def keras_predict(name: str, batch_size: int, paths: Sequence[str]) -> Job:
    batches = keras_batches(name, paths, batch_size)
    return lambda: backbone(name).predict(batches, verbose=0)


def keras_graph(name: str, batch_size: int, paths: Sequence[str]) -> Job:
    model, batches = backbone(name), keras_batches(name, paths, batch_size)
    pixels = tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)
    graph = tf.function(lambda x: model(x, training=False), input_signature=[pixels], autograph=False)
    return lambda: [graph(batch).numpy() for batch in batches]


def keras_ways(name: str) -> dict[str, Maker]:
    predict = {f"`predict`, batches of {n}": partial(keras_predict, name, n) for n in (8, 32)}
    return predict | {f"one graph, batches of {n}": partial(keras_graph, name, n) for n in (4, 8, 16)}


def tuned(ways: Mapping[str, Maker], paths: Sequence[str]) -> tuple[str, Job]:
    """Return which way is the fastest on a few pictures, and the job of taking all pictures that way."""
    times = side_by_side({way: make(paths[:TRIAL]) for way, make in ways.items()}, rounds=1)
    best = min(times, key=lambda way: times[way].clock)
    return best, ways[best](paths)


def rate(paths: Sequence[str], times: Times) -> str:
    return f"{len(paths) / times.clock:,.0f} a second"


def photos_to_vectors() -> Iterator[Row]:
    """Row a."""
    paths = photos()
    for name in PHOTO_BACKBONES:
        yield from against_others(name, paths)


def against_others(name: str, paths: Sequence[str]) -> Iterator[Row]:
    mine = {precision: ours(name, precision, paths) for precision in precisions()}
    how, keras_job = tuned(keras_ways(name), paths)
    others = {who: tuned(ways, paths) for who, ways in loaders.ways(backbone(name)).items()}
    jobs = {**mine, "Keras": keras_job, **{who: job for who, (_, job) in others.items()}}
    times = side_by_side(jobs, rounds=3, warm=False)
    for who in mine:
        yield f"{len(paths)} photos, {name}, {who}", rate(paths, times[who]), ""
    if "half" in times:
        yield "   half, times full", times_as_fast(times["half"], times["full"]), ">= 1.5x"
    fastest = list(mine)[-1]
    yield (
        f"   {fastest}, times tuned Keras ({how}: {rate(paths, times['Keras'])})",
        times_as_fast(times[fastest], times["Keras"]),
        ">= 4x in half",
    )
    best = min(others, key=lambda who: times[who].clock, default="")
    for who, (way, _) in others.items():
        what = f"   full, times {who} with OpenCV, antialiased ({way}: {rate(paths, times[who])})"
        asked = ">= 1.0x by clock and processor" if who == best else ""
        yield what, times_as_fast(times["full"], times[who]), asked
    for package in loaders.lacking():
        yield f"   full, times {package}", "not installed", ""


def decoded(path: str) -> Image.Image:
    picture = open_picture(io.BytesIO(Path(path).read_bytes()))
    picture.load()  # Pillow decodes when somebody wants pixels
    return rgb(picture)


def made_smaller(size: int, picture: Image.Image) -> np.ndarray:
    return resized(picture, size, middle_square(*picture.size))


def steps(name: str, paths: Sequence[str]) -> Iterator[Row]:
    """What each step takes when all cores do nothing else; together they take the sum, and no whole can be faster."""
    size, paths = backbone(name).input_shape[1], paths[:STEPS]
    pictures = [decoded(path) for path in paths]
    pixels = np.stack([read_picture(path, size) for path in paths])
    parts = np.array_split(pixels, -(-len(pixels) // BATCH_SIZE))
    with ThreadPoolExecutor(cores()) as pool:

        def on_all_cores(step: Callable, items: Sequence) -> Job:
            return lambda: deque(pool.map(step, items), maxlen=0)

        jobs = {
            "decode": on_all_cores(decoded, paths),
            "resize": on_all_cores(partial(made_smaller, size), pictures),
        }
        for precision in precisions():
            jobs[f"forward, {precision}"] = on_all_cores(engine(name, precision), parts)
            jobs[f"all, {precision}"] = ours(name, precision, paths)
        times = side_by_side(jobs)
    alone = {step: 1e3 * times[step].clock / len(paths) for step in jobs}
    for precision in precisions():
        names = ("decode", "resize", f"forward, {precision}")
        parts_said = " + ".join(f"{step.partition(',')[0]} {alone[step]:.2f}" for step in names)
        limit, whole = sum(alone[step] for step in names), alone[f"all, {precision}"]
        yield (
            f"{name}, {size} px, {precision}: ms a picture on {cores()} cores, each step alone: {parts_said}",
            f"{limit:.2f} at best, {whole:.2f} taken: {limit / whole:.0%} of the limit",
            ">= 85 %",
        )


def limits() -> Iterator[Row]:
    """Row c."""
    if REAL.is_dir():
        for name in PHOTO_BACKBONES:
            yield from steps(name, photos())
    yield from steps("mini_mobilenet_v2", birds())


def drawn_birds() -> Iterator[Row]:
    """Row d."""
    name, paths = "mini_mobilenet_v2", birds()
    ways = {f"batches of {n}": partial(keras_predict, name, n) for n in (16, 32, 64, 128)}
    how, predict = tuned(ways, paths)
    mine = {precision: ours(name, precision, paths) for precision in precisions()}
    times = side_by_side({**mine, "Keras": predict})
    for who in mine:
        yield (
            f"{len(paths):,} drawn birds, mini backbone, 96 px, {who}: {rate(paths, times[who])}, times Keras "
            f"`predict` ({how}: {rate(paths, times['Keras'])})",
            times_as_fast(times[who], times["Keras"]),
            ">= 3x" if who == "full" else "",
        )


ROWS: Rows = {"a": photos_to_vectors, "c": limits, "d": drawn_birds}

import json
import os
import random
import subprocess
import sys

import numpy as np
import pytest
from faults import raising

from course_utils import sketchbook
from course_utils.environment import Course, choose_profile, environment_report, setup, start
from course_utils.errors import DataError
from course_utils.machine import cores
from course_utils.paths import data_root, fill_once, photos_folder
from course_utils.sketchbook.parallel import safe_processes


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    for name in ("COURSE_PROFILE", "COURSE_REAL_DATA", "COURSE_INCEPTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(start, "_latest", None)


def drawer(calls, fail=False):
    """A stand-in for make_birds and make_pets that writes two files and may fail between them."""

    def make(folder, **settings):
        calls.append(settings)
        (folder / "images.txt").write_text("1 a.png")
        if fail:
            raise KeyboardInterrupt
        (folder / "a.png").write_bytes(b"")

    return make


def in_new_process(code, **environ):
    """Run code in a fresh Python, with neither Keras nor TensorFlow imported; return (stdout, stderr)."""
    environ = {**os.environ, **environ}
    environ.pop("KERAS_HOME", None)
    result = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    return result.stdout, result.stderr


@pytest.mark.parametrize(
    ("argument", "environ", "chosen"),
    [
        (None, {}, "sketch"),
        (None, {"COURSE_PROFILE": ""}, "sketch"),
        (None, {"COURSE_PROFILE": "photo"}, "photo"),
        ("sketch", {"COURSE_PROFILE": "photo"}, "sketch"),
    ],
)
def test_profile_comes_from_argument_then_environment_then_sketch(argument, environ, chosen):
    assert choose_profile(argument, environ) == chosen


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seed": -1}, "`seed` must be"),
        ({"seed": 2**32}, "`seed` must be"),
        ({"seed": 0.5}, "`seed` must be"),
        ({"profile": "scetch"}, r"`profile` .*photo, sketch\. Received: 'scetch'\. Did you mean 'sketch'"),
        ({"profile": ["sketch"]}, "`profile` must be one of photo, sketch"),
        ({"profile": 1}, "`profile` must be one of photo, sketch"),
    ],
)
def test_odd_arguments_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        setup(**given)


def test_a_profile_of_the_environment_that_there_is_not_is_named_with_where_it_came_from():
    with pytest.raises(ValueError, match="`COURSE_PROFILE` .*Received: 'fotos'"):
        choose_profile(None, {"COURSE_PROFILE": "fotos"})


def test_setup_gives_names_and_sizes_and_says_one_line(capsys):
    course = setup()
    assert (course.profile, course.seed, course.backbone, course.image_size) == (
        "sketch",
        0,
        "mini_mobilenet_v2",
        96,
    )
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "sketch" in out and str(course.data_root) in out
    photo = setup("photo", seed=np.int64(3))
    assert (photo.backbone, photo.image_size, photo.seed) == ("efficientnet_lite0", 224, 3)
    assert course.real_backbone == photo.real_backbone == "efficientnet_lite0"
    with pytest.raises(AttributeError):
        course.profile = "photo"


def test_same_seed_same_numbers():
    import keras

    def numbers(seed):
        setup(seed=seed)
        layer = keras.layers.Dense(2)
        layer.build((None, 2))
        return [random.random(), np.random.random_sample(), *layer.get_weights()[0].flat]  # noqa: NPY002

    assert numbers(1) == numbers(1)
    assert not set(numbers(1)) & set(numbers(2))


@pytest.mark.parametrize("kind", ["birds", "pets"])
def test_data_is_drawn_once_under_a_name_that_tells_its_settings(monkeypatch, kind):
    calls = []
    monkeypatch.setattr(sketchbook, f"make_{kind}", drawer(calls), raising=False)
    course = setup()
    folder = getattr(course, f"{kind}_folder")()
    assert getattr(course, f"{kind}_folder")() == folder
    assert len(calls) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a.png", "images.txt"]
    assert calls[0].pop("processes") == safe_processes()
    for key, value in calls[0].items():
        assert f"{key}{value}" in folder.parent.name
    assert folder.name == kind, "the data set's name for people"


def test_a_notebook_draws_on_all_cores_and_a_script_on_one(tmp_path):
    code = "from course_utils.sketchbook.parallel import safe_processes; print(safe_processes())"
    script = tmp_path / "script.py"
    script.write_text(code)
    for arguments, several in ((["-c", code], True), ([str(script)], False)):
        out = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout
        assert int(out) == (min(cores(), 8) if several else 1)


def test_pictures_of_an_older_drawing_are_not_taken_for_new(monkeypatch):
    calls = []
    monkeypatch.setattr(sketchbook, "make_birds", drawer(calls), raising=False)
    monkeypatch.setattr(sketchbook, "source_digest", lambda: "before")
    folders = [setup().birds_folder(), setup().birds_folder()]
    monkeypatch.setattr(sketchbook, "source_digest", lambda: "after")
    folders.append(setup().birds_folder())
    assert len(set(folders)) == len(calls) == 2


def test_an_interrupted_drawing_leaves_nothing_that_looks_complete(monkeypatch):
    course = setup()
    monkeypatch.setattr(sketchbook, "make_birds", drawer([], fail=True), raising=False)
    with pytest.raises(KeyboardInterrupt):
        course.birds_folder()
    assert [path for path in course.data_root.rglob("*") if path.is_file()] == []
    monkeypatch.setattr(sketchbook, "make_birds", drawer([]), raising=False)
    assert len(list(course.birds_folder().iterdir())) == 2


def test_two_at_once_both_get_the_same_whole_folder(tmp_path):
    def slower(draft):
        fill_once(tmp_path / "birds", lambda other: (other / "first").touch())  # overtakes
        (draft / "second").touch()

    folder = fill_once(tmp_path / "birds", slower)
    assert [path.name for path in folder.iterdir()] == ["first"]
    assert [path.name for path in tmp_path.iterdir()] == ["birds"]


def test_a_data_root_that_cannot_be_written_is_explained(monkeypatch, tmp_path):
    monkeypatch.setattr(sketchbook, "make_birds", drawer([]), raising=False)
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(DataError, match="(?s)cannot write to .*COURSE_DATA"):
        setup().birds_folder()
    with pytest.raises(DataError, match="(?s)cannot write to .*COURSE_DATA"):
        setup().cache_folder()


def test_profiles_do_not_share_bottlenecks():
    folders = {setup(profile).cache_folder() for profile in ("sketch", "photo")}
    assert len(folders) == 2
    assert all(folder.is_dir() for folder in folders)


def test_photos_are_taken_from_the_folder_that_is_named(monkeypatch, tmp_path, capsys):
    (tmp_path / "real" / "CUB_200_2011").mkdir(parents=True)
    monkeypatch.setenv("COURSE_REAL_DATA", str(tmp_path / "real"))
    course = setup("photo")
    assert str(tmp_path / "real") in capsys.readouterr().out
    assert course.birds_folder() == tmp_path / "real" / "CUB_200_2011"
    with pytest.raises(DataError, match="(?s)no folder oxford_iiit_pet.*with CUB_200_2011"):
        course.pets_folder()
    with pytest.raises(DataError, match="(?s)COURSE_REAL_DATA names no folder.*missing"):
        photos_folder({"COURSE_REAL_DATA": str(tmp_path / "missing")})  # an error, not a download


def test_photos_are_downloaded_where_no_folder_is_named(monkeypatch):
    from course_utils.datasets import downloads

    monkeypatch.setattr(downloads, "fetch_cub", lambda root: root / "fetched")
    course = setup("photo")
    assert course.birds_folder() == course.data_root / "fetched"


def test_weights_beside_the_photos_are_used_by_keras(tmp_path):
    weights = tmp_path / "keras_home" / "models" / "weights.h5"
    weights.parent.mkdir(parents=True)
    weights.touch()
    code = "from course_utils.environment import setup; setup('photo'); import keras\n"
    code += "print(keras.utils.get_file('weights.h5', 'http://127.0.0.1:9/never', cache_subdir='models'))"
    out, _ = in_new_process(code, COURSE_REAL_DATA=str(tmp_path))
    assert out.splitlines()[-1] == str(weights)


def test_keras_imported_too_early_is_said(monkeypatch, tmp_path, capsys):
    (tmp_path / "keras_home").mkdir()
    monkeypatch.setenv("COURSE_REAL_DATA", str(tmp_path))
    monkeypatch.delenv("KERAS_HOME", raising=False)
    setup("photo")  # this process has imported Keras long ago
    assert "imported before setup()" in capsys.readouterr().out


def test_gpus_share_their_memory_and_too_late_is_said(monkeypatch, capsys):
    import tensorflow as tf

    asked = []
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["gpu:0", "gpu:1"])
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", lambda *call: asked.append(call))
    setup()
    assert asked == [("gpu:0", True), ("gpu:1", True)]
    assert "2 GPUs" in capsys.readouterr().out

    too_late = RuntimeError("Physical devices cannot be modified after being initialized")
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", raising(too_late))
    setup()
    assert "Restart the kernel and call setup() first" in capsys.readouterr().out


REFUSED = """
from course_utils.environment import setup
try:
    setup()
except RuntimeError as error:
    print(error)
"""


def test_another_keras_backend_is_refused(monkeypatch):
    monkeypatch.setattr("keras.backend.backend", lambda: "jax")
    with pytest.raises(RuntimeError, match="Received: KERAS_BACKEND='jax'"):
        setup()


def test_a_backend_that_is_not_installed_is_named():
    assert "Received: KERAS_BACKEND='jax'" in in_new_process(REFUSED, KERAS_BACKEND="jax")[0]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("image_data_format", "channels_first", "image_data_format: expected channels_last"),
        ("floatx", "float16", "floatx: expected float32"),
    ],
)
def test_what_keras_reads_from_its_own_file_is_named_with_that_file(tmp_path, name, value, words):
    (tmp_path / "keras.json").write_text(json.dumps({name: value}))
    code = f"import os; os.environ['KERAS_HOME'] = {str(tmp_path)!r}"
    out, _ = in_new_process(code + REFUSED)
    assert words in out and str(tmp_path / "keras.json") in out


@pytest.mark.parametrize("shortage", ["no temporary folder", "no stderr"])
def test_tensorflow_starts_without_what_hiding_needs(shortage):
    before = "os.close(2)" if shortage == "no stderr" else "tempfile.tempdir = '/nowhere'"
    code = f"import os, tempfile; {before}\nfrom course_utils.environment import setup; setup()"
    assert in_new_process(code)[0].startswith("Profile sketch")


def test_tensorflow_starts_without_frightening_a_learner():
    out, err = in_new_process("from course_utils.environment import setup; setup()")
    assert err == ""
    assert out.count("\n") == 1


def test_report_shows_the_profile_that_is_on():
    assert "call setup()" in environment_report()["Profile"]
    setup("photo")
    report = environment_report()
    assert report["Profile"].startswith("photo")
    assert report["Python"] == ".".join(map(str, sys.version_info[:3]))
    assert report["GPU"]
    assert "photo" in repr(report) and "<td" in report._repr_html_()


def test_the_data_root_can_be_chosen_and_lies_in_sight_on_colab(tmp_path):
    assert data_root({"COURSE_DATA": str(tmp_path)}) == tmp_path
    assert data_root({"COLAB_RELEASE_TAG": "release"}).parts[1] == "content"
    assert data_root({}).name == "transfer-learning-birds"


@pytest.mark.real
def test_real_photos_are_found(monkeypatch, real_data):
    monkeypatch.setenv("COURSE_REAL_DATA", str(real_data))
    course = setup("photo")
    assert isinstance(course, Course)
    assert (course.birds_folder() / "images.txt").is_file()
    assert (course.pets_folder() / "annotations" / "list.txt").is_file()

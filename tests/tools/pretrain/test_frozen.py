"""The frozen graph and its label maps: run and parsed as a lesson does it, against the backbone that they were made of."""

import json
import re
from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from course_utils.backbones import load_backbone, load_classifier, records
from course_utils.backbones.archive import OWN_FILES, FrozenArchive
from course_utils.backbones.networks import build_network
from course_utils.backbones.records import RECORDS
from course_utils.pictures import read_picture
from course_utils.sketchbook import all_of, bird_picture
from tools.pretrain import frozen, report, zoo
from tools.pretrain import run as pretraining

NAME = zoo.FROZEN.name
CLASSES = [*all_of("birds")][:9]
NARROW = replace(zoo.FROZEN, options={"width": 1 / 32})


def awake(record, n_classes, seed=0):
    """A network with its classifier whose BatchNorm layers know what they get, so that a picture gets through."""
    keras.utils.set_random_seed(seed)
    network = build_network(record, record.size, None, n_classes)
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.0
    network(np.random.default_rng(seed).uniform(-1, 1, (8, 96, 96, 3)), training=True)
    for variable in network.weights:
        if variable.name == "moving_variance":
            variable.assign(np.maximum(variable, np.mean(variable)))
    return network


def write_weights(network, folder, change=report.halve):
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "weights.npz", **change(report.named_weights(network)))
    labels = [{"name": name, "kind": "bird"} for name in CLASSES]
    (folder / "labels.json").write_text(json.dumps(labels))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as a training leaves it, with a narrow network of nine classes, and its archive."""
    folder = tmp_path_factory.mktemp("data") / zoo.FROZEN.folder
    write_weights(awake(NARROW, len(CLASSES)), folder)
    frozen.write_archive(NARROW, folder)
    return folder


@pytest.fixture
def offered(folder, monkeypatch):
    """That network in place of the one that ships."""
    monkeypatch.setattr(records, "data_folder", lambda: folder.parents[1])
    monkeypatch.setitem(RECORDS, NAME, NARROW)


def answers(folder, tensors, given):
    """Run the graph in a session of TensorFlow 1, as everybody did."""
    graph = tf.Graph()
    with graph.as_default():
        content = (folder / OWN_FILES.graph).read_bytes()
        tf.import_graph_def(tf.compat.v1.GraphDef.FromString(content), name="")
    with tf.compat.v1.Session(graph=graph) as session:
        return session.run(tensors, given)


@pytest.fixture(scope="module")
def jpeg(tmp_path_factory):
    file = tmp_path_factory.mktemp("pictures") / "bird.jpg"
    Image.fromarray(bird_picture("Saltpan Tidestilt", seed=0).image).save(file, quality=90)
    return file


def test_a_jpeg_goes_in_and_what_the_backbone_says_comes_out(folder, offered, jpeg):
    tensors = ["softmax:0", "pool_3:0", "pool_3/_reshape:0", "mixed_10/join:0", "DecodeJpeg:0"]
    given = {"DecodeJpeg/contents:0": jpeg.read_bytes()}
    answer, bottleneck, flat, last, decoded = answers(folder, tensors, given)
    picture = read_picture(jpeg, 96)[None]
    np.testing.assert_array_equal(decoded, picture[0])
    vectors, probabilities = (
        load_backbone(NAME)(picture).numpy(),
        load_classifier(NAME).model(picture).numpy(),
    )
    assert bottleneck.shape == (1, 1, 1, vectors.shape[1]) and last.shape[:3] == (1, 1, 1)
    np.testing.assert_allclose(bottleneck[0, 0], vectors, rtol=1e-3, atol=1e-4 * vectors.max())
    np.testing.assert_array_equal(bottleneck[0, 0], flat)
    assert answer.shape == (1, 16) and probabilities.std() > 1e-3
    np.testing.assert_allclose(answer[:, 1:10], probabilities, atol=1e-4)
    assert not answer[:, 0].any() and not answer[:, 10:].any()


def test_the_two_maps_joined_name_each_output(folder):
    archive = FrozenArchive(*(folder / name for name in OWN_FILES))
    entry = re.compile(r'entry \{\n  target_class: (\d+)\n  target_class_string: "(\w+)"\n\}')
    uids = {int(node): uid for node, uid in entry.findall(archive.node_to_uid.read_text())}
    names = dict(line.split("\t") for line in archive.uid_to_name.read_text().splitlines())
    assert [names[uids[node]] for node in range(1, len(CLASSES) + 1)] == CLASSES
    assert len(uids) == len(CLASSES) and list(uids) != sorted(uids), "ordered by id, as the real one"
    assert set(all_of("birds")) | set(all_of("pets")) <= set(names.values()), "more names than classes"
    assert list(names) == sorted(names) and all(re.fullmatch(r"d\d{8}", uid) for uid in names)
    assert frozen.uid_of("Orchard Seedkin") == "d37561590", "what an id is must never change"


def test_two_names_never_share_an_id(folder, monkeypatch):
    monkeypatch.setattr(frozen, "uid_of", lambda name: f"d{len(name):08d}")
    with pytest.raises(SystemExit, match="same id"):
        frozen.write_archive(NARROW, folder)


def test_same_weights_same_bytes(folder):
    before = {name: (folder / name).read_bytes() for name in OWN_FILES}
    keras.utils.set_random_seed(5)
    frozen.write_archive(NARROW, folder)
    assert {name: (folder / name).read_bytes() for name in OWN_FILES} == before


def test_numbers_that_half_precision_would_change_are_kept_whole(tmp_path, folder, jpeg):
    network = awake(NARROW, len(CLASSES))
    write_weights(network, tmp_path, change=dict)
    frozen.write_archive(NARROW, tmp_path)
    (answer,) = answers(tmp_path, ["softmax:0"], {"DecodeJpeg/contents:0": jpeg.read_bytes()})
    wanted = network(read_picture(jpeg, 96)[None] / 127.5 - 1).numpy()
    np.testing.assert_allclose(answer[1:10], wanted[0], atol=1e-5)
    graphs = [(path / OWN_FILES.graph).stat().st_size for path in (tmp_path, folder)]
    assert graphs[0] > 1.5 * graphs[1]


def test_the_graph_of_the_whole_network_is_small():
    n_classes = 158
    network = build_network(zoo.FROZEN, 96, None, n_classes)
    report.set_named_weights(network, report.halve(report.named_weights(network)))
    assert len(frozen.frozen_graph(network, 96, n_classes)) < 3e6


def test_make_backbones_writes_a_graph_that_is_missing(folder, offered, monkeypatch):
    monkeypatch.setattr(zoo, "missing", lambda: [])
    monkeypatch.setattr(zoo, "FROZEN", NARROW)
    for name in OWN_FILES:
        before = (folder / name).read_bytes()
        (folder / name).unlink()
        pretraining.main([])
        assert (folder / name).read_bytes() == before
    monkeypatch.setattr(frozen, "write_archive", lambda *_: pytest.fail("it was there"))
    pretraining.main([])

"""Write a backbone of ours as networks were handed on in 2015: one frozen TensorFlow graph, and two label maps.

Tensors are called as in the archive of Inception V3 that TensorFlow's team published in December 2015, with whose names
the old tutorials work: `DecodeJpeg/contents:0`, `ResizeBilinear:0`, `Mul:0`, `mixed_10/join:0`, `pool_3:0`,
`pool_3/_reshape:0`, `softmax:0`. Its outputs begin with one that stands for nothing and are filled up to a multiple of
eight, there 1,008 for 1,000 classes. Weights keep the names that they have in `weights.npz`.

The graph is written node by node, not traced: the same weights give the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from tensorflow.core.framework import graph_pb2

from course_utils.backbones.archive import OWN_FILES
from course_utils.backbones.networks import build_network
from course_utils.backbones.records import BackboneRecord
from course_utils.sketchbook.kinds import KINDS, all_of
from tools.pretrain import source_pictures as source

PRODUCER = 27  # the version of graphs that TensorFlow 1 wrote
SCALE = 127.5  # of the "tf" preprocessing
NEVER = -1e4  # the logit of an output that stands for nothing: its probability is 0


def write_archive(record: BackboneRecord, folder: Path) -> None:
    """Write the graph and the maps into the folder that holds the backbone's weights and labels."""
    names = [row["name"] for row in json.loads((folder / "labels.json").read_text("utf-8"))]
    network = build_network(record, record.size, folder / "weights.npz", len(names))
    uids = {name: uid_of(name) for name in sorted({*names, *(n for kind in KINDS for n in all_of(kind))})}
    if len(set(uids.values())) < len(uids):
        raise SystemExit("Two names have the same id. What to do: give `uid_of` more digits")
    contents = (frozen_graph(network, record.size, len(names)), node_to_uid(names), uid_to_name(uids))
    for file, content in zip(OWN_FILES, contents, strict=True):
        source.save_atomically(folder / file, lambda stream, content=content: stream.write(content))
    print(f"wrote {folder / OWN_FILES.graph}, {len(contents[0]) / 1e6:.2f} MB, and its two label maps")


def uid_of(name: str) -> str:
    """Return the id of a name: a letter and eight digits, as ImageNet's, but never one of WordNet's (n)."""
    return f"d{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**8:08d}"


def node_to_uid(names: list[str]) -> bytes:
    """Return the map from outputs to ids, ordered by id; the first class is output 1."""
    rows = sorted((uid_of(name), node) for node, name in enumerate(names, start=1))
    entries = [
        f'entry {{\n  target_class: {node}\n  target_class_string: "{uid}"\n}}\n' for uid, node in rows
    ]
    return "".join(
        ["# -*- protobuffer -*-\n# Outputs of the frozen graph beside this file.\n", *entries]
    ).encode()


def uid_to_name(uids: dict[str, str]) -> bytes:
    """Return the map from ids to names, ordered by id."""
    return "".join(sorted(f"{uid}\t{name}\n" for name, uid in uids.items())).encode()


def n_outputs(n_classes: int) -> int:
    return -(-(n_classes + 1) // 8) * 8


class _Graph:
    """A graph under construction. Attributes that have their default are left out."""

    def __init__(self):
        self.proto = graph_pb2.GraphDef()
        self.proto.versions.producer = PRODUCER

    def add(self, op: str, name: str, inputs: Iterable[str] = (), **attributes) -> str:
        """Add a node and return its name; T, the type of its numbers, is float unless it is said to be None."""
        node = self.proto.node.add(op=op, name=name, input=inputs)
        for key, value in ({"T": tf.float32} | attributes).items():
            if isinstance(value, tf.DType):
                node.attr[key].type = value.as_datatype_enum
            elif isinstance(value, list):
                node.attr[key].list.i.extend(value)
            elif isinstance(value, int):
                node.attr[key].i = value
            elif isinstance(value, str):
                node.attr[key].s = value.encode()
            elif value is not None:
                node.attr[key].tensor.CopyFrom(value)
        return name

    def constant(self, name: str, values) -> str:
        tensor = tf.make_tensor_proto(values)
        return self.add("Const", name, T=None, dtype=tf.as_dtype(tensor.dtype), value=tensor)

    def kernel(self, name: str, values: np.ndarray) -> str:
        """Add a kernel, in half precision where that keeps every number, and return its name in single."""
        half = values.astype("float16")
        if not np.array_equal(half.astype("float32"), values):
            return self.constant(name, values)
        self.constant(f"{name}/half", half)
        return self.add("Cast", name, [f"{name}/half"], T=None, SrcT=tf.float16, DstT=tf.float32)

    def pool(
        self, op: str, name: str, x: str, size: Iterable[int], strides: Iterable[int], padding: str
    ) -> str:
        return self.add(op, name, [x], ksize=[1, *size, 1], strides=[1, *strides, 1], padding=padding)


def frozen_graph(network: keras.Model, px: int, n_classes: int) -> bytes:
    """Return an Inception network with its classifier as a serialised `GraphDef`."""
    graph = _Graph()
    names = {id(network.input): _pictures(graph, px)}
    for layer in network.layers[1:]:
        inputs = [names[id(tensor)] for tensor in keras.tree.flatten(layer.input)]
        names[id(layer.output)] = _ADD[type(layer)](graph, layer, inputs)
    return graph.proto.SerializeToString(deterministic=True)


def _pictures(graph: _Graph, px: int) -> str:
    """From a JPEG file's content to what the network wants, (1, px, px, 3)."""
    graph.add("Placeholder", "DecodeJpeg/contents", T=None, dtype=tf.string)
    # As Pillow decodes: TensorFlow's own choice is faster and misses a grey level here and there.
    accurate = {"channels": 3, "dct_method": "INTEGER_ACCURATE"}
    graph.add("DecodeJpeg", "DecodeJpeg", ["DecodeJpeg/contents"], T=None, **accurate)
    graph.add("Cast", "Cast", ["DecodeJpeg"], T=None, SrcT=tf.uint8, DstT=tf.float32)
    graph.add("ExpandDims", "ExpandDims", ["Cast", graph.constant("ExpandDims/dim", np.int32(0))])
    size = graph.constant("ResizeBilinear/size", np.int32([px, px]))
    graph.add("ResizeBilinear", "ResizeBilinear", ["ExpandDims", size])
    graph.add("Sub", "Sub", ["ResizeBilinear", graph.constant("Sub/y", np.float32(SCALE))])
    return graph.add("Mul", "Mul", ["Sub", graph.constant("Mul/y", np.float32(1 / SCALE))])


def _convolution(graph: _Graph, layer: keras.layers.Conv2D, inputs: list[str]) -> str:
    kernel = graph.kernel(f"{layer.name}/kernel", layer.kernel.numpy())
    strides = [1, *layer.strides, 1]
    return graph.add("Conv2D", layer.name, [*inputs, kernel], strides=strides, padding=layer.padding.upper())


def _norm(graph: _Graph, layer: keras.layers.BatchNormalization, inputs: list[str]) -> str:
    """BatchNorm at rest: a factor and an addend for each channel. Named after the convolution, which is shorter."""
    mean, variance = (v.numpy().astype(float) for v in (layer.moving_mean, layer.moving_variance))
    factors = 1 / np.sqrt(variance + layer.epsilon)
    addends = layer.beta.numpy() - mean * factors
    (name,) = inputs
    factor = graph.constant(f"{name}/factor", factors.astype("float32"))
    addend = graph.constant(f"{name}/addend", addends.astype("float32"))
    return graph.add("BiasAdd", f"{name}/norm", [graph.add("Mul", f"{name}/scaled", [name, factor]), addend])


def _pooling(graph: _Graph, layer: keras.layers.Layer, inputs: list[str]) -> str:
    op = "MaxPool" if isinstance(layer, keras.layers.MaxPooling2D) else "AvgPool"
    return graph.pool(op, layer.name, *inputs, layer.pool_size, layer.strides, layer.padding.upper())


def _concatenation(graph: _Graph, layer: keras.layers.Concatenate, inputs: list[str]) -> str:
    name = re.sub(r"^mixed(\d+)$", lambda found: f"mixed_{found[1]}/join", layer.name)
    axis = graph.constant(f"{name}/axis", np.int32(3))
    return graph.add("ConcatV2", name.replace("mixed_0/", "mixed/"), [*inputs, axis], N=len(inputs))


def _bottleneck(graph: _Graph, layer: keras.layers.GlobalAveragePooling2D, inputs: list[str]) -> str:
    size, ones = layer.input.shape[1:3], (1, 1)
    graph.pool("AvgPool", "pool_3", *inputs, size, ones, "VALID")
    shape = graph.constant("pool_3/_reshape/shape", np.int32([-1, layer.output.shape[-1]]))
    return graph.add("Reshape", "pool_3/_reshape", ["pool_3", shape])


def _classifier(graph: _Graph, layer: keras.layers.Dense, inputs: list[str]) -> str:
    kernel, bias = layer.kernel.numpy(), layer.bias.numpy()
    n_classes = len(bias)
    more = n_outputs(n_classes) - n_classes - 1
    weights = graph.kernel("softmax/weights", np.pad(kernel, [(0, 0), (1, more)]))
    biases = graph.constant("softmax/biases", np.pad(bias, (1, more), constant_values=NEVER))
    graph.add("MatMul", "softmax/logits/MatMul", [*inputs, weights])
    graph.add("BiasAdd", "softmax/logits", ["softmax/logits/MatMul", biases])
    return graph.add("Softmax", "softmax", ["softmax/logits"])


_ADD = {
    keras.layers.Conv2D: _convolution,
    keras.layers.BatchNormalization: _norm,
    keras.layers.Activation: lambda graph, layer, inputs: graph.add("Relu", layer.name, inputs),
    keras.layers.MaxPooling2D: _pooling,
    keras.layers.AveragePooling2D: _pooling,
    keras.layers.Concatenate: _concatenation,
    keras.layers.GlobalAveragePooling2D: _bottleneck,
    keras.layers.Dense: _classifier,
}

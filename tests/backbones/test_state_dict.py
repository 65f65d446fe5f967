"""Files of weights from another framework, and files that only pretend to be: read, or refused, and never run."""

import pickle
import tracemalloc

import numpy as np
import pytest
from torch_files import container, entries, name, number, parts, pickled, state_dict, storage, tensor, text

from course_utils.backbones.state_dict import parse_state_dict, read_state_dict
from course_utils.errors import DataError

FLOATS = name("torch", "FloatStorage")
WHOLE = container(entries([("a", tensor())]))


def test_arrays_come_back_by_name_shape_and_type():
    rng = np.random.default_rng(0)
    arrays = {
        "conv.weight": rng.normal(size=(4, 3, 2, 2)).astype("<f4"),
        "bn.bias": rng.normal(size=4).astype("<f4"),
        "bn.num_batches_tracked": np.array(7, "<i8"),
    }
    read = parse_state_dict(state_dict(arrays))
    assert list(read) == list(arrays)
    for key, array in arrays.items():
        np.testing.assert_array_equal(read[key], array, strict=True)
    with pytest.raises(ValueError, match="read-only"):
        read["bn.bias"][0] = 1


def test_tensors_are_windows_into_a_storage():
    turned, row = tensor(shape=(3, 2), strides=(1, 3)), tensor(offset=3, shape=(3,), strides=(1,))
    read = parse_state_dict(container(entries([("turned", turned), ("row", row)])))
    np.testing.assert_array_equal(read["turned"], np.arange(6).reshape(2, 3).T)
    np.testing.assert_array_equal(read["row"], [3, 4, 5])


def whole_with(tensor_instructions):
    return container(entries([("a", tensor_instructions)]))


def with_tensor(**faults):
    return whole_with(tensor(**faults))


def with_storage(**faults):
    return whole_with(tensor(storage(**faults)))


NAMED = {
    "another module": (name("os", "system") + parts(text("true")) + b"R", "the name 'os.system'"),
    "a builtin": (name("builtins", "eval") + parts(text("1")) + b"R", "the name 'builtins.eval'"),
    "torch's own loader": (name("torch", "load") + parts(text("x")) + b"R", "the name 'torch.load'"),
    "a dotted way to it": (name("collections", "OrderedDict.__init__"), "the name 'collections.OrderedDict.__init"),
    "no name at all": (name("", "") + b")R", "the name"),
    "a name by instance": (b"(ios\nsystem\n", "the pickle instruction INST"),
    "a name from the stack": (text("os") + text("system") + b"\x93", "the pickle instruction STACK_GLOBAL"),
    "an object": (b"(" + name("collections", "OrderedDict") + b"o", "the pickle instruction OBJ"),
    "a new object": (name("collections", "OrderedDict") + b")\x81", "the pickle instruction NEWOBJ"),
    "an extension": (b"\x82\x01", "the pickle instruction EXT1"),
    "a reference by text": (b"Pos.system\n", "the pickle instruction PERSID"),
    "a call of a type of numbers": (name("torch", "FloatStorage") + b")R", "damaged pickle"),
    "a call of text": (text("eval") + b")R", "a call of something"),
    "a call of a result": (name("collections", "OrderedDict") + b")R)R", "a call of something"),
    "a call without a tuple": (name("collections", "OrderedDict") + b"}R", "a call of something"),
    "an argument too many": (name("collections", "OrderedDict") + parts(b"N") + b"R", "damaged pickle"),
    "an argument too few": (name("torch._utils", "_rebuild_tensor_v2") + b")R", "damaged pickle"),
    "a state of a function": (name("collections", "OrderedDict") + b"}b", "a state of"),
    "a state of a type": (name("torch._utils", "_rebuild_tensor_v2") + b"}b", "a state of"),
    "an empty stack": (b"0" * 9, "the pickle instruction POP"),
    "nothing to take": (b"ttt", "damaged pickle"),
    "an unknown memory": (b"h\x09", "damaged pickle"),
    "a key that is a bomb": (b"}" + b"N\x85q\x00" + b"h\x00h\x00\x86q\x00" * 200 + b"Ns", "text for keys"),
    "an entry without a value": (b"}(" + text("a") + b"u", "text for keys"),
    "entries of nothing": (b"N(" + text("a") + b"Nu", "text for keys"),
    "entries of no list": (b"}(Ne", "without their list"),
}  # fmt: skip

FORMS = {
    "another protocol": (b"\x80\x04N.", "protocol 4"),
    "another magic number": (container(b"}", magic=5), "a beginning that is not"),
    "another version": (container(b"}", version=1002), "a beginning that is not"),
    "another byte order": (container(b"}", computer=entries([("little_endian", b"\x89")])), "byte order"),
    "no word about the computer": (container(b"}", computer=b"]"), "byte order"),
    "a zip file": (b"PK\x03\x04" + bytes(100), None),
    "nothing": (b"", None),
    "text": (b"<html>not found</html>", None),
    "no dictionary": (container(text("a")), "dictionary of tensors"),
    "no tensors": (container(entries([("a", number(1))])), "dictionary of tensors"),
    "a mark left open": (container(b"(}"), "does not end with one value"),
    "two values": (container(b"}}"), "does not end with one value"),
    "more at the end": (WHOLE + b"x", "1 bytes after its end"),
    "no storage": (whole_with(tensor(b"N")), "without a storage"),
    "a storage of objects": (with_storage(kind="ObjectStorage"), "the name 'torch.ObjectStorage'"),
    "a reference to something else": (with_storage(word="module"), "no storage"),
    "a view": (with_storage(view=parts(text("v"), number(0), number(1))), "no storage"),
    "a negative storage": (with_storage(length=-6), "no storage"),
    "a huge storage": (with_storage(length=2**62), "no storage"),
    "a large storage": (with_storage(length=2**39), "of another length"),
    "a storage of another length": (with_storage(length=5), "of another length"),
    "a storage that is not there": (with_storage(key="1"), "other storages"),
    "a storage twice": (container(entries([("a", tensor())]), keys=["0", "0"]), "other storages"),
    "a list of other things": (
        container(entries([("a", tensor())]), listed=b"](" + number(1) + text("0") + b"e"), "a list of storages",
    ),
    "a reference to nothing": (whole_with(tensor(b"NQ")), "no storage"),
    "a reference to letters": (whole_with(tensor(text("storage"[:6]) + b"Q")), "no storage"),
    "a kind in words": (whole_with(tensor(storage().replace(FLOATS, text("f4")))), "no storage of numbers"),
    "a key that is none": (whole_with(tensor(storage().replace(text("0"), b"]"))), "no storage of numbers"),
    "a storage of two types": (
        container(entries([("a", tensor()), ("b", tensor(storage(kind="LongStorage")))])), "another one elsewhere",
    ),
    "an offset outside": (with_tensor(offset=1), "outside of its storage"),
    "an offset far outside": (with_tensor(offset=2**62), "an offset that are none"),
    "an offset before": (with_tensor(offset=-1), "an offset that are none"),
    "strides outside": (with_tensor(strides=(4, 1)), "outside of its storage"),
    "strides before": (with_tensor(strides=(-3, 1)), "an offset that are none"),
    "strides of nothing": (with_tensor(shape=(2**20, 2**19), strides=(0, 0)), "outside of its storage"),
    "strides that overflow": (with_tensor(shape=(2**39, 2**39), strides=(2**39, 2**39)), "outside of its storage"),
    "fewer strides": (with_tensor(strides=(1,)), "an offset that are none"),
    "no elements": (with_tensor(shape=(0, 3)), "outside of its storage or is empty"),
    "a negative shape": (with_tensor(shape=(-2, -3)), "an offset that are none"),
    "a huge shape": (with_tensor(shape=(2**62, 1), strides=(0, 0)), "an offset that are none"),
    "ninety axes": (with_tensor(shape=(1,) * 90, strides=(1,) * 90), "an offset that are none"),
    "a shape of truths": (WHOLE.replace(number(2) + number(3) + b"t", b"\x88\x88t"), "an offset that are none"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [*[(whole_with(instructions), words) for instructions, words in NAMED.values()], *FORMS.values()],
    ids=[*NAMED, *FORMS],
)
def test_what_weights_do_not_need_is_refused_in_no_memory(content, words, tmp_path):
    (tmp_path / "weights.pth").write_bytes(content)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=f"weights.pth(?s:.*){words or ''}") as error:
            read_state_dict(tmp_path / "weights.pth", do="fetch it again")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert "What to do: fetch it again" in str(error.value)
    assert len(str(error.value)) < 1000


@pytest.mark.parametrize(
    "instruction", [b"B\xff\xff\xff\xff", b"\x8e" + b"\xff" * 7 + b"\x0f", b"\x8b\xff\xff\xff\x7f"]
)
def test_absurd_sizes_are_refused_in_no_memory(instruction):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError):
            parse_state_dict(whole_with(instruction))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_far_place_in_memory_costs_nothing():
    far = tensor() + b"r\xff\xff\xff\x7f"  # the memo's place 2 ** 31 - 1
    tracemalloc.start()
    try:
        assert parse_state_dict(whole_with(far))["a"].shape == (2, 3)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("place", range(5))
def test_no_code_is_run_whatever_the_protocol_and_wherever_it_stands(tmp_path, protocol, place):
    class Trap:
        def __reduce__(self):
            return (tmp_path / "sprung").touch, ()

    pickles = [pickled(number(0))] * 5
    pickles[place] = pickle.dumps(Trap(), protocol)
    with pytest.raises(ValueError):
        parse_state_dict(b"".join(pickles))
    assert not (tmp_path / "sprung").exists()
    pickle.loads(pickles[place])
    assert (tmp_path / "sprung").exists(), "the trap works"


def test_a_file_that_is_cut_anywhere_is_refused():
    for end in range(len(WHOLE)):
        in_numbers = end > len(WHOLE) - 24
        with pytest.raises(ValueError, match="cut short" if in_numbers else None):
            parse_state_dict(WHOLE[:end])


def test_a_flipped_bit_is_refused_or_changes_a_number_a_name_or_a_shape_within_its_storage():
    refused = 0
    for at in range(len(WHOLE)):
        for bit in range(8):
            changed = bytearray(WHOLE)
            changed[at] ^= 1 << bit
            try:
                read = parse_state_dict(bytes(changed))
            except ValueError:
                refused += 1
            else:
                assert all(a.size <= 6 and a.dtype == np.float32 for a in read.values()), (at, bit)
    assert refused > 0.75 * 8 * (len(WHOLE) - 24), "but for the 24 bytes of numbers nearly all of them"


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: None], ids=["a folder", "nothing"])
def test_what_is_no_file_is_said(tmp_path, make):
    make(tmp_path / "weights.pth")
    with pytest.raises(DataError, match="no weights can be read from .*weights.pth"):
        read_state_dict(tmp_path / "weights.pth")

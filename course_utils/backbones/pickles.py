"""Read a pickle without trusting it: nothing in it is imported, and nothing is called but what the reader allows.

A pickle is a program for a small machine with a stack. Python's own `pickle` lets that program import and call whatever
it names, so whoever writes the file decides what your computer does. Here is the same machine with the instructions
that lists, dictionaries, numbers and text need, and a list of the names that it may use. All else is refused by name.
"""

import io
import pickletools
from collections.abc import Callable, Mapping
from typing import Any

from course_utils.arguments import shortened

_DAMAGED = (LookupError, TypeError)  # a pickle that takes from an empty stack, and the like
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_LITERALS = {"BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1"}


def read_pickle(stream: io.BytesIO, names: Mapping[str, Any], reference: Callable[[Any], Any]) -> Any:
    """Return the value of the next pickle in a stream of bytes.

    Parameters
    ----------
    names : what each name in the pickle stands for, as "module name"; no other is allowed. Functions among them are
        called with arguments out of the file, so they must be harmless with any.
    reference : called with what the pickle says about something that lies outside of it.

    Raises
    ------
    ValueError : the pickle asks for more than that, or is damaged.
    """
    machine = _Machine(names, reference)
    try:
        for instruction, argument, _ in pickletools.genops(stream):
            machine.do(instruction.name, argument)
    except _DAMAGED as error:
        raise ValueError(f"a damaged pickle ({type(error).__name__})") from error
    return machine.stack[0]


class _Machine:
    def __init__(self, names: Mapping[str, Any], reference: Callable[[Any], Any]):
        self.names, self.reference = names, reference
        self.stack: list = []
        self.marked: list[list] = []  # what lay below each mark that is still open
        self.memo: dict[int, Any] = {}

    def do(self, instruction: str, argument: Any) -> None:
        if instruction in _LITERALS:
            self.stack.append(argument)
        elif instruction in _CONSTANTS:
            self.stack.append(_CONSTANTS[instruction])
        elif instruction in _ACTIONS:
            _ACTIONS[instruction](self, argument)
        else:
            raise ValueError(f"the pickle instruction {instruction}, which no file of weights needs")

    def push(self, value: Any) -> None:
        self.stack.append(value)

    def mark(self) -> None:
        self.marked.append(self.stack)
        self.stack = []

    def above_mark(self) -> list:
        above, self.stack = self.stack, self.marked.pop()
        return above

    def last(self, n: int) -> list:
        return [self.stack.pop() for _ in range(n)][::-1]

    def end(self) -> None:
        if self.marked or len(self.stack) != 1:
            raise ValueError("a damaged pickle (it does not end with one value)")

    def check_protocol(self, protocol: int) -> None:
        if protocol != 2:
            raise ValueError(f"a pickle of protocol {protocol} in place of 2")

    def push_name(self, name: str) -> None:
        if name not in self.names:
            raise ValueError(f"the name {shortened(name.replace(' ', '.'))}, which no file of weights needs")
        self.push(self.names[name])

    def call(self, function: Any, arguments: Any) -> None:
        if type(arguments) is not tuple or not any(function is known for known in self.names.values()):
            raise ValueError("a call of something that is not among the allowed names")
        self.push(function(*arguments))

    def fill(self, pairs: list) -> None:
        target = self.stack[-1]
        if type(target) is not dict or len(pairs) % 2 or not all(type(key) is str for key in pairs[::2]):
            raise ValueError("entries that are not those of a dictionary with text for keys")
        target.update(zip(pairs[::2], pairs[1::2], strict=True))

    def extend(self, values: list) -> None:
        if type(self.stack[-1]) is not list:
            raise ValueError("entries of a list without their list")
        self.stack[-1].extend(values)

    def forget_state(self, _: Any) -> None:
        """Leave out what a dictionary has besides entries (PyTorch notes versions of layers); nothing else has any."""
        if type(self.stack[-1]) is not dict:
            raise ValueError("a state of something that is no dictionary")


_ACTIONS: dict[str, Callable[[_Machine, Any], None]] = {
    "PROTO": _Machine.check_protocol,
    "STOP": lambda machine, _: machine.end(),
    "MARK": lambda machine, _: machine.mark(),
    "EMPTY_DICT": lambda machine, _: machine.push({}),
    "EMPTY_LIST": lambda machine, _: machine.push([]),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.above_mark())),
    "TUPLE1": lambda machine, _: machine.push(tuple(machine.last(1))),
    "TUPLE2": lambda machine, _: machine.push(tuple(machine.last(2))),
    "TUPLE3": lambda machine, _: machine.push(tuple(machine.last(3))),
    "SETITEM": lambda machine, _: machine.fill(machine.last(2)),
    "SETITEMS": lambda machine, _: machine.fill(machine.above_mark()),
    "APPEND": lambda machine, _: machine.extend(machine.last(1)),
    "APPENDS": lambda machine, _: machine.extend(machine.above_mark()),
    "GLOBAL": _Machine.push_name,
    "REDUCE": lambda machine, _: machine.call(*machine.last(2)),
    "BUILD": lambda machine, _: machine.forget_state(machine.stack.pop()),
    "BINPERSID": lambda machine, _: machine.push(machine.reference(machine.stack.pop())),
    "BINPUT": lambda machine, number: machine.memo.__setitem__(number, machine.stack[-1]),
    "LONG_BINPUT": lambda machine, number: machine.memo.__setitem__(number, machine.stack[-1]),
    "BINGET": lambda machine, number: machine.push(machine.memo[number]),
    "LONG_BINGET": lambda machine, number: machine.push(machine.memo[number]),
}

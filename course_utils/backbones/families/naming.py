"""How wide the layers of a narrower network are, and what they are called."""

from collections import Counter

MULTIPLE = 8


def scaled(channels: int, width: float) -> int:
    """Return how many channels a layer has at this width: the nearest multiple of eight, at least eight.

    Processors compute eight or sixteen numbers at a time; every layer of the published networks is a multiple of eight,
    so at width 1 nothing changes.
    """
    return max(MULTIPLE, MULTIPLE * int(channels * width / MULTIPLE + 0.5))


class FreshNames:
    """The names that Keras gives to layers without one in a fresh session: conv2d, conv2d_1, conv2d_2, ...

    Our weights are stored by layer name, and Keras itself goes on counting through a session.
    """

    def __init__(self):
        self._given = Counter()

    def __call__(self, kind: str) -> str:
        number = self._given[kind]
        self._given[kind] += 1
        return f"{kind}_{number}" if number else kind

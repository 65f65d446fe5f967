"""Birdsong as pictures: spectrograms, time from left to right, pitch upwards, colour for loudness.

People do show such pictures to networks that were trained on photographs. Here they stand for pictures that are
unlike everything a backbone has met.
"""

import random
import zlib
from dataclasses import dataclass

import numpy as np

from course_utils.arguments import whole_number

# From silence to loud, red, green and blue.
COLOURS = np.array([(8, 6, 26), (72, 22, 110), (182, 54, 98), (246, 140, 60), (252, 246, 190)], float)
LEAST_PX = 32


@dataclass(frozen=True)
class Note:
    """Part of a song: when it begins and how long it lasts, from which pitch to which, and how it trembles."""

    start: float
    length: float
    pitch: tuple[float, float]
    tremble: float
    rate: float


def song_pictures(
    n_species: int, per_species: int, seed: int = 0, px: int = 96
) -> tuple[np.ndarray, np.ndarray]:
    """Return spectrograms of invented birds: pixels (n, px, px, 3) as uint8, and the species of each, from 0.

    A species is a phrase of a few notes. Each singer begins somewhere else, is faster or slower, higher or lower, may
    leave out a note, and is never alone. Species 3 is the same bird in every call; `seed` draws other recordings.

    Raises
    ------
    ValueError : a number out of range.
    """
    n_species, per_species = (
        whole_number(name, n, 1) for name, n in {"n_species": n_species, "per_species": per_species}.items()
    )
    seed, px = whole_number("seed", seed, 0), whole_number("px", px, LEAST_PX)
    labels = np.repeat(np.arange(n_species), per_species)
    pictures = [
        _recording(int(species), np.random.default_rng([seed, int(species), number]), px)
        for number, species in enumerate(labels)
    ]
    return np.stack(pictures), labels


def phrase(species: int) -> list[Note]:
    """Return the notes of a species, always the same."""
    chance = random.Random(zlib.crc32(f"song {species}".encode()))
    notes, start = [], 0.0
    for _ in range(chance.randint(3, 5)):
        length = chance.uniform(0.05, 0.2)
        low = chance.uniform(0.2, 0.8)
        high = min(0.85, max(0.15, low + chance.uniform(-0.3, 0.3)))
        tremble = chance.choice((0.0, 0.0, 0.03, 0.06))
        notes.append(Note(start, length, (low, high), tremble, chance.uniform(15, 45)))
        start += length + chance.uniform(0.02, 0.1)
    return notes


def _recording(species: int, chance: np.random.Generator, px: int) -> np.ndarray:
    loud = _sung(phrase(species), chance, px)
    neighbour = _sung(phrase(1000 + int(chance.integers(40))), chance, px)
    wind = np.linspace(0.1, 0.34, px)[:, None] * chance.uniform(0.6, 1.3)  # louder below
    hiss = wind + 0.09 * chance.standard_normal((px, px))
    sound = np.maximum(loud * chance.uniform(0.55, 1), neighbour * chance.uniform(0.15, 0.5)) + hiss
    steps = np.linspace(0, 1, len(COLOURS))
    colours = [np.interp(sound.clip(0, 1), steps, column) for column in COLOURS.T]
    return np.stack(colours, axis=-1).round().astype(np.uint8)


def _sung(notes: list[Note], chance: np.random.Generator, px: int) -> np.ndarray:
    """Return how loud a song is at each pitch (rows, from the top) and time (columns), 0 to 1."""
    tempo, higher = chance.uniform(0.85, 1.15), chance.uniform(-0.04, 0.04)
    offset, width = chance.uniform(-0.05, 0.35), chance.uniform(0.013, 0.02)
    time = np.linspace(0, 1, px)
    pitch = np.linspace(1, 0, px)[:, None]
    loud = np.zeros((px, px))
    for note in notes:
        if chance.random() < 0.1:
            continue
        along = (time - offset - note.start * tempo) / (note.length * tempo)
        at = np.interp(along, (0, 1), note.pitch) + higher
        at = at + note.tremble * np.sin(note.rate * 2 * np.pi * (time - offset))
        heard = np.exp(-(((pitch - at) / width) ** 2)) * ((along >= 0) & (along <= 1))
        loud = np.maximum(loud, heard * chance.uniform(0.6, 1))
    return loud

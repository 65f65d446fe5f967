"""The backbones of the study: what there is, what they are made of, and how they are fed."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import keras

from course_utils.backbones.networks import build_network, find_in_cache, imagenet_file
from course_utils.backbones.packaged import find_packaged
from course_utils.backbones.preprocessing import with_preprocessing
from course_utils.backbones.records import RECORDS, BackboneRecord
from course_utils.errors import DataError
from tools.study.arms import Arm

# What in a record is for people.
_TOLD = ("licence", "source", "weights", "classes", "folder", "parameters", "multiply_adds")


def at_hand(photos: bool) -> list[str]:
    """Return the names of the backbones that need no download: of drawn pictures, or of photos."""
    return [name for name, record in RECORDS.items() if record.is_own is not photos and _is_at_hand(record)]


def _is_at_hand(record: BackboneRecord) -> bool:
    if record.is_own:
        return record.own_file("weights.npz").exists()
    if record.packaged:
        try:
            return find_packaged(record.packaged, record.name).exists()
        except DataError:
            return False
    return find_in_cache(record.weights_file(record.size, top=False)) is not None


def digest(record: BackboneRecord, arm: Arm) -> str:
    """Return letters that change with the network or its weights; of random ones the seed decides."""
    facts = {name: value for name, value in asdict(record).items() if name not in _TOLD}
    text = hashlib.blake2b(json.dumps(facts, sort_keys=True, default=str).encode(), digest_size=8)
    if not arm.random:
        text.update(_weights_file(record).read_bytes())
    return text.hexdigest()


def _weights_file(record: BackboneRecord) -> Path:
    if record.is_own:
        return record.own_file("weights.npz")
    if record.packaged:
        return find_packaged(record.packaged, record.name)
    return imagenet_file(record, record.size, top=False)


def load(record: BackboneRecord, arm: Arm, seed: int) -> keras.Model:
    """Return a backbone as an arm wants it: pixels 0-255 in, features out."""
    if arm.random:
        keras.utils.set_random_seed(seed)
    network = build_network(record, record.size, None if arm.random else "default")
    return with_preprocessing(network, record.size, arm.preprocessing or record.preprocessing, record.name)

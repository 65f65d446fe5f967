"""Which backbones this course trains itself, and how each is trained.

A new one is a record in `course_utils.backbones.records` and a recipe here; `make backbones` makes its files. A test
(`tests/tools/pretrain/test_zoo.py`) then names the lines that `pyproject.toml` lacks.
"""

from dataclasses import replace

from course_utils.backbones.archive import OWN_FILES, OWN_FOLDER
from course_utils.backbones.records import RECORDS, BackboneRecord
from tools.pretrain.recipe import Settings

OWN = {name: record for name, record in RECORDS.items() if record.is_own}
FROZEN = next(record for record in OWN.values() if record.folder == OWN_FOLDER)  # also written as a graph

# Without BatchNorm SGD is still at chance after two hundred steps; Adam is not.
_VGG = Settings(learning_rate=1e-3, weight_decay=0.02, optimizer="adamw", he=True, clip=1.0)
_RECIPES = {
    "mini_vgg16": replace(_VGG, epochs=12),
    "mini_vgg19": replace(_VGG, epochs=10, learning_rate=5e-4),
    "mini_inception_v3": Settings(epochs=12),
    "mini_xception": Settings(epochs=10),
    "mini_resnet50": Settings(epochs=12),
}


def recipe_of(name: str) -> Settings:
    """Return how a backbone of ours is trained."""
    return _RECIPES.get(name, Settings())


def missing() -> list[str]:
    """Return the names of the backbones whose weights are not there yet."""
    return [name for name, record in OWN.items() if not record.own_file("weights.npz").exists()]


def files_of(record: BackboneRecord) -> tuple[str, ...]:
    """Return the names of all files in a backbone's folder."""
    more = OWN_FILES if record is FROZEN else ()
    return ("labels.json", "model_card.md", "weights.npz", *more)


def is_unfrozen() -> bool:
    """Whether the weights for the frozen graph are there, and it or one of its label maps is not."""
    return FROZEN.own_file("weights.npz").exists() and not all(FROZEN.own_file(f).exists() for f in OWN_FILES)

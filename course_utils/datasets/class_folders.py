"""What the folders of somebody's pictures stand for: classes, splits, or a wrapper round either."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from course_utils.datasets.layouts import listing
from course_utils.errors import DataError

# A picture's path below some folder: the folders on the way, then its name. () for one that lies elsewhere.
Parts = tuple[str, ...]
# A picture's class, None outside the class folders, and its split, None where no folder says.
Place = tuple[str | None, str | None]

_WORDS = {
    "train": "train training trn trainval",
    "test": "test testing tst",
    "validation": "val valid validation validate dev development eval evaluation",
}
_SPLITS = {word: split for split, words in _WORDS.items() for word in words.split()}
_SPLIT = re.compile(rf"({'|'.join(_SPLITS)})(set|data|images)?\d*")
# What else may be in the name of a split: seg_train, "Test Set", ILSVRC2012_img_val, 01-training.
_AROUND = re.compile(
    r"the|my|set|data|dataset|images?|imgs?|pictures?|photos?|split|folder|seg|imagenet|ilsvrc\d*|\d+"
)


def lay_out(pictures: Sequence[Parts], folder: str) -> tuple[list[Place], list[str]]:
    """Return the place of each picture below `folder`, by its path, and what had to be guessed, for people.

    Raises
    ------
    DataError : it cannot be known which folders are classes; the message names the folder in question.
    """
    wrapper = _wrapper(pictures)
    inside, name = _below(pictures, wrapper), "/".join((folder, *wrapper))
    guesses = [f"the classes are in {'/'.join(wrapper)}"] if wrapper else []
    if splits := _splits(inside, name):
        places, more = _in_splits(inside, splits)
    elif _is_each_class_split(inside, name):
        places = [(rest[0], split_named(rest[1])) if len(rest) > 1 else (None, None) for rest in inside]
        more = ["each class has folders of its own for the splits"]
    else:
        places = [(rest[0] if len(rest) > 1 else None, None) for rest in inside]
        more = [f"{name} is taken for a class" for name in _subfolders(inside) if split_named(name)]
    return places, guesses + more + _oddities(places)


@lru_cache
def split_named(name: str) -> str | None:
    """Return "train", "test" or "validation" for a folder that is named like a split, else None."""
    words = [word for word in re.split(r"[\W_]+", name.casefold()) if word and not _AROUND.fullmatch(word)]
    match = _SPLIT.fullmatch(words[0]) if len(words) == 1 else None
    return match and _SPLITS[match[1]]


def _below(pictures: Sequence[Parts], folder: Parts) -> list[Parts]:
    return [parts[len(folder) :] if parts[: len(folder)] == folder else () for parts in pictures]


def _subfolders(inside: Sequence[Parts]) -> list[str]:
    return list(dict.fromkeys(rest[0] for rest in inside if len(rest) > 1))


def _wrapper(inside: Sequence[Parts], stop_at_splits: bool = True) -> Parts:
    """Return the folder, inside a folder, that holds the classes or the splits: archives have one more round them."""
    wrapper, folders = (), _subfolders(inside)
    while len(folders) == 1 and not (stop_at_splits and split_named(folders[0])):
        deeper = _below(inside, (*wrapper, folders[0]))
        if any(len(rest) == 1 for rest in deeper):
            return ()  # it has pictures of its own: a class
        wrapper, folders = (*wrapper, folders[0]), _subfolders(deeper)
    return wrapper


def _splits(inside: Sequence[Parts], folder: str) -> dict[str, str]:
    """Return which split each folder is; nothing where the folders are classes."""
    folders = _subfolders(inside)
    named = {name: split_named(name) for name in folders if split_named(name)}
    odd = [name for name in folders if name not in named]
    full = {name: split for name, split in named.items() if _holds_classes(_below(inside, (name,)))}
    if not named or odd and not full:
        return {}
    if odd:
        raise DataError(
            f"{folder} holds splits and something else: {listing(odd)}.",
            expected="either folders of splits alone (train, test, validation) or a folder for each class",
            received=listing(folders),
            do=f"rename {odd[0]} to the split that it is, or move it out of {folder}.",
        )
    if "train" not in full.values():
        raise DataError(
            f"{folder} has no training pictures in class folders.",
            expected="a folder train that holds a folder for each class: train/robin/1.jpg",
            received=f"{listing(folders)}, {'with' if full else 'without'} class folders inside",
            do="add it; or, to have a part set aside as test, load a folder that holds the class folders alone.",
        )
    return full


def _holds_classes(inside: Sequence[Parts]) -> bool:
    """Return whether there are class folders inside a split, and not just the split once more: train/train/1.jpg."""
    return any(not split_named(name) or _subfolders(_below(inside, (name,))) for name in _subfolders(inside))


def _in_splits(inside: Sequence[Parts], splits: dict[str, str]) -> tuple[list[Place], list[str]]:
    own = {name: _below(inside, (name,)) for name in splits}
    wrappers = {name: _wrapper(own[name], stop_at_splits=False) for name in splits}
    plain = {folder for name in splits if not wrappers[name] for folder in _subfolders(own[name])}
    if plain & {wrapper[0] for wrapper in wrappers.values() if wrapper}:
        wrappers = dict.fromkeys(splits, ())  # the only class of one split, with folders inside
    places: list[Place] = [(None, None)] * len(inside)
    for name, split in splits.items():
        for i, rest in enumerate(_below(own[name], wrappers[name])):
            if len(rest) > 1:
                places[i] = rest[0], split
    guesses = ["splits " + ", ".join(f"{split} ({name})" for name, split in splits.items())]
    return places, guesses + [f"the classes are in {'/'.join((n, *w))}" for n, w in wrappers.items() if w]


def _is_each_class_split(inside: Sequence[Parts], folder: str) -> bool:
    """Return whether each class has folders of splits inside: robin/train/1.jpg."""
    splits = {rest[:2]: split_named(rest[1]) for rest in inside if len(rest) > 2 and split_named(rest[1])}
    if not splits:
        return False
    others = ["/".join(rest) for rest in inside if len(rest) > 1 and rest[:2] not in splits]
    if others or "train" not in splits.values():
        raise DataError(
            f"{folder}/{'/'.join(next(iter(splits)))} is named like a split and lies in a class folder.",
            expected="splits outside, classes inside (train/robin/1.jpg), or splits in each class, train among them",
            received=f"also {others[0]}" if others else listing(["/".join(split) for split in splits]),
            do="move the folders: train/robin, test/robin; or rename those that are no splits.",
        )
    return True


def _oddities(places: Sequence[Place]) -> list[str]:
    """Return what is unusual about the classes."""
    classes = sorted({name for name, _ in places if name})
    said = [f"one class only, {classes[0]}"] if len(classes) == 1 else []
    spellings = defaultdict(list)
    for name in classes:
        spellings[name.casefold()].append(name)
    said += [f"classes that differ in case only: {', '.join(s)}" for s in spellings.values() if len(s) > 1]
    splits = {split for _, split in places if split}
    untrained = sorted(set(classes) - {name for name, split in places if split == "train"}) if splits else []
    said += [f"no training pictures of {listing(untrained)}"] if untrained else []
    return said + (["nothing to test on"] if splits == {"train"} else [])

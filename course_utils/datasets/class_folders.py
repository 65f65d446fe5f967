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
    "test": "test tests testing tst",
    "validation": "val valid validation validate dev development eval evaluation",
}
_SPLITS = {word: split for split, words in _WORDS.items() for word in words.split()}
_SPLIT = re.compile(rf"({'|'.join(_SPLITS)})(set|data|images)?")
# FinalTraining2017 has the words final and training, ILSVRC2012 is one.
_WORD = re.compile(r"[^\W\d_][^\W\d_A-Z]+|[^\W\d_]+?(?![^\W\d_])")
# What says nothing beside the word for a split: seg_train, "Test Set", ILSVRC2012_img_val.
_AROUND = frozenset(
    "the my set data dataset image images img imgs pictures photos split folder seg imagenet ilsvrc".split()
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
    elif each := _splits_of_each_class(inside, name):
        places = [(rest[0], each[rest[:2]]) if len(rest) > 1 else (None, None) for rest in inside]
        more = ["each class has folders of its own for the splits"]
    else:
        more = _with_the_same_inside(inside, [(folder,) for folder in _subfolders(inside)], name)
        places = [(rest[0] if len(rest) > 1 else None, None) for rest in inside]
        more += [f"{name} is taken for a class" for name in _like_splits(_subfolders(inside))]
    return places, guesses + more + _oddities(places)


@lru_cache
def _words(name: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the split that one word of a folder's name stands for, None for none or several, and its other words."""
    words = [word.casefold() for word in _WORD.findall(name)]
    splits = [match for match in map(_SPLIT.fullmatch, words) if match]
    if len(splits) != 1:
        return None, ()
    return _SPLITS[splits[0][1]], tuple(w for w in words if w != splits[0][0] and w not in _AROUND)


def _named(folders: Sequence[str]) -> dict[str, str]:
    """Return which folders are named like splits: train; or flowers_train beside flowers_test."""
    groups = defaultdict(dict)
    for name in folders:
        split, others = _words(name)
        if split:
            groups[others][name] = split
    several = [group for group in groups.values() if len(set(group.values())) > 1]
    return groups.get(()) or (several[0] if len(several) == 1 else {})


def _like_splits(folders: Sequence[str]) -> list[str]:
    """Return the classes whose names might mean splits. A single freight_train does not."""
    splits = {name: _words(name) for name in folders if _words(name)[0]}
    several = len({split for split, _ in splits.values()}) > 1
    return [name for name, (_, others) in splits.items() if several or len("".join(others)) < 2]


def _below(pictures: Sequence[Parts], folder: Parts) -> list[Parts]:
    return [parts[len(folder) :] if parts[: len(folder)] == folder else () for parts in pictures]


def _subfolders(inside: Sequence[Parts]) -> list[str]:
    return list(dict.fromkeys(rest[0] for rest in inside if len(rest) > 1))


def _wrapper(inside: Sequence[Parts], stop_at_splits: bool = True) -> Parts:
    """Return the folder, inside a folder, that holds the classes or the splits: archives have one more round them."""
    wrapper, folders = (), _subfolders(inside)
    while len(folders) == 1 and not (stop_at_splits and _named(folders)):
        deeper = _below(inside, (*wrapper, folders[0]))
        if any(len(rest) == 1 for rest in deeper):
            return ()  # it has pictures of its own: a class
        wrapper, folders = (*wrapper, folders[0]), _subfolders(deeper)
    return wrapper


def _splits(inside: Sequence[Parts], folder: str) -> dict[str, str]:
    """Return which split each folder is; nothing where the folders are classes."""
    folders = _subfolders(inside)
    named = _named(folders)
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
    """Return whether there are class folders inside a split, and not just one more round it: test/images/1.jpg."""
    folders = _subfolders(inside)
    words = set(_WORD.findall(folders[0].casefold())) if len(folders) == 1 else set()
    says_nothing = words and (words <= _AROUND or _named(folders))
    return any(not says_nothing or _subfolders(_below(inside, (name,))) for name in folders)


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
    told = (split if name.casefold() == split else f"{split} ({name})" for name, split in splits.items())
    guesses = ["splits " + ", ".join(told)]
    return places, guesses + [f"the classes are in {'/'.join((n, *w))}" for n, w in wrappers.items() if w]


def _splits_of_each_class(inside: Sequence[Parts], folder: str) -> dict[Parts, str]:
    """Return which split each folder in a class is, robin/train/1.jpg; nothing where there are none."""
    splits = {
        (name, inner): split
        for name in _subfolders(inside)
        for inner, split in _named(_subfolders(_below(inside, (name,)))).items()
    }
    if not splits:
        return {}
    others = ["/".join(rest) for rest in inside if len(rest) > 1 and rest[:2] not in splits]
    if others or "train" not in splits.values():
        raise DataError(
            f"{folder}/{'/'.join(next(iter(splits)))} is named like a split and lies in a class folder.",
            expected="splits outside, classes inside (train/robin/1.jpg), or splits in each class, train among them",
            received=f"also {others[0]}" if others else listing(["/".join(split) for split in splits]),
            do="move the folders: train/robin, test/robin; or rename those that are no splits.",
        )
    _with_the_same_inside(inside, list(splits), folder)
    return splits


def _with_the_same_inside(inside: Sequence[Parts], folders: Sequence[Parts], above: str) -> list[str]:
    """Return what to say where all these folders hold the same two or more: splits in another language, or males and
    females of each class. Raise where they are numbered, fold1 and fold2, or named like splits."""
    pictures = [_below(inside, folder) for folder in folders]
    pictures = [_below(own, _wrapper(own, stop_at_splits=False)) for own in pictures]
    shared = set.intersection(*(set(_subfolders(own)) for own in pictures)) if len(folders) > 1 else ()
    if len(shared) < 2 or any(len(rest) == 1 for own in pictures for rest in own):
        return []
    outer, same = listing(["/".join(name) for name in folders]), listing(sorted(shared))
    names = {name[0] for name in folders}
    if len({re.sub(r"\d+", "", name) for name in names}) > 1 and not _like_splits(list(names)):
        return [f"{outer} are taken for classes, though each holds {same}"]
    raise DataError(
        f"It cannot be known what the folders in {above} are: classes, or splits of the same classes.",
        expected="a folder of pictures for each class, or folders train and test with a folder for each class",
        received=f"{outer}, each with {same} inside",
        do="rename those that are splits to train, test or validation; put together what is one split; "
        "where they are classes, move the pictures up into them.",
    )


def _oddities(places: Sequence[Place]) -> list[str]:
    """Return what is unusual about the classes."""
    classes = sorted({name for name, _ in places if name})
    oddities = [f"one class only, {classes[0]}"] if len(classes) == 1 else []
    spellings = defaultdict(list)
    for name in classes:
        spellings[name.casefold()].append(name)
    oddities += [
        f"classes that differ in case only: {', '.join(s)}" for s in spellings.values() if len(s) > 1
    ]
    splits = {split for _, split in places if split}
    untrained = sorted(set(classes) - {name for name, split in places if split == "train"}) if splits else []
    oddities += [f"no training pictures of {listing(untrained)}"] if untrained else []
    return oddities + (["nothing to test on"] if splits == {"train"} else [])

"""What is in a cache folder, and how to get rid of it."""

import json
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

from course_utils.bottlenecks.shards import list_shards, rows_of, width_of
from course_utils.bottlenecks.shelf import ABOUT
from course_utils.drafts import draft_of, remove_abandoned
from course_utils.engines.precision import FULL, said
from course_utils.errors import unknown_name
from course_utils.paths import shown

_COLUMNS = ["backbone", "size", "precision", "vectors", "features", "MB", "last_used", "folder"]


def about_all(folder: Path) -> list[dict]:
    """Return what each shelf that has vectors says about itself, `folder` and `used` (seconds) added."""
    found = []
    for file in sorted(folder.glob(f"[!.]*/{ABOUT}")):
        with suppress(OSError):  # deleted meanwhile
            if shards := list_shards(file.parent):
                used = file.stat().st_mtime
                found.append({**_about(file, shards[0]), "folder": file.parent, "used": used})
    return found


def _about(file: Path, shard: Path) -> dict:
    """Return what a shelf says about itself; where that is damaged, what its name and its first shard say."""
    front, _, digest = file.parent.name.rpartition("-")
    name, _, size = front.rpartition("-")
    named = {"backbone": name, "size": int(size.removesuffix("px"))}
    if "_" in digest:
        named["numbers"] = digest.partition("_")[2]
    with suppress(ValueError):  # no JSON, or not in UTF-8
        match json.loads(file.read_text(encoding="utf-8")):
            case {"n_features": int(), **rest} as about if named.items() <= rest.items():
                return about
    return {**named, "n_features": width_of(shard)}


def contents(folder: Path) -> pd.DataFrame:
    """Return one row for each shelf, the last used first."""
    rows = []
    for about in sorted(about_all(folder), key=lambda about: -about["used"]):
        files = list_shards(about["folder"])
        rows.append(
            {
                "backbone": about["backbone"],
                "size": about["size"],
                "precision": said(about.get("numbers", FULL)),
                "vectors": sum(rows_of(file) for file in files),
                "features": about["n_features"],
                "MB": round(sum(file.stat().st_size for file in files) / 1e6, 3),
                "last_used": pd.Timestamp(about["used"], unit="s").round("s"),
                "folder": about["folder"].name,
            }
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def drop(folder: Path, older_than: str | pd.Timedelta | None, backbone: str | None) -> pd.DataFrame:
    """Delete the shelves that were not used for so long and belong to this backbone; return their rows."""
    table = contents(folder)
    if backbone is not None and backbone not in set(table["backbone"]):
        raise unknown_name("backbone", backbone, set(table["backbone"]))
    chosen = table[table["backbone"].eq(backbone) if backbone is not None else slice(None)]
    if older_than is not None:
        limit = pd.Timestamp(time.time(), unit="s") - _length(older_than)
        chosen = chosen[chosen["last_used"] < limit]
    for name in chosen["folder"]:
        with suppress(FileNotFoundError):  # somebody else has dropped it
            # Nobody writes into it any more once it is called otherwise.
            doomed = (folder / name).rename(draft_of(folder / name))
            shutil.rmtree(doomed, ignore_errors=True)
    remove_abandoned(folder)
    return chosen.reset_index(drop=True)


def summary(folder: Path) -> str:
    """Return where the cache is and what is in it, in a few lines."""
    table = contents(folder)
    lines = [
        f"  {row.folder}: {row.vectors:,} vectors of {row.features:,} numbers, {row.MB:,.1f} MB, "
        f"last used {row.last_used:%Y-%m-%d}"
        for row in table.itertuples()
    ]
    total = f", {table['MB'].sum():,.1f} MB" if len(table) else ""
    return "\n".join([f"<BottleneckCache in {shown(folder)}{total}>", *(lines or ["  empty"])])


def _length(older_than: str | pd.Timedelta) -> pd.Timedelta:
    try:
        if isinstance(older_than, (int, float)):
            raise ValueError  # of what?
        return pd.Timedelta(older_than)
    except (ValueError, TypeError):
        raise ValueError(
            f"`older_than` must be a length of time, such as '30 days' or a timedelta. Received: {older_than!r}."
        ) from None

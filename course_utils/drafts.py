"""Files that appear whole or not at all: written as a draft, renamed at the end. What killed processes left is deleted.

A draft's name says which process writes it. On the same machine that process is asked for; of another machine's, or
another container's, which may share the disk, only the age tells.
"""

import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

DAY = 24 * 60 * 60  # seconds
HOST = re.sub(r"\W+", "_", platform.node()) or "unknown"
_DRAFT = re.compile(r"\..+\.(\w+)-(\d+)-\d+\.unfinished", re.DOTALL)


def _here() -> str:
    """Return a name for the place where process numbers count as they do here: this machine since it was started, or a
    container on it."""
    numbers, started = Path("/proc/self/ns/pid"), Path("/proc/sys/kernel/random/boot_id")
    container = numbers.stat().st_ino if numbers.exists() else 0
    return f"{HOST}_{container}{started.read_text()[:8] if started.exists() else ''}"


HERE = _here()


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Give a stream to write a file to, which gets its name when all is written and on the disk."""
    draft = draft_of(file)
    try:
        with open(draft, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def draft_of(target: Path) -> Path:
    """Return a name for the draft of a file or folder, beside it."""
    return target.with_name(f".{target.name}.{HERE}-{os.getpid()}-{time.time_ns()}.unfinished")


def is_draft(name: str) -> bool:
    """Return whether a name is one that `draft_of` gives."""
    return _DRAFT.fullmatch(name) is not None


def remove_abandoned(folder: Path) -> None:
    """Delete the drafts in a folder that nobody will finish; where that is not allowed, they stay."""
    for draft in folder.glob(".*.unfinished"):
        with suppress(OSError):
            if is_draft(draft.name) and _is_abandoned(draft):
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


def is_running(process: int) -> bool:
    """Return False if this machine has no process of this number; True also where it cannot be asked."""
    if os.name == "posix" and process > 0:
        with suppress(PermissionError):  # somebody else's process
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                return False
    return True


def _is_abandoned(draft: Path) -> bool:
    place, process = _DRAFT.fullmatch(draft.name).groups()
    if place == HERE and os.name == "posix":
        return not is_running(int(process))
    return time.time() - draft.stat().st_mtime > DAY


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where the system can do that: Windows and some network disks cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

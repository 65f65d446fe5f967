"""Names of files as people know them: in one form of Unicode, and fit to be printed anywhere.

Python hands out bytes of a name that it cannot decode as lone surrogates, which neither `print` nor JSON, Arrow or
SQLite take.
"""

import os
import sys
import unicodedata
from pathlib import PurePath


def printable(text: str) -> str:
    """Return a text that can be printed: bytes that are not UTF-8, and letters that the locale lacks, as escapes."""
    if text.isascii():
        return text
    encoding = sys.getfilesystemencoding()
    return _decoded(text).encode(encoding, "backslashreplace").decode(encoding)


def unified(name: str) -> str:
    """Return a name in the form that names are compared in: "ü" as one letter (NFC), no spaces at the ends."""
    return printable(unicodedata.normalize("NFC", " ".join(_decoded(name).split())))


def unified_path(path: str) -> str:
    """Return a relative path, each part in the form that names are compared in."""
    return "/".join(unified(part) for part in path.replace("\\", "/").split("/") if part not in ("", "."))


def is_utf8(name: str) -> bool:
    """Return whether the bytes of a name on disk are UTF-8."""
    try:
        name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return False
    return True


def as_on_disk(path: str | PurePath) -> str:
    """Return a path that the system takes, also where the locale cannot encode it: its bytes are then UTF-8."""
    path = os.fspath(path)
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return os.fsdecode(path.encode("utf-8", "surrogateescape"))
    return path


def _decoded(text: str) -> str:
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # surrogates that stand for no byte, as Windows allows in names
        return text.encode("utf-8", "backslashreplace").decode()

"""Install what requirements.lock names, and the course itself; notice and repair what is damaged.

    python tools/install.py --into .venv    into an environment of its own, made if need be: what `make install` does
    python tools/install.py                 into the environment of this Python: for conda, for Binder, on Windows

Needs Python alone, and uses uv where it is there. The lock is complete, so nothing is resolved (`--no-deps`): old pips
look for newer releases while they resolve. What is whole already is left as it is, which takes half a second.
"""

from __future__ import annotations  # so that an old Python gets as far as being told what is needed

import csv
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST, NEWEST = (3, 11), (3, 13)
# What TensorFlow has wheels for.
SYSTEMS = {("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64"), ("Windows", "AMD64")}
MARK = ".course-installed"  # in an environment: says that it is the course's, and what was installed
# Built from source, as it has no wheel. These build it, in the versions of the lock; else pip would take the newest.
FROM_SOURCE, BUILD_TOOLS = "promise", ("packaging", "setuptools", "wheel")
# Proves that the lessons' imports work, and compiles them.
IMPORTS = "import course_utils, keras, sklearn, tensorflow, tensorflow_hub"

_ASK = "import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_path('purelib'))"


def main() -> None:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="an environment, made if need be")
    parser.add_argument("--asked", action="store_true", help="it must have the version of this Python")
    parser.add_argument("--extra", help="an extra of pyproject.toml to install besides")
    arguments = parser.parse_args()
    if arguments.into is None:
        _check_machine()
        python = Path(sys.executable)
        _install(python)
    else:
        folder = arguments.into.absolute()
        python = _prepared(folder, arguments.asked)
        _make_whole(folder, python)
    if arguments.extra:
        _install_extra(python, arguments.extra)


def unsuitable(version: tuple[int, int], implementation: str, system: tuple[str, str]) -> str:
    """Return why the course cannot run on a Python, "" if it can."""
    if implementation != "cpython" or not OLDEST <= version <= NEWEST:
        return (
            f"The course needs Python {_dotted(OLDEST)} to {_dotted(NEWEST)} (CPython). Received: "
            f"{implementation} {_dotted(version)}. What to do: name another one, as in: make lab PYTHON=python3.12"
        )
    if system not in SYSTEMS:
        return (
            f"TensorFlow needs one of {', '.join(' '.join(pair) for pair in sorted(SYSTEMS))}. Received: "
            f"{' '.join(system)}. What to do: on a Mac with Apple silicon take a Python for arm64; else open the "
            "course on another computer or on Google Colab."
        )
    return ""


def damage(site: Path, packages: list[str]) -> dict[str, str]:
    """Return what is wrong, by package, with those that were installed: files are gone, or have another size.

    Parameters
    ----------
    site : the folder `site-packages`.
    packages : their folders there, as "numpy-2.4.6.dist-info". Each has a list of the package's files.
    """
    found = {}
    for name in packages:
        try:
            with (site / name / "RECORD").open(encoding="utf-8", newline="") as record:
                wrong = [path for path, _, size in csv.reader(record) if not _sound(site, path, size)]
        except (OSError, ValueError, csv.Error):
            found[name] = "not there as a whole"
            continue
        if wrong:
            found[name] = f"{len(wrong)} of its files missing or changed, such as {wrong[0]}"
    return found


def _sound(site: Path, path: str, size: str) -> bool:
    """True if a file is there and has its size. Python writes *.pyc anew; what lies outside of `site` are settings."""
    if path.endswith(".pyc"):
        return True
    try:
        found = (site / path).stat().st_size
    except OSError:
        return False
    return not size or path.startswith("..") or found == int(size)


def _prepared(folder: Path, asked: bool) -> Path:
    """Return the Python of the environment `folder`, which is made where it is missing or of no use."""
    reason = _why_anew(folder, asked)
    if reason is None:
        return _python(folder)
    _check_machine()
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            sys.exit(
                f"{folder} cannot be used: {reason}. It was not made by `make install`, so it is left alone. "
                "What to do: delete it, or name another folder, as in: make lab VENV=.venv-course"
            )
        print(f"Making {folder.name} anew: {reason}.", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("{}", encoding="utf-8")  # the first thing there and the last to go: it is ours
    for path in folder.iterdir():
        if path.name != MARK:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    _run([sys.executable, "-m", "venv", "--without-pip", folder])
    return _python(folder)


def _why_anew(folder: Path, asked: bool) -> str | None:
    """Return why an environment has to be made, or made anew; None if it can be used."""
    if not (folder / "pyvenv.cfg").exists():
        return "it is not an environment of Python"
    state = _ask(_python(folder))
    if state is None:
        return "its Python does not run any more"
    version, _ = state
    made_in = _mark(folder).get("folder", str(folder))
    if not OLDEST <= version <= NEWEST:
        return f"it has Python {_dotted(version)}, which the course does not support"
    if asked and version != sys.version_info[:2]:
        return f"it has Python {_dotted(version)}, and {_dotted(sys.version_info[:2])} is asked for"
    if made_in != str(folder):
        return f"it was made as {made_in}, and its commands point there"
    return None


def _make_whole(folder: Path, python: Path) -> None:
    """Install what is missing from an environment; do nothing where it is whole and up to date."""
    _, site = _ask(python)
    for _ in range(3):  # what has been installed is looked at, too
        mark = _mark(folder)
        wrong = damage(site, sorted({*mark.get("packages", []), *_installed(site)}))
        if mark.get("of") == _wanted() and not wrong:
            return
        (folder / MARK).touch()  # an error where the folder is somebody else's
        for name, what in wrong.items():
            print(f"{folder.name} is damaged: {name.replace('.dist-info', '')}: {what}.", flush=True)
            # What has no such folder counts as not installed, so it is, over what is left of it.
            shutil.rmtree(site / name, ignore_errors=True)
        if wrong or mark.get("packages"):
            print(f"{'Repairing' if wrong else 'Updating'} {folder.name}.", flush=True)
        else:
            print(f"Installing into {folder.name}: a minute with uv, several with pip; 3.5 GB.", flush=True)
        if not _uv():
            _see_to_pip(python, site)
        _install(python)
        state = {"of": _wanted(), "folder": str(folder), "packages": _installed(site)}
        (folder / MARK).write_text(json.dumps(state, indent=1), encoding="utf-8")
    sys.exit(f"{folder.name} stays damaged. What to do: make clean, then make install.")


def _see_to_pip(python: Path, site: Path) -> None:
    """Put the pip that comes with Python into an environment that has none, or a damaged one."""
    pips = [path.name for path in site.glob("pip-*.dist-info")]
    if not pips or damage(site, pips):
        for name in pips:
            shutil.rmtree(site / name)
        _run([python, "-m", "ensurepip", "--upgrade", "--default-pip"], quiet=True)


def _install(python: Path) -> None:
    """Install the lock and the course into the environment of a Python."""
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "build-tools.txt"
        tools.write_text("".join(_entry(name) for name in BUILD_TOOLS), encoding="utf-8")
        for file in (tools, ROOT / "requirements.lock"):
            wheels = ["--only-binary", ":all:", "--no-binary", FROM_SOURCE]
            _pip(python, "--no-deps", "--no-build-isolation", "--require-hashes", *wheels, "-r", file)
    _pip(python, "--no-deps", "--no-build-isolation", "-e", ROOT)
    _run([python, "-I", "-c", IMPORTS], quiet=True)


def _install_extra(python: Path, extra: str) -> None:
    """Install an extra that the lock does not hold; what the lock does hold stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text("\n".join(_pins()), encoding="utf-8")
        _pip(python, "--no-build-isolation", "--constraint", pins, "-e", f"{ROOT}[{extra}]")


def _pip(python: Path, *arguments: str | Path) -> None:
    pip = [_uv(), "pip", "install", "--python", python] if _uv() else [python, "-m", "pip", "install"]
    _run([*pip, "--quiet", *arguments])


def _run(command: list[str | Path], quiet: bool = False) -> None:
    """Run a command, `quiet` unless it fails; where it fails say what to do, and end."""
    done = subprocess.run(list(map(str, command)), capture_output=quiet, text=True)
    if done.returncode:
        output = f"{done.stdout}\n{done.stderr}" if quiet else ""
        sys.exit(
            f"{output}\nThe installation has stopped. Received: the error above. What to do: see that there are 5 GB "
            "of free disk and a network, then give the command again; it goes on from here."
        )


def _check_machine() -> None:
    system = platform.system(), platform.machine()
    if trouble := unsuitable(sys.version_info[:2], sys.implementation.name, system):
        sys.exit(trouble)


def _lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _pins() -> list[str]:
    """Return the lock's `name==version ; marker`."""
    return re.findall(r"^([A-Za-z0-9][^\\\n]*==[^\\\n]*)", _lock(), flags=re.MULTILINE)


def _entry(name: str) -> str:
    """Return a package's part of the lock, with its hashes."""
    return re.search(rf"^{name}==.*\n( +--hash.*\n)+", _lock(), flags=re.MULTILINE)[0]


def _installed(site: Path) -> list[str]:
    """Return the packages in a `site-packages` that the course has brought there, as their folders are called."""
    ours = {pin.split("==")[0] for pin in _pins()} | {"transfer-learning-birds"}
    folders = {path.name: re.sub("[._-]+", "-", path.name.split("-")[0]) for path in site.glob("*.dist-info")}
    return sorted(folder for folder, name in folders.items() if name.lower() in ours)


def _wanted() -> str:
    """Return a digest of what says what is to be installed."""
    files = (ROOT / name for name in ("requirements.lock", "pyproject.toml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _mark(folder: Path) -> dict:
    """Return what was written about an environment when it was installed; nothing where it was not finished."""
    try:
        return json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _ask(python: Path) -> tuple[tuple[int, int], Path] | None:
    """Return version and site-packages of a Python, None if it does not run."""
    try:
        answer = subprocess.check_output(
            [str(python), "-I", "-c", _ASK], stderr=subprocess.DEVNULL, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor, site = answer.strip().split(" ", 2)
    return (int(major), int(minor)), Path(site)


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if platform.system() == "Windows" else "bin/python")


def _uv() -> str | None:
    return shutil.which("uv")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. What to do: give the command again; it goes on from here.")
    except OSError as error:
        sys.exit(f"Not installed: {error}. What to do: take a folder of yours: make lab VENV=/path/of/yours")

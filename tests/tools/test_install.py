"""The lock is complete and names no address; environments are made, kept and repaired."""

import csv
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import install
from tools.project import REPO

PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (REPO / "requirements.lock").read_text(encoding="utf-8")
EXTRAS = PROJECT["optional-dependencies"]
NOT_LOCKED = {"bench", "scale"}
PYTHONS = ["3.11.9", "3.12.9", "3.13.9"]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
}


# --- The lock ---


def asked_for() -> list[str]:
    locked = [line for extra, lines in EXTRAS.items() if extra not in NOT_LOCKED for line in lines]
    return [*PROJECT["dependencies"], *locked, "hatchling"]


def machine(system: str, python: str) -> dict[str, str]:
    return {
        **default_environment(),
        **SYSTEMS[system],
        "platform_system": system,
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
    }


def locked_for(environment: dict[str, str]) -> dict[str, str]:
    """The locked versions that apply to a machine, by name."""
    pins = map(Requirement, install._pins())
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate(environment)
    }


def needs(name: str, version: str, extras: set[str], environment: dict[str, str]) -> list[Requirement]:
    """What a locked package asks for; nothing where another version, or none, is installed here to be asked."""
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return []
    if package.version != version:
        return []
    asked = map(Requirement, package.requires or [])
    settings = [{**environment, "extra": extra} for extra in {"", *extras}]
    return [need for need in asked if need.marker is None or any(map(need.marker.evaluate, settings))]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_has_all_that_its_packages_need(system, python):
    environment = machine(system, python)
    locked, missing, seen = locked_for(environment), [], set()
    todo = [(need, "pyproject.toml") for need in map(Requirement, asked_for())]
    while todo:
        need, by = todo.pop()
        name = canonicalize_name(need.name)
        version = locked.get(name)
        if version is None or not need.specifier.contains(version, prereleases=True):
            missing.append(f"{by} needs {need}, and the lock has {version}")
        elif (name, frozenset(need.extras)) not in seen:
            seen.add((name, frozenset(need.extras)))
            todo += [(other, name) for other in needs(name, version, need.extras, environment)]
    assert missing == []
    assert len(seen) > 150


def test_each_locked_package_is_pinned_with_hashes_and_no_address_is_locked():
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    wrong = [
        line
        for line in lines
        if not re.match(r"[a-z0-9][a-z0-9.-]*==[^ ]+( ; .*)? \\$| +--hash=sha256:", line)
    ]
    assert wrong == []
    for text in (LOCK, (REPO / "environment.yml").read_text(encoding="utf-8")):
        assert re.findall(r"://|--index-url|--extra-index-url|--find-links|file:", text) == []
    assert [entry for entry in re.split(r"\n(?=\w)", LOCK) if "==" in entry and "--hash" not in entry] == []


def test_a_dependency_is_named_once_and_what_learners_do_not_need_is_not_locked():
    names = [canonicalize_name(Requirement(line).name) for line in asked_for()]
    assert len(names) == len(set(names))
    others = {canonicalize_name(Requirement(line).name) for extra in NOT_LOCKED for line in EXTRAS[extra]}
    assert others and not others & {pin.split("==")[0] for pin in install._pins()}


def test_all_files_name_the_same_pythons():
    oldest, newest = (".".join(map(str, version)) for version in (install.OLDEST, install.NEWEST))
    assert PROJECT["requires-python"] == f">={oldest},<3.{install.NEWEST[1] + 1}"
    assert f"for Python {oldest} to {newest} on every system" in LOCK
    conda = yaml.safe_load((REPO / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert conda == [f"python={oldest}", "pip"]
    for file in ("Makefile", "README.md", "CONTRIBUTING.md", "pyproject.toml", "tools/release/lock.py"):
        assert not re.search(
            r"(?i)python[ <]*3\.10(?! has reached)|py310", (REPO / file).read_text("utf-8")
        ), file


# --- Environments ---


LINUX = ("Linux", "x86_64")


@pytest.mark.parametrize(
    ("machine", "trouble"),
    [
        (((3, 11), "cpython", LINUX), ""),
        (((3, 13), "cpython", ("Darwin", "arm64")), ""),
        (((3, 12), "cpython", ("Windows", "AMD64")), ""),
        (((3, 10), "cpython", LINUX), "The course needs Python 3.11 to 3.13"),
        (((3, 14), "cpython", LINUX), "Received: cpython 3.14. What to do"),
        (((3, 11), "pypy", LINUX), "Received: pypy 3.11"),
        (((3, 11), "cpython", ("Darwin", "x86_64")), "take a Python for arm64; else open the course"),
        (((3, 11), "cpython", ("Linux", "armv7l")), "Received: Linux armv7l"),
    ],
)
def test_a_machine_that_cannot_run_the_course_is_told_why(machine, trouble):
    found = install.unsuitable(*machine)
    assert trouble in found and bool(found) == bool(trouble)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """An environment with one installed package; what would be installed is written down, and made whole again."""
    folder = tmp_path / ".venv"
    venv.create(folder, with_pip=False)
    site = install._ask(install._python(folder))[1]
    put_package(site, "numpy-2.4.6", {"numpy/__init__.py": "one", "numpy/core.py": "two"})
    calls = []

    def installed(python):
        calls.append(python)
        put_package(site, "numpy-2.4.6", {"numpy/__init__.py": "one", "numpy/core.py": "two"})

    monkeypatch.setattr(install, "_install", installed)
    monkeypatch.setattr(install, "_see_to_pip", lambda python, site: None)
    install._make_whole(folder, install._python(folder))
    calls.clear()
    return folder, site, calls


def put_package(site: Path, name: str, files: dict[str, str]):
    record = [(f"{name}.dist-info/RECORD", "", "")]
    for path, text in files.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(text)
        record.append((path, "sha256=...", str(len(text))))
    record.append((f"{next(iter(files)).split('/')[0]}/__pycache__/x.pyc", "", ""))
    (site / f"{name}.dist-info").mkdir(exist_ok=True)
    with (site / f"{name}.dist-info" / "RECORD").open("w", newline="") as file:
        csv.writer(file).writerows(record)


def make(folder: Path, asked: bool = False):
    install._make_whole(folder, install._prepared(folder, asked))


@pytest.mark.parametrize("uv", [None, "uv"])
def test_the_lock_is_installed_as_it_is_after_what_builds_from_source(monkeypatch, uv):
    files = []

    def run(command, **how):
        words = [str(word) for word in command]
        if "-r" in words:
            assert {"--no-deps", "--require-hashes", "--no-build-isolation"} <= set(words)
            files.append(Path(words[-1]).read_text(encoding="utf-8"))

    monkeypatch.setattr(install, "_run", run)
    monkeypatch.setattr(install, "_uv", lambda: uv)
    install._install(Path(sys.executable))
    tools, lock = files
    assert re.findall(r"^(\w+)==", tools, flags=re.M) == list(install.BUILD_TOOLS)
    assert {"setuptools", "wheel", "packaging", "promise"} == {*install.BUILD_TOOLS, install.FROM_SOURCE}
    assert lock == LOCK and all(line in LOCK for line in tools.splitlines())


def test_a_whole_environment_is_left_as_it_is_whatever_else_is_in_it(course, capsys):
    folder, site, calls = course
    capsys.readouterr()
    make(folder)
    make(folder, asked=True)
    put_package(site, "mine-1.0", {"mine/__init__.py": "x"})
    shutil.rmtree(site / "mine")
    make(folder)
    assert calls == [] and capsys.readouterr().out == ""


DAMAGES = {
    "folder deleted": lambda site: shutil.rmtree(site / "numpy"),
    "file deleted": lambda site: (site / "numpy/core.py").unlink(),
    "file cut": lambda site: (site / "numpy/core.py").write_text(""),
    "file longer": lambda site: (site / "numpy/core.py").write_text("more than there was"),
    "not finished": lambda site: (site / "numpy-2.4.6.dist-info/RECORD").unlink(),
    "list cut": lambda site: (site / "numpy-2.4.6.dist-info/RECORD").write_text("numpy/co"),
    "list garbled": lambda site: (site / "numpy-2.4.6.dist-info/RECORD").write_bytes(b"\xff\xfe,,\n"),
    "package gone": lambda site: [shutil.rmtree(path) for path in site.glob("numpy*")],
    "another version": lambda site: (site / "numpy-2.4.6.dist-info").rename(site / "numpy-1.0.dist-info"),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_said_and_repaired(what, course, capsys):
    folder, site, calls = course
    DAMAGES[what](site)
    make(folder)
    said = capsys.readouterr().out
    assert len(calls) == 1 and ".venv is damaged: numpy-" in said and "Repairing .venv" in said
    make(folder)
    assert len(calls) == 1 and install.damage(site, ["numpy-2.4.6.dist-info"]) == {}


def test_what_an_installer_leaves_damaged_is_repaired_once_more_or_said(course, monkeypatch):
    folder, site, _ = course
    again = []

    def half(python):
        again.append(python)
        put_package(site, "numpy-2.4.6", {"numpy/__init__.py": "one"})
        (site / "numpy/__init__.py").write_text("")

    monkeypatch.setattr(install, "_install", half)
    (site / "numpy/core.py").unlink()
    with pytest.raises(SystemExit, match="stays damaged. What to do: make clean"):
        make(folder)
    assert len(again) == 3


def test_an_installation_that_was_stopped_goes_on_and_a_new_lock_is_installed(course, monkeypatch, capsys):
    folder, site, calls = course
    (folder / install.MARK).write_text("{}")
    (site / "numpy/core.py").unlink()
    make(folder)
    packages = json.loads((folder / install.MARK).read_text())["packages"]
    assert len(calls) == 1 and packages == ["numpy-2.4.6.dist-info"]
    monkeypatch.setattr(install, "_wanted", lambda: "another")
    make(folder)
    assert len(calls) == 2 and "Updating .venv" in capsys.readouterr().out


@pytest.mark.thorough
@pytest.mark.parametrize("pip", ["missing", "damaged"])
def test_an_environment_that_uv_made_gets_a_pip_when_it_needs_one(pip, tmp_path):
    venv.create(tmp_path, with_pip=pip != "missing")
    python = install._python(tmp_path)
    site = install._ask(python)[1]
    if pip == "damaged":
        shutil.rmtree(site / "pip" / "_internal")
    install._see_to_pip(python, site)
    subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True)


ANEW = {
    "its Python does not run any more": lambda folder: install._python(folder).unlink(),
    "it was made as": lambda folder: moved(folder),
    "it is not an environment": lambda folder: (folder / "pyvenv.cfg").unlink(),
}


def moved(folder: Path):
    mark = json.loads((folder / install.MARK).read_text())
    (folder / install.MARK).write_text(json.dumps({**mark, "folder": "/elsewhere/.venv"}))


@pytest.mark.parametrize("why", ANEW)
def test_an_environment_that_cannot_be_used_is_made_anew_and_said(why, course, monkeypatch, capsys):
    folder, _, calls = course
    ANEW[why](folder)
    (folder / "old").touch()
    monkeypatch.setattr(install, "_run", lambda command: venv.create(folder, with_pip=False))
    make(folder)
    assert f"Making .venv anew: {why}" in capsys.readouterr().out
    assert len(calls) == 1 and not (folder / "old").exists()


@pytest.mark.parametrize(("asked", "anew"), [(False, 0), (True, 1)])
def test_the_python_of_an_environment_is_kept_until_another_is_asked_for(
    course, monkeypatch, capsys, asked, anew
):
    folder, site, calls = course
    monkeypatch.setattr(install, "_ask", lambda python: ((3, 12 if sys.version_info[1] != 12 else 13), site))
    monkeypatch.setattr(install, "_run", lambda command: venv.create(folder, with_pip=False))
    make(folder, asked)
    assert len(calls) == anew
    assert ("is asked for" in capsys.readouterr().out) == asked


@pytest.mark.parametrize("content", ["a_file.txt", "lib/python3.11/x.py", "bin/python"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path, content):
    (tmp_path / "theirs" / content).parent.mkdir(parents=True)
    (tmp_path / "theirs" / content).touch()
    with pytest.raises(SystemExit, match="is left alone. What to do: delete it, or name another folder"):
        install._prepared(tmp_path / "theirs", asked=False)
    assert (tmp_path / "theirs" / content).exists()


def test_make_help_lists_every_command():
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.M).group(1).split()
    assert sorted(re.findall(r"^([a-z-]+):.*  ## ", makefile, flags=re.M)) == sorted(phony)


@pytest.mark.parametrize("home", ["/nonexistent", "/dev/null", ""])
def test_a_home_folder_that_cannot_be_written_to_is_replaced(home, tmp_path):
    shutil.copy(REPO / "Makefile", tmp_path)
    (tmp_path / "show.mk").write_text("include Makefile\nshow:\n\t@echo home=$$HOME\n")
    environment = {"PATH": "/usr/bin:/bin", "HOME": home}
    said = subprocess.check_output(
        ["make", "-f", "show.mk", "show"], cwd=tmp_path, env=environment, text=True
    )
    assert "cannot be written to" in said and f"home={tmp_path}/.home" in said

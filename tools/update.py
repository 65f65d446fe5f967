"""Fetch what has changed in the course, and lose nothing of the learner's: `make update`. Needs Python and git.

Git refuses to update a notebook that somebody has saved. Such notebooks are copied to my_notebooks/ first, where they
still run; those that the update does not touch stay as they are. What other files hold is never thrown away.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIES = "my_notebooks"


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.exit(update(ROOT))


def update(root: Path) -> str | None:
    """Update the checkout `root`; return what the learner has to do first, None if it is done."""
    if shutil.which("git") is None:
        return "The course is updated by git. Received: no git. What to do: install git, from git-scm.com."
    if _git(root, "rev-parse", "--abbrev-ref", "@{upstream}").returncode:
        return (
            f"{root.name} does not follow another repository. Expected: a clone, on its main branch. What to do: git "
            "switch main; or, if the folder was unpacked from a file, unpack a new one beside it."
        )
    fetched = _git(root, "fetch", "--quiet")
    if fetched.returncode:
        return f"{fetched.stderr}\nNot fetched. Received: the error above. What to do: see that there is a network."
    if _git(root, "merge-base", "--is-ancestor", "HEAD", "@{upstream}").returncode:
        return "There are commits of your own here. What to do: git pull --rebase, or git pull --no-rebase."
    mine, others = _in_the_way(root)
    if others:
        return (
            f"The update changes files that you have changed: {', '.join(others)}. What to do: git stash "
            "--include-untracked, then make update, then git stash pop; or copy them elsewhere and git restore them."
        )
    _set_aside(root, mine)
    merged = _git(root, "merge", "--ff-only", "--quiet", "@{upstream}")
    return merged.stderr if merged.returncode else None


def _in_the_way(root: Path) -> tuple[list[str], list[str]]:
    """Return the changed or new files that the update changes, too: the notebooks, and the others."""
    changed = _names(root, "diff", "--name-only", "--no-renames", "HEAD")
    changed |= _names(root, "ls-files", "--others")
    both = sorted(changed & _names(root, "diff", "--name-only", "--no-renames", "HEAD", "@{upstream}"))
    notebooks = [name for name in both if name.endswith(".ipynb")]
    return notebooks, [name for name in both if name not in notebooks]


def _set_aside(root: Path, notebooks: list[str]) -> None:
    """Copy notebooks to a folder of their own, then give their places back to git."""
    copies = root / COPIES / time.strftime("%Y-%m-%d_%H-%M-%S")
    for name in notebooks:
        if (root / name).exists():  # else it has been deleted
            (copies / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, copies / name)
            print(f"Your {name} is kept as {(copies / name).relative_to(root)}")
    for name in notebooks:
        _git(root, "reset", "--quiet", "--", name)
        if _git(root, "checkout", "--quiet", "HEAD", "--", name).returncode:  # not one of the course's
            (root / name).unlink(missing_ok=True)


def _names(root: Path, *command: str) -> set[str]:
    return set(filter(None, _git(root, *command, "-z").stdout.split("\0")))


def _git(root: Path, *command: str) -> subprocess.CompletedProcess:
    text = {"encoding": "utf-8", "errors": "surrogateescape"}  # names of files are any bytes
    return subprocess.run(["git", *command], cwd=root, capture_output=True, **text)


if __name__ == "__main__":
    main()

"""In JupyterLab, in a real browser: what a learner sees and clicks, and what saving does to a notebook."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from tools.decks import build as decks
from tools.decks.cells import slides
from tools.notebooks import build as notebooks
from tools.notebooks.execution import Job, agrees

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# As root, in containers without a GPU, and with no calls to the browser's maker.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SECONDS = 120_000  # milliseconds to wait for what a slow machine may take long to show

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: install Debian's chromium, or Google Chrome"),
]

CELLS = {
    "untouched": "from course_utils.exercises import exercise, quiz\nexercise('0.1').check(..., size=96)",
    "wrong": "exercise('0.1').check(27648, size=96)",
    "right": "exercise('0.1').check(3 * 192**2, size=96)",
    "hint": "exercise('0.1').hint()",
    "quiz": "quiz('0.a')",
    "slider": (
        "from course_utils.widgets import Slider, explore\nimport pandas as pd\n"
        "explore(lambda rate: pd.DataFrame([rate]), rate=Slider(0.001, 30, start=1, log=True))"
    ),
    "progress": "from course_utils.exercises import progress\nprogress()",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab that serves a folder of its own; returns the folder and the address."""
    folder, home = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", f"--ServerApp.root_dir={folder}"]
    options += [
        "--IdentityProvider.token=",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    environment = {**os.environ, "HOME": str(home), "COURSE_DATA": str(home / "data")}
    with open(home / "lab.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, home / "lab.log")
        yield folder, address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.set_default_timeout(SECONDS)
        yield page
        browser.close()


def test_a_notebook_saved_without_a_change_still_agrees_with_its_lesson(lab, page):
    folder, address = lab
    job = notebooks.jobs()[0]
    saved = folder / job.target.name
    shutil.copy(job.target, saved)
    before = saved.stat().st_mtime_ns
    open_notebook(page, address, saved.name)
    page.keyboard.press("Control+s")
    wait_until(lambda: saved.stat().st_mtime_ns != before and saved.read_text("utf-8").endswith("}\n"))
    assert agrees(Job(saved, job.fresh))


def test_exercises_answer_and_a_quiz_takes_a_click(lab, page, tmp_path):
    folder, address = lab
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS.values()])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / "exercises.ipynb")
    open_notebook(page, address, "exercises.ipynb")
    page.get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.get_by_text("○ Exercise 0.1: not tried yet").wait_for()
    page.get_by_text("✘ Exercise 0.1: not yet").wait_for()
    page.get_by_text("✔ Exercise 0.1: right").wait_for()
    page.get_by_text("Hint 1 of 3, Exercise 0.1").wait_for()
    page.get_by_text("1 of 9 solved").wait_for()
    page.get_by_role("button", name="Because we want to know how it does").click()
    page.get_by_text("✔ Quiz 0.a: right").wait_for()
    assert page.locator(".noUi-target").bounding_box()["width"] >= 400
    page.screenshot(path=os.environ.get("COURSE_SCREENSHOT") or tmp_path / "exercises.png")


def open_notebook(page, address: str, name: str) -> None:
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_title("Python 3 (ipykernel) | Idle").or_(page.get_by_text("| Idle")).first.wait_for()


def wait_until(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    def answers() -> bool:
        assert server.poll() is None, log.read_text()
        try:
            return urllib.request.urlopen(f"{address}/api", timeout=5).status == 200
        except OSError:
            return False

    wait_until(answers, 120)


def test_a_deck_can_be_shown_from_its_notebook(lab, page):
    folder, address = lab
    job = decks.jobs()[0]
    shutil.copy(job.target, folder / job.target.name)
    open_notebook(page, address, job.target.name)
    page.locator(".jp-Notebook").click()
    page.keyboard.press("Alt+r")
    show = page.frame_locator("iframe").locator(".reveal")
    show.get_by_role("heading", name="is for the Birds").first.wait_for()
    assert show.locator("section").count() >= len(list(slides(job.fresh)))
    assert "trained(vectors" not in show.inner_text()  # code is hidden, unless it is the message

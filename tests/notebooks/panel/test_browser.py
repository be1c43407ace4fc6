"""The panel in a real JupyterLab in a real browser: keyboard, mouse, effect, record, undo, no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page

from pipeline.notebook import Contest, guides
from pipeline.shells.deciding.decisions_file import load_decisions
from tests.report.test_browser import TAGS

TOKEN = "panel"  # noqa: S105 - of a server of this test, on this machine
PATIENCE = 150  # seconds, for a machine that does much else; ten are enough on one that does not
RETRY = 30_000  # milliseconds
STARTED = re.compile(r"\[(\*|\d+)\]")
CHOSEN = "select => [...select.selectedOptions].map(option => option.textContent.replaceAll('\\u00a0', ' '))"


@pytest.fixture(scope="module")
def copied(results: Contest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample's workspace, to decide in."""
    return Path(shutil.copytree(results.workspace.root, tmp_path_factory.mktemp("browser") / "contest"))


@pytest.fixture(scope="module")
def opened(copied: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run `minilabs notebooks` on the copy; return the file that holds what it asks the browser to open."""
    home = tmp_path_factory.mktemp("jupyter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = {"allow_root": True, "ip": "127.0.0.1", "port": port, "port_retries": 0}
    (home / "jupyter_server_config.json").write_text(
        json.dumps({"ServerApp": server, "IdentityProvider": {"token": TOKEN}}), encoding="utf-8"
    )
    asked = home / "asked"
    browser = home / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {asked}\n', encoding="utf-8")
    browser.chmod(0o755)
    settings = {name: str(home) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    words = [sys.executable, "-m", "pipeline", "notebooks", "--workspace", str(copied)]
    with (home / "log").open("wb") as log:
        started = subprocess.Popen(
            words, env=os.environ | settings | {"BROWSER": f"{browser} %s"}, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait(lambda: asked.is_file() and asked.read_text(encoding="utf-8").strip())
        yield asked
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(PATIENCE)


def wait(ready: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, f"still not so after {PATIENCE} seconds"
        time.sleep(0.1)


def until(act: Callable[[], object], shown: Locator) -> None:
    """Act, as a person would again when nothing happens: a click while the kernel is busy may be lost."""
    for _ in range(PATIENCE * 1000 // RETRY):
        with suppress(Error):
            act()
            shown.wait_for(timeout=RETRY)
            return
    seen = shown.page.locator(".minilabs-panel").inner_text()
    assert shown.is_visible(), f"not shown; the panel says:\n{seen}"


@pytest.fixture(scope="module")
def page(opened: Path, browser: Browser) -> Iterator[Page]:
    """Return JupyterLab as the command opens it, on the first notebook."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(opened.read_text(encoding="utf-8").strip())
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    yield page
    page.close()


@pytest.fixture(scope="module")
def executed(page: Page) -> Page:
    """Return notebook 3, opened from the list of files, every cell executed."""
    page.get_by_role("listitem", name="3_decider.ipynb").dblclick()

    page.get_by_role("heading", name="3. Décider").click()

    def execute() -> None:
        page.get_by_role("menuitem", name="Exécution", exact=True).click()
        page.get_by_text("Exécuter toutes les cellules", exact=True).click()

    until(execute, page.locator(".jp-InputPrompt", has_text=STARTED).first)
    page.locator(".minilabs-panel select").first.wait_for()
    return page


@pytest.fixture
def panel(executed: Page) -> Locator:
    """Return the panel, in view."""
    found = executed.locator(".minilabs-panel")
    found.scroll_into_view_if_needed()
    return found


def recorded(copied: Path) -> list[tuple[str, str]]:
    """Return what the decisions file holds: action and target."""
    path = copied / "data/review/decisions.csv"
    return [(one.action, one.target) for one in load_decisions(path, path.name)]


def save(panel: Locator, copied: Path, count: int) -> None:
    """Click on « Enregistrer » until the file holds `count` decisions."""
    for _ in range(PATIENCE * 1000 // RETRY):
        with suppress(Error):
            panel.get_by_role("button", name="Enregistrer").click(timeout=RETRY)
        end = time.monotonic() + RETRY / 1000
        while time.monotonic() < end:
            if len(recorded(copied)) >= count:
                return
            time.sleep(0.1)


def choose(menu: Locator, words: str) -> None:
    """Choose the entry of the menu that begins so, once it is there; the effect of it shows."""
    wait(menu.locator("option", has_text=words).count)
    menu.select_option(value=str(menu.locator("option", has_text=words).get_attribute("value")))


def chosen(field: Locator) -> list[str]:
    """Return the options chosen in a field."""
    found: list[str] = field.evaluate(CHOSEN)
    return found


def test_the_command_opens_the_first_notebook_in_french(page: Page) -> None:
    """`minilabs notebooks` ends in a browser, on notebook 1, in JupyterLab that speaks French and offers no news."""
    assert guides.FIRST in page.url
    page.get_by_role("heading", name="1. Découvrir les idées").wait_for()
    page.get_by_role("menuitem", name="Exécution", exact=True).wait_for()
    assert page.get_by_text("notified about official Jupyter news").count() == 0


def test_the_keyboard_alone_decides(page: Page, panel: Locator, copied: Path) -> None:
    """Arrows choose an idea then a decision, its effect shows, Enter after the reason records, and on to the next.

    The letters typed would cut cells of the notebook, and the arrows leave the panel, did JupyterLab get them.
    """
    cells = page.locator(".jp-Cell").count()
    ideas, menu, reason = (panel.get_by_label(name) for name in ("Idées (", "Décision", "Raison"))
    ideas.focus()
    page.keyboard.press("ArrowDown")
    wait(lambda: chosen(ideas)[0] == ideas.locator("option").nth(1).inner_text().replace("\u00a0", " "))
    idea = chosen(ideas)[0].split()[1]
    page.keyboard.press("x")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    wait(lambda: chosen(menu))
    page.keyboard.press("ArrowDown")
    panel.get_by_text("Rien n’est encore enregistré").wait_for()
    assert recorded(copied) == []
    reason.focus()
    page.keyboard.type("vue au clavier")
    page.keyboard.press("Enter")
    panel.get_by_text("décision enregistrée").wait_for()
    assert recorded(copied) == [("assign", idea)]
    wait(lambda: menu.evaluate("field => field === document.activeElement"))
    assert idea not in chosen(ideas)[0]
    assert page.locator(".jp-Cell").count() == cells


def test_the_mouse_decides_on_a_theme(panel: Locator, copied: Path) -> None:
    """Click a theme, what to do with it, with which other; each idea that would move is listed; then record."""
    before = len(recorded(copied))

    def join() -> None:
        panel.get_by_label("Montrer").select_option(index=7)
        panel.get_by_label("Décider sur").select_option(index=1)
        menu = panel.get_by_label("Décision")
        choose(menu, "Réunir")
        panel.get_by_label("Quel thème").select_option(index=1, timeout=RETRY)

    until(join, panel.get_by_text("changeraient de thème"))
    assert panel.get_by_role("region", name="Idées qui changeraient de thème").get_by_role("row").count() > 3
    assert len(recorded(copied)) == before
    save(panel, copied, before + 1)
    assert [action for action, _ in recorded(copied)[before:]] == ["merge"]


def test_the_last_decision_is_undone(panel: Locator, copied: Path) -> None:
    """One click shows what undoing would change, one more records it; the file keeps both decisions."""
    before = recorded(copied)
    until(
        panel.get_by_role("button", name="Annuler la dernière").click, panel.get_by_text("Rien n’est encore enregistré")
    )
    assert recorded(copied) == before
    save(panel, copied, len(before) + 1)
    assert recorded(copied) == [*before, ("undo", str(len(before)))]


def test_a_page_is_read_and_confirmed_at_once(panel: Locator, copied: Path) -> None:
    """A page of one theme, one idea moved away, the rest confirmed in one gesture, the next page; undone as one."""
    before = len(recorded(copied))
    ideas, menu = panel.get_by_label("Idées ("), panel.get_by_label("Décision")
    until(lambda: panel.get_by_label("Montrer").select_option(index=1), panel.get_by_role("group", name="Page à lire"))
    page = [words.split()[1] for words in ideas.locator("option").all_inner_texts()]
    assert len(page) > 3
    until(lambda: ideas.select_option(index=0), panel.get_by_role("group", name="Idée choisie"))
    choose(menu, "N’entre nulle part")
    save(panel, copied, before + 1)
    panel.get_by_role("group", name="Page à lire").wait_for()
    choose(menu, "Confirmer le reste de la page")
    save(panel, copied, before + len(page))
    assert recorded(copied)[before:] == [("weak", page[0]), *(("assign", idea) for idea in page[1:])]
    wait(lambda: page[1] not in ideas.inner_text())
    assert panel.get_by_role("group", name="Page à lire").is_visible()
    until(panel.get_by_role("button", name="Annuler la dernière").click, panel.get_by_text("même geste").first)
    save(panel, copied, before + 2 * len(page) - 1)
    assert {action for action, _ in recorded(copied)[before + len(page) :]} == {"undo"}


def test_words_typed_narrow_the_list(panel: Locator) -> None:
    """Letters go to the field, accents do not matter, the list follows."""
    panel.get_by_label("Montrer").select_option(index=2)
    panel.get_by_label("Chercher").press_sequentially("velo")
    wait(lambda: 0 < panel.get_by_label("Idées (").locator("option").count() < 60)
    panel.get_by_label("Chercher").fill("")
    wait(lambda: panel.get_by_label("Idées (").locator("option").count() > 200)


def test_it_is_accessible_and_fits(page: Page, panel: Locator) -> None:
    """No violation in the panel that is the panel's own; nothing sticks out at a narrow column's width either."""
    panel.get_by_label("Décider sur").select_option(index=0)
    found = Axe().run(page, context=".minilabs-panel", options={"runOnly": {"type": "tag", "values": TAGS}})
    told = [f"{one['id']}: {node['html'][:200]}" for one in found.response["violations"] for node in one["nodes"]]
    assert told == []
    for width in (1280, 760):
        page.set_viewport_size({"width": width, "height": 1000})
        assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth + 1"), width


def test_no_request_leaves_the_machine(page: Page, panel: Locator) -> None:
    """Everything the page loaded came from the server of this test."""
    assert panel.is_visible()
    urls: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    ours = (page.url.partition("/lab")[0], "data:", "blob:")
    assert [url for url in urls if not url.startswith(ours)] == []

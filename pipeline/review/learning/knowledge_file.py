"""A model of themes on disk: numbers (npz), what they are (json) and a card in French; nothing that can run code."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import numpy as np

from pipeline.errors import MinilabsError
from pipeline.french import counted, enumeration, number, typeset
from pipeline.review.learning.knowledge import Knowledge, Known

NUMBERS, FACTS, CARD = "poids.npz", "modele.json", "CARTE.md"
_FORMAT = 1

_CARD = """\
# Modèle de thèmes « {name} »

Ce que les décisions d'un concours ont appris, pour donner de l'avance au concours suivant.

## Ce qu'il contient

- {themes} : le titre et la description que les analystes leur ont donnés, et {columns} nombres par thème.
- Appris sur {ideas}, dont {decided} placées par une personne ({decisions} en vigueur).
- Encodeur : {encoder}.

| Thème | Idées | Placées par une personne |
|---|---:|---:|
{rows}
{left_out}
## Ce qu'il ne contient pas

Ni texte d'idée, ni numéro d'idée, ni nom, ni donnée sur les porteurs. Les nombres d'un thème résument toutes les \
idées du concours à la fois ; les thèmes de très peu d'idées sont laissés de côté, car leurs nombres diraient presque \
ce que dit une seule idée. Les titres et les descriptions sont les mots des analystes : relisez-les avant de donner \
le modèle à quelqu'un.

## Comment s'en servir

1. Copiez ce dossier dans le dossier `models` de l'espace de travail du nouveau concours.
2. Dans `params.yaml`, section `review`, donnez à `model` la valeur `{name}`.
3. `minilabs review reuse` propose de reprendre ses thèmes ; rien n'est repris sans votre accord.

Le modèle ne parle que des thèmes dont le titre est resté le même. Il refuse un autre encodeur que le sien.

## Limites

Il répète ce que les analystes ont décidé, erreurs comprises, et vieillit avec le vocabulaire. C'est un point de \
départ : les décisions du nouveau concours comptent davantage.
"""


def files_of(knowledge: Knowledge, name: str, decisions: int, left_out: dict[str, str]) -> dict[str, bytes]:
    """Return file name → content; the same model gives the same bytes.

    Args:
        knowledge: to keep.
        name: of the model.
        decisions: in force when it was learnt.
        left_out: title of a theme that was left out → why.
    """
    numbers = io.BytesIO()
    np.savez(numbers, weights=knowledge.weights)
    facts = {
        "format": _FORMAT,
        "encoder": knowledge.encoder,
        "prompt": knowledge.prompt,
        "sha256": hashlib.sha256(numbers.getvalue()).hexdigest(),
        "themes": [
            {"title": t.title, "description": t.description, "ideas": t.ideas, "decided": t.decided}
            for t in knowledge.themes
        ],
    }
    card = _card(knowledge, name, decisions, left_out)
    return {
        NUMBERS: numbers.getvalue(),
        CARD: card.encode(),
        FACTS: (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def knowledge_of(files: dict[str, bytes], name: str) -> Knowledge:
    """Return the model that `files` hold.

    Args:
        files: `NUMBERS` and `FACTS`.
        name: of the model, for errors.

    Raises:
        MinilabsError: `review.model_damaged`.
    """
    try:
        facts: dict[str, Any] = json.loads(files[FACTS])
        themes = tuple(Known(t["title"], t["description"], int(t["ideas"]), int(t["decided"])) for t in facts["themes"])
        weights = np.load(io.BytesIO(files[NUMBERS]), allow_pickle=False)["weights"]
        whole = facts["format"] == _FORMAT and facts["sha256"] == hashlib.sha256(files[NUMBERS]).hexdigest()
        knowledge = Knowledge(str(facts["encoder"]), str(facts["prompt"]), themes, weights)
    except Exception as why:  # numpy, zip and JSON have each their own, and a damaged model is the answer to all
        raise MinilabsError("review.model_damaged", name=name) from why
    numbers = weights.ndim == 2 and weights.dtype.kind == "f" and bool(np.isfinite(weights).all())  # noqa: PLR2004 - theme × column
    if not whole or not numbers or len(weights) != len(themes):
        raise MinilabsError("review.model_damaged", name=name)
    return knowledge


def _card(knowledge: Knowledge, name: str, decisions: int, left_out: dict[str, str]) -> str:
    themes, columns = knowledge.weights.shape
    prompt = f", avec « {knowledge.prompt} » devant chaque texte" if knowledge.prompt else ""
    return typeset(
        _CARD.format(
            name=name,
            themes=counted(themes, "thème"),
            columns=number(columns),
            ideas=counted(sum(theme.ideas for theme in knowledge.themes), "idée"),
            decided=number(sum(theme.decided for theme in knowledge.themes)),
            decisions=counted(decisions, "décision"),
            encoder=knowledge.encoder + prompt,
            rows="\n".join(f"| {_cell(t.title)} | {number(t.ideas)} | {number(t.decided)} |" for t in knowledge.themes),
            left_out=f"\nLaissés de côté : {enumeration(said_left_out(left_out))}.\n" if left_out else "",
        )
    )


def said_left_out(left_out: dict[str, str]) -> list[str]:
    """Return each theme that was left out, with the reason."""
    return [f"« {title} » ({why})" for title, why in left_out.items()]


def _cell(text: str) -> str:
    return text.replace("|", "/")

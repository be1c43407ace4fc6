"""What the ideas of a theme say: whole sentences of their authors, quoted as such, with the ideas behind each."""

from __future__ import annotations

import re

from pipeline.french import agree, counted, enumeration, number, typeset
from pipeline.report.facts.frames import Tables, rows, texts
from pipeline.report.facts.themes import Claim, Theme

MOST = 3
"""Claims of a theme."""
_STAND = ("Cette phrase vaut pour ", "Ces phrases valent pour ")
_COME = ("Cette phrase vient d’", "Ces phrases viennent de ")
"""What claims that a reader read do, and those that the program chose."""


def claims(tables: Tables) -> dict[str, Claim]:
    """Return what is quoted of each idea, by its id, with all the ideas that share its words."""
    quoted = tables["claims"]
    read = set(quoted.loc[quoted["read"].fillna(value=False).astype(bool), "idea_id"]) if "read" in quoted else set()
    return {
        idea: Claim(_inner(typeset(row["text"])), idea, texts(row["ideas"]), idea in read)
        for row in rows(quoted)
        for idea in [row["idea_id"]]
    }


def of_theme(known: dict[str, Claim], ideas: list[str]) -> tuple[Claim, ...]:
    """Return the claims taken from `ideas`, those with most ideas behind first; ideas of another theme are left out."""
    inside = set(ideas)
    kept = [claim for idea, claim in known.items() if idea in inside]
    told = [Claim(c.text, c.idea_id, tuple(sorted(i for i in c.behind if i in inside)), c.read) for c in kept]
    return tuple(sorted(told, key=lambda claim: (-len(claim.behind), claim.idea_id))[:MOST])


def is_quoted(summary: str, known: dict[str, Claim]) -> bool:
    """Return whether a summary is a sentence of an idea, and not a person's words about the theme."""
    return _inner(typeset(summary)) in {claim.text for claim in known.values()}


def source(claim: Claim) -> str:
    """Return the numbers of the ideas behind a claim: that of its author, then those on the same subject."""
    if not claim.behind:
        return claim.idea_id
    return typeset(f"{claim.idea_id} ; {link(claim)} {enumeration(claim.behind)}")


def link(claim: Claim) -> str:
    """Return what makes other ideas stand behind a claim: how near they are, or what a reader says."""
    return "de même, selon le second lecteur," if claim.read else "même sujet dans"


def reach(theme: Theme) -> str:
    """Return of how many ideas of a theme its claims are, a sentence; empty without any, or when of all."""
    if not theme.claims or theme.covered >= theme.size:
        return ""
    read = any(claim.read for claim in theme.claims)
    said = agree(len(theme.claims), *(_STAND if read else _COME))
    left = theme.size - theme.covered
    rest = agree(left, "l’autre reste à lire", "les autres restent à lire")
    stood = number(theme.covered) if theme.covered > 1 else "une"
    return typeset(f"{said}{stood} des {counted(theme.size, 'idée')} : {rest}.")


def about(theme: Theme) -> str:
    """Return what a theme is about, a line for a person's words and one for each claim."""
    quoted = [f"« {claim.text} » ({source(claim)})" for claim in theme.claims]
    return typeset("\n".join([*([theme.summary] if theme.summary else []), *quoted]))


def _inner(sentence: str) -> str:
    """Return a sentence ready to stand in quotation marks: its own become those of the second level, no full stop."""
    inside = re.sub(r"«[\s\u00a0\u202f]*(.*?)[\s\u00a0\u202f]*»", "“\\1”", sentence)
    return inside[:-1] if inside.endswith(".") and not inside.endswith("..") else inside

"""What a theme says: whole sentences of its ideas, quoted, with the numbers of the ideas behind each."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from pipeline.report import Report
from pipeline.report.facts.themes import Claim
from pipeline.report.view import claims
from tests.report.conftest import Tables


def known(*quoted: tuple[str, str, list[str]]) -> dict[str, Claim]:
    """Return claims as the report reads them from (idea, sentence, ideas behind)."""
    return claims.claims({"claims": pd.DataFrame(quoted, columns=["idea_id", "text", "ideas"])})


def test_quotation_marks_inside_are_of_the_second_level() -> None:
    """« » inside a quotation become “ ”, and a sentence loses its full stop."""
    assert known(("A", "Le dossier « divers » est plein.", []))["A"].text == "Le dossier “divers” est plein"


def test_the_claim_with_most_ideas_behind_comes_first() -> None:
    """Ideas of another theme stand behind nothing, three claims are told at most, none of an idea that left."""
    quoted = known(("A", "Un.", []), ("B", "Deux.", ["C", "Z"]), ("C", "Trois.", ["A", "B"]), ("D", "Quatre.", []),
                   ("Z", "Ailleurs.", ["A", "B", "C"]))  # fmt: skip
    told = claims.of_theme(quoted, ["A", "B", "C", "D"])
    assert [(claim.idea_id, claim.behind) for claim in told] == [("C", ("A", "B")), ("B", ("C",)), ("A", ())]


def test_the_source_names_every_idea_behind() -> None:
    """The idea it is taken from, then those on the same subject."""
    assert claims.source(Claim("Un", "A", ())) == "A"
    assert claims.source(Claim("Un", "A", ("B", "C"))) == "A\u202f; même sujet dans B et C"


def test_a_person_s_words_are_not_taken_for_a_quotation() -> None:
    """A sentence of an idea as summary is a quotation; anything else was written by somebody."""
    quoted = known(("A", "Le dossier « divers » est plein.", []))
    assert claims.is_quoted("Le dossier « divers » est plein.", quoted)
    assert not claims.is_quoted("Le classement des dossiers.", quoted)


def test_every_claim_is_in_the_text_of_its_idea(report: Report, tables: Tables) -> None:
    """What is quoted in the view is in the table, of an idea of that very theme."""
    said = {row["idea_id"]: row["text"] for row in tables["claims"].to_dict("records")}
    for theme in report.themes:
        assert 0 < len(theme.claims) <= claims.MOST
        assert all(claim.idea_id in theme.ideas and set(claim.behind) <= set(theme.ideas) for claim in theme.claims)
        assert all(claim.text[:4] == said[claim.idea_id][:4] for claim in theme.claims)


def test_a_theme_says_of_how_many_ideas_its_sentences_are(report: Report) -> None:
    """The ideas they are taken from, and those behind when a reader says that they say the same; nothing where all."""

    def said(size: int, *told: Claim) -> str:
        return re.sub(r"[\u202f\u00a0]", " ", claims.reach(replace(report.themes[0], size=size, claims=told)))

    one, two = Claim("Un", "A", ("B", "C")), Claim("Deux", "B", ())
    assert said(9, one, two) == "Ces phrases viennent de 2 des 9 idées : les autres restent à lire."
    assert said(9, replace(one, read=True), two) == "Ces phrases valent pour 3 des 9 idées : les autres restent à lire."
    assert said(2, one) == "Cette phrase vient d’une des 2 idées : l’autre reste à lire."
    assert said(2, one, two) == said(3, replace(one, read=True), two) == said(3) == ""

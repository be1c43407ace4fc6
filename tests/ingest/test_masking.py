"""What identifies someone is masked, places and words are not, and the analyst has the last word."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import Decisions, Ingested, SourceFile, ingest
from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision
from pipeline.ingest.masking.known import known_names, known_spans
from pipeline.ingest.masking.measure import reference
from pipeline.ingest.masking.spans import LABELS, Span, show, without_overlap
from pipeline.params import IngestParams
from tests.ingest.labelled import SETS, labelled

PER_SET = pytest.mark.parametrize("name", list(SETS))


@PER_SET
def test_enough_labels(name: str) -> None:
    """Each set has well over 100 sentences, every kind among them, and a third without anything to mask."""
    sentences = labelled(name).sentences
    assert len(sentences) >= 140
    assert {span.kind for _, spans in sentences for span in spans} == set(LABELS)
    assert sum(not spans for _, spans in sentences) >= 50


@PER_SET
def test_figures_told_are_those_measured(name: str) -> None:
    """The figures that quality.json repeats are those of the program (`python -m benchmarks.ingest --write`)."""
    assert reference()[name] == labelled(name).quality()


def test_recall_and_precision() -> None:
    """On plain sentences 95 % of what identifies is wholly masked and 95 % of what is masked identifies."""
    found = reference()["sentences"]
    assert (found["total"].recall or 0) >= 0.95
    assert (found["total"].precision or 0) >= 0.95
    for kind in ("email", "telephone", "nir", "plaque", "url"):
        assert found[kind].covered == found[kind].labelled, kind


def test_recall_and_precision_on_hard_sentences() -> None:
    """On sentences made to be hard, 9 in 10 of what identifies is masked and 9 in 10 masks are right."""
    found = reference()["hard_sentences"]
    assert (found["total"].recall or 0) >= 0.9
    assert (found["total"].precision or 0) >= 0.9


def test_without_the_language_model() -> None:
    """The rules alone still mask all that has a form, and most names."""
    found = labelled("sentences").quality(use_model=False)
    assert found["telephone"].covered == found["telephone"].labelled
    assert found["nom"].recall is not None
    assert found["nom"].recall >= 0.7


HOLDERS = [("Le Guennec", "Soizic"), ("Ibrahimov-Petit", "Adrien"), ("Petit", "Jean-Paul"), ("Grandmougeot", "Thibaud")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("voir LE GUENNEC Soizic demain", "voir # demain"),
        ("merci à S. Le Guennec", "merci à #"),
        ("adrien ibrahimov petit l'a dit", "# l'a dit"),
        ("J.-P. Petit et Jean Paul PETIT", "# et #"),
        ("les Grandmougeots sont d'accord", "les # sont d'accord"),
        ("le bureau de GRANDMOUGEOT", "le bureau de #"),
        ("un petit déjeuner, un petit jean", "un petit déjeuner, un petit jean"),
    ],
)
def test_known_holders(text: str, masked: str) -> None:
    """Known names are found whole, inverted, with initials, without accents, in the plural; plain words are left."""
    names = known_names(HOLDERS, frozenset({"petit"}))
    spans = without_overlap(known_spans(text, names))
    assert show(text, spans, dict.fromkeys(LABELS, "#")) == masked


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(list(LABELS))), max_size=6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_merged_spans_cover_the_same_characters(drawn: list[tuple[int, int, str]]) -> None:
    """Merging overlapping spans neither uncovers nor covers a character more, and leaves none overlapping."""
    spans = [Span(start, start + length, kind, "") for start, length, kind in drawn]
    merged = without_overlap(spans)
    assert {i for s in merged for i in range(s.start, s.end)} == {i for s in spans for i in range(s.start, s.end)}
    assert all(a.end <= b.start for a, b in itertools.pairwise(merged))


TABLE = """id;titre;description
1;Composteur;Voir avec Sandrine Kessler-Moulin au 03 53 01 44 18.
2;Salle;La salle Honorine Wattelet est trop petite, dit Firmin.
"""


def load(decisions: Decisions | None = None, **params: object) -> Ingested:
    """Return what the table gives."""
    section = IngestParams.model_validate({"language_model": False, **params})
    return ingest([SourceFile("x.csv", TABLE.encode())], section, decisions)


def test_labels_for_people_and_silence_for_the_model() -> None:
    """Readers see what was masked; the analysed text holds neither the span nor the label."""
    ideas = load().ideas.set_index("idea_id")
    assert ideas["description"]["1"] == "Voir avec [nom masqué] au [téléphone masqué]."
    assert ideas["text"]["1"] == "Composteur.\n\nVoir avec au ."
    assert "Honorine Wattelet" in ideas["description"]["2"]


def test_review_list_is_complete() -> None:
    """The private list shows each span in its context; the report counts spans and shows none."""
    result = load()
    assert list(result.masking["span"]) == ["Sandrine Kessler-Moulin", "03 53 01 44 18", "Firmin"]
    assert "[[Firmin]]" in result.masking["context"].iloc[2]
    assert result.report["masking"]["counts"] == {"nom": 1, "prenom": 1, "telephone": 1}
    assert "Kessler" not in str(result.report)


def test_restoring_and_adding() -> None:
    """The analyst restores a span and names a missed one by its words; a decision without its text is reported."""
    row = load().masking.iloc[2]
    restore = Decision(row.idea_id, row.field, int(row.start), int(row.end), RESTORE, "prenom")
    stale = Decision("9", "description", 0, 3, RESTORE)
    decisions = Decisions(masking=(restore, stale), added=(Added("2", "Honorine Wattelet", "nom"),))
    result = load(decisions)
    assert result.ideas.set_index("idea_id")["description"]["2"] == "La salle [nom masqué] est trop petite, dit Firmin."
    assert {d.action for d in result.decisions} == {MASK, RESTORE}
    assert result.report["masking"]["unused_decisions"] == [
        {"idea_id": "9", "column": "description", "decision": "rétablir"}
    ]
    again = load(Decisions(masking=tuple(result.decisions)))
    assert again.ideas.equals(result.ideas)


def test_without_the_language_model_the_account_says_so() -> None:
    """A reader of the account knows that other names than those of the holders may be left in the texts."""
    without = " ".join(load(language_model=False).report["sentences"])
    assert "seuls les noms des personnes que nomme l’export sont masqués" in without
    assert "Sans le modèle" not in " ".join(load(language_model=True).report["sentences"])


def test_expressions_to_keep() -> None:
    """An expression of params.yaml is never masked."""
    assert "Firmin" in load(keep=["firmin"]).ideas.set_index("idea_id")["description"]["2"]


def test_quality_on_labels_of_the_export() -> None:
    """With a table of labelled spans beside the ideas, recall and precision by kind are in the report."""
    labels = "idea_id,span,kind\n1,Sandrine Kessler-Moulin,nom\n2,Honorine Wattelet,nom\n"
    files = [SourceFile("x.csv", TABLE.encode()), SourceFile("pii.csv", labels.encode())]
    found = ingest(files, IngestParams(language_model=False)).report["masking"]["quality"]
    assert found["nom"] == {
        "labelled": 2, "covered": 1, "found": 1, "right": 1, "recall": 0.5, "precision": 1.0,
    }  # fmt: skip
    assert found["telephone"]["precision"] == 0.0

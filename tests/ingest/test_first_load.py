"""What an analyst sees on the first run: the sample, a flat table, and clear refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, SourceFile, ingest
from pipeline.ingest.rows.spool import Spool
from pipeline.messages import sentence
from pipeline.params import IngestParams

SAMPLE = Path(__file__).parents[2] / "data/sample"


def load(*files: SourceFile) -> Ingested:
    """Return what the stage makes of files."""
    return ingest(files, IngestParams())


@pytest.fixture(scope="module")
def sample() -> Ingested:
    """Return what the stage makes of the sample."""
    return load(*(SourceFile(p.name, p.read_bytes()) for p in sorted(SAMPLE.iterdir())))


def test_sample_is_complete(sample: Ingested) -> None:
    """The 244 ideas, 300 holders and 377 links are there; the four awarded ideas are set aside with the reason."""
    assert len(sample.ideas) == 244
    assert len(sample.holders) == 300
    assert len(sample.idea_holders) == 377
    aside = sample.ideas.loc[~sample.ideas["analysed"]]
    assert list(aside["reason_excluded"]) == ["idée primée"] * 4


def test_no_known_holder_in_texts(sample: Ingested) -> None:
    """No whole name, e-mail or telephone of a holder stays in a text column."""
    texts = "\n".join("\n".join(sample.ideas[c]) for c in ("title", "description", "benefits", "text"))
    for person in sample.identities.itertuples():
        assert f"{person.given_name} {person.family_name}" not in texts
    assert "@exemple.fr" not in texts
    assert "06 39 98" not in texts


def test_what_memory_does_not_hold_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """An export too large for memory, whose rows wait in a file, gives the same tables and report."""
    table = "id;titre;description;porteur\n" + "".join(
        f"{i};Idée {i};Acheter des vélos pour le site {i}, dit Firmin {i % 3}.;Léa ROY\n" for i in range(60)
    )
    params = IngestParams(language_model=False)
    held = ingest([SourceFile("x.csv", table.encode())], params)
    monkeypatch.setattr(Spool.__init__, "__defaults__", (0,))
    spilt = ingest([SourceFile("x.csv", opener=lambda: io.BytesIO(table.encode()))], params)
    assert spilt.ideas.equals(held.ideas)
    assert spilt.masking.equals(held.masking)
    assert spilt.report == held.report


def test_flat_table_without_ids() -> None:
    """A title and a text are enough; ids are made from the words, so that row order changes nothing."""
    header, first, second = "Titre;Description", "Vélos;Acheter des vélos.", "Thé;Servir du thé."
    one = load(SourceFile("plat.csv", f"{header}\n{first}\n{second}".encode()))
    other = load(SourceFile("plat.csv", f"{header}\n{second}\n{first}".encode()))
    assert one.ideas.equals(other.ideas)
    assert set(one.ideas["title"]) == {"Vélos", "Thé"}
    assert one.identities.empty


@pytest.mark.parametrize("content", [b"", b"   \n\n"])
def test_empty_file_is_refused(content: bytes) -> None:
    """An empty file is named in a French sentence that says what to do."""
    with pytest.raises(MinilabsError) as why:
        load(SourceFile("vide.csv", content))
    assert "« vide.csv » est vide" in sentence(why.value).replace("\u202f", " ")


def test_account_in_sentences(sample: Ingested) -> None:
    """The report tells in French sentences what was read, set aside and masked, without a name."""
    said = "\n".join(sample.report["sentences"]).replace("\u202f", " ").replace("\u00a0", " ")
    assert "244 lignes lues : 240 idées à analyser ; 4 idées mises de côté (idée primée)." in said
    assert "18 passages masqués dans 11 idées." in said
    assert "pas une anonymisation" in said
    for name in sample.identities["family_name"]:
        assert name not in said

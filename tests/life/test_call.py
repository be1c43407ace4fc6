"""The call to every agent: what is published, and that its form comes back by itself."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.ingest.reading.grid import SourceFile
from pipeline.life.call import Offer, audience, form, page, text
from pipeline.life.forms import key, read_form
from pipeline.life.sessions import COLUMNS, Session, read_sessions
from pipeline.messages import sentence
from pipeline.shells.life.calling import SESSIONS, call, offers
from pipeline.store import load
from pipeline.words.kinds import COMMUNITY, MINILAB
from pipeline.workspace import Workspace


def _offer(subject: str, left: int = 3) -> Offer:
    return Offer("lab-T01", subject, "bancs, arbres", "Comment planter ?", audience(MINILAB, []), (), left)


def test_a_text_says_all_in_plain_words() -> None:
    """Subject, question, audience, dates and places left are said; a full group says that one may wait."""
    said = text(_offer("Cours d’école"))
    assert "Comment planter\u202f?" in said
    assert "Pour tous les agents" in said
    assert "Dates à fixer." in said
    assert "3\u00a0places libres." in said
    assert "liste d’attente" in text(_offer("Cours d’école", left=0))
    assert "jardinier ou grutier" in audience(COMMUNITY, ["jardinier", "grutier"])


def test_untrusted_titles_stay_text() -> None:
    """A title with markup is shown as it is written, and the page loads nothing."""
    shown = page("Concours", "a@exemple.fr", [_offer("<script>alert(1)</script>")])
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "http://" not in shown


def test_the_form_comes_back_by_itself() -> None:
    """An export with the very titles of the questions is read without a word: who, wishes, days, withdrawal."""
    offers_ = [_offer("Jardins, cours et toits"), _offer("L’accueil")]
    asked = form(offers_, ["mardi", "jeudi"], ["Direction des Ports"])
    titles = [line.split(". ", 1)[1].split(" – ")[0] for line in asked.splitlines() if line[:1].isdigit()]
    answers = {
        "Nom": "Ostravin", "Prénom": "Lise", "Adresse électronique": "lise@exemple.fr", "Vœu 1": "L’accueil",
        "Direction": "Direction des Ports", "Métier": "grutier", "Type de site": "siège", "Lieu": "Metz",
        "Vœu 2": "Jardins, cours et toits", "Jours possibles": "mardi;jeudi", "Désistement": "",
    }  # fmt: skip
    assert set(titles) == set(answers)
    content = pd.DataFrame([answers] * 2)[titles].to_csv(index=False).encode()
    groups = {key("Jardins, cours et toits"): "lab-T01", key("L’accueil"): "lab-T02"}
    first = read_form(SourceFile("x.csv", content), groups).answers[0]
    assert (first.wishes, first.days, first.withdrawn) == (("lab-T02", "lab-T01"), ("mardi", "jeudi"), False)
    assert (first.person.occupation, first.person.site_type, first.person.place) == ("grutier", "siège", "Metz")


def test_the_call_of_a_workspace(workspace: Workspace) -> None:
    """A text a group, the page, the form; dates come from the table of sessions, places from the seats given."""
    labs = load(workspace, "labs")
    lines = [["minilab", "date", "heure", "lieu", "remarque"], [labs["label"][0], "12/01/2027", "9 h 30", "Metz", ""]]
    workspace.path(SESSIONS).write_bytes(csv_bytes(lines))
    paths, notes = call(workspace, workspace.params())
    assert [note.split(":")[0].strip() for note in notes] == [
        "Thèmes et groupes proposés par un programme, que personne n’a encore relus"
    ]
    assert len(paths) == len(labs) + 4
    shown = workspace.path("reports/appel/appel.txt").read_text(encoding="utf-8")
    assert "12\u00a0janvier 2027, 9 h 30, Metz" in shown
    left = {offer.lab_id: offer.left for offer in offers(workspace, workspace.params())}
    assert left == {r["lab_id"]: r["maximum"] - r["placed"] for r in labs.to_dict("records")}


def test_a_wrong_session_is_told_by_line(workspace: Workspace) -> None:
    """An unknown group and a date that is none are told together, by line."""
    workspace.path(SESSIONS).write_text("minilab,date\nCuisine,demain\n", encoding="utf-8")
    with pytest.raises(MinilabsError) as caught:
        call(workspace, workspace.params())
    assert "ligne 2, colonne « minilab »" in sentence(caught.value).replace("\u202f", " ")
    assert "demain" in sentence(caught.value)
    assert not workspace.path("reports/appel").exists()


_WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "P")), max_size=12).map(
    lambda text: " ".join(text.replace("'", "").split())
)


@given(
    st.lists(
        st.builds(
            Session,
            st.sampled_from(["lab-T01", "lab-T02"]),
            st.dates().map(lambda d: d.isoformat()),
            _WORDS,
            _WORDS,
            _WORDS,
        )
    )
)
def test_sessions_come_back_as_they_were(sessions: list[Session]) -> None:
    """Written and read again, sessions are the same: nothing is lost, nothing doubled."""
    ordered = tuple(sorted(sessions, key=lambda s: (s.day, s.hour, s.lab_id, s.place, s.note)))
    content = csv_bytes([COLUMNS, *((s.lab_id, s.day, s.hour, s.place, s.note) for s in ordered)])
    assert read_sessions(content, "x.csv", lambda name: name, "lab-T01, lab-T02") == ordered

"""A walk over every document of a run, sentence kind by sentence kind, each held against the tables, with counts.

Five states of one contest: as the program proposes it, with fifteen decisions, validated beside a person's coding,
with volunteers and facilitators seated, and with seats already announced beside a theme that has no title of its own.
A kind that no document says any
more fails too: nothing is walked by chance.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from importlib.resources import files

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.assign.telling.result import NOTHING
from pipeline.french import in_letters, typeset
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.frames import rows
from pipeline.report.facts.work import Work
from pipeline.report.papers.arbitration import arbitrations
from pipeline.report.papers.kits import Kit, kits
from pipeline.report.papers.letters import Letter, letters
from pipeline.report.papers.places import named_lab
from pipeline.report.papers.sheets import Sheets, sheets
from pipeline.report.papers.template import read_template
from pipeline.report.render import pdf
from pipeline.report.render.analysts import analysts_workbook
from pipeline.report.render.exports import exports
from pipeline.report.render.html import directorate_page, overall, theme_page
from pipeline.report.withheld.origins import OTHERS
from pipeline.schema import AWARDED
from tests.report.conftest import Tables, sample_quality, sample_tables

LEAST = 5
NEVER = (
    "solide", "a été lue", "Tous sont stables", "ne ressemble à aucune", "personne d’autre n’avait", "chances sur 10",
    "se ressemblent beaucoup", "est complet ;",
)  # fmt: skip
"""What no table ever says."""
STATES = ("proposed", "decided", "validated", "volunteers", "announced")


@dataclass(frozen=True)
class Run:
    """One state of the contest and all that is written from it."""

    tables: Tables
    report: Report
    made: Sheets
    letters: tuple[Letter, ...]
    kits: tuple[Kit, ...]
    pages: dict[str, str]


def _tables(state: str) -> Tables:
    tables = sample_tables()
    placed = tables["idea_themes"].assign(decided_by="pipeline")
    if state == "decided":
        placed = placed.assign(decided_by=placed["decided_by"].where(placed.index >= 15, "analyst"))
        unmeasured = tables["themes"].index < 2
        tables["themes"] = tables["themes"].assign(
            **{name: tables["themes"][name].mask(unmeasured) for name in ("stability", "found_in", "draws")}
        )
    if state == "volunteers":
        seats = tables["assignments"]
        first = seats.groupby("lab_id").head(1)
        lead = first.head(2).assign(status="facilitator", rank=None).astype({"rank": "Int64"})
        lead["lab_id"] = lead["lab_id"].to_numpy()[::-1]
        seats = seats.assign(status=seats["status"].where(~seats.index.isin(first.index), "volunteer"))
        tables["assignments"] = pd.concat([seats, lead], ignore_index=True)
    if state == "announced":
        seats = tables["assignments"]
        first = seats[seats["status"] == "placed"].groupby("lab_id").head(2)
        told = seats["reason_code"].where(~seats.index.isin(first.index), "announced")
        tables = _with_a_nameless_theme(tables | {"assignments": seats.assign(reason_code=told)})
    return tables | {"idea_themes": placed, "assignments": _linked(tables["assignments"], placed)}


def _with_a_nameless_theme(tables: Tables) -> Tables:
    """Return the tables with the first theme left without a title: no kind, no group, its people wait for a choice."""
    theme = str(tables["themes"]["theme_id"].iloc[0])
    this, lab = tables["themes"]["theme_id"] == theme, f"lab-{theme}"
    kinds = {
        "kind": tables["themes"]["kind"].mask(this, ""),
        "kind_because": this.map({True: "mixed", False: "spread"}),
    }
    themes = tables["themes"].assign(**kinds, label=tables["themes"]["label"].mask(this, "Thème mêlé"))
    seats = tables["assignments"]
    out = {"lab_id": "", "status": "not_concerned", "affinity": 0.0, "rank": None, **NOTHING, "reason_code": "nameless"}
    rest = seats.loc[seats["lab_id"] == lab, ["holder_id"]]
    waits = pd.DataFrame([{**out, "holder_id": holder, "causes": ["nameless"]} for holder in rest["holder_id"]])
    kept = pd.concat([seats[seats["lab_id"] != lab], waits.astype({"rank": "Int64"})], ignore_index=True)
    left = {name: tables[name][tables[name]["lab_id"] != lab] for name in ("labs", "waiting_list")}
    return tables | left | {"themes": themes, "assignments": kept}


def _linked(seats: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """Return seats whose ideas without a word of their theme are to be checked, as the assignment writes them."""
    said = placed[placed["shared"].map(bool) | (placed["decided_by"] == "analyst")]
    own = set(said["idea_id"])
    return seats.assign(near_ideas=seats["ideas"].map(lambda ideas: [idea for idea in ideas if idea not in own]))


def _text(page: str) -> str:
    bare = re.sub(r"<(style|script)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"[\s\u00a0\u202f]+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", typeset(text))


@pytest.fixture(scope="module", params=STATES)
def walked(request: pytest.FixtureRequest, people: pd.DataFrame) -> Run:
    """Return one state, everything written."""
    tables = _tables(request.param)
    done = {"decided": Work(15), "validated": Work(3, "2020-03-02")}.get(request.param, Work())
    quality = sample_quality() if request.param == "validated" else {}
    report = build(tables, ReportParams(), quality=quality, done=done)
    made = sheets(report, tables, LEAST)
    template = read_template((files("pipeline.report") / "letters.txt").read_text(encoding="utf-8"), "x")
    pages = {"rapport": overall(report)}
    pages |= {sheet.name: theme_page(sheet, report) for sheet in made.themes}
    pages |= {dossier.name: directorate_page(dossier, report) for dossier in made.directorates}
    return Run(
        tables,
        report,
        made,
        letters(report, tables, people, template, per_idea=False),
        kits(report, tables, people),
        {name: _text(page) for name, page in pages.items()},
    )


def _said(letter: Letter) -> str:
    return _plain(" ".join(letter.paragraphs))


def test_nothing_is_said_that_no_table_holds(walked: Run) -> None:
    """Words that were said without a table behind them stand in no page and no letter, in any state."""
    texts = {**walked.pages, **{letter.name: _said(letter) for letter in walked.letters}}
    authors = _plain(" ".join(walked.tables["ideas"][["title", "description", "benefits"]].to_numpy().ravel()))
    found = [(name, words) for name, text in texts.items() for words in NEVER if words in text and words not in authors]
    assert found == []


def test_every_page_carries_the_state_of_the_work(walked: Run) -> None:
    """Report, sheets and files are stamped alike; letters, which carry their own ideas' state, are not."""
    stamp = _plain(walked.report.work.said)
    assert [name for name, text in walked.pages.items() if stamp not in text] == []
    assert not any(stamp in _said(letter) for letter in walked.letters)
    corrected = "corrigés par des personnes" in walked.pages["rapport"]
    assert corrected == (walked.report.work.decisions > 0)


def test_places_are_told_to_those_who_have_them(walked: Run) -> None:
    """Seats, waiting lines and groups to lead: each told once to its person, with its group, and to nobody else."""
    seats = walked.tables["assignments"]
    labs = {lab.lab_id: _plain(named_lab(lab)) for lab in walked.report.labs}
    said = {letter.holder_id: _said(letter) for letter in walked.letters}
    taken = seats[seats["status"].isin(["placed", "volunteer"])]
    pairs = zip(taken["holder_id"], taken["lab_id"], strict=True)
    expected = {(h, f"Une place vous est proposée dans {labs[lab]}.") for h, lab in pairs}
    found = {(h, s) for h, text in said.items() for s in re.findall(r"Une place vous est proposée dans [^.]*\.", text)}
    assert found == expected
    assert found
    line = {
        (row.holder_id, row.place_in_line, labs[str(row.lab_id)])
        for row in walked.tables["waiting_list"].itertuples()
        if row.holder_id not in set(taken["holder_id"])
    }
    told = {
        (h, int(place), group)
        for h, text in said.items()
        for group, place in re.findall(
            r"attendez (?:aussi )?une place dans (.*?)(?:, votre \S+ vœu)? : (?:vous êtes en )?position (\d+)", text
        )
    }
    assert told == line
    assert told
    leads = seats[seats["status"] == "facilitator"]
    asked = Counter(h for h, text in said.items() if "proposé d’animer" in text)
    assert asked == Counter(leads["holder_id"])


def test_answers_are_those_of_the_tables(walked: Run) -> None:
    """Awards, decisions, validation and sizes of themes: counted in letters, equal to what the tables count."""
    ideas, placed = walked.tables["ideas"], walked.tables["idea_themes"].set_index("idea_id")
    decided = {str(idea) for idea in placed.index[placed["decided_by"] == "analyst"]}
    awarded = set(ideas.loc[ideas["reason_excluded"] == AWARDED, "idea_id"])
    mixed = {theme.theme_id for theme in walked.report.themes if theme.nameless}
    for letter in walked.letters:
        text, own = _said(letter), [i for i in letter.ideas if i in placed.index]
        assert text.count("félicitations") == len(awarded & set(letter.ideas))
        by_person = len(decided & set(own))
        assert text.count("par une personne de l’équipe") == by_person
        validated = len(own) - by_person if walked.report.work.validated else 0
        known = (walked.report.idea[i] for i in set(own) - decided)
        theirs = {"apart" if idea.weak else "to sort" if idea.theme_id in mixed else "link" for idea in known}
        assert text.count("par l’équipe le 2 mars 2020") == (len(theirs) if validated else 0)
        assert text.count("personne ne l’a encore") == (0 if validated else len(theirs))
        assert not (validated and "à vérifier" in text)
        for idea in own:
            theme = walked.report.theme.get(walked.report.idea[idea].theme_id)
            if theme and not theme.nameless and not walked.report.idea[idea].weak and theme.size > 1:
                assert f"{in_letters(theme.size - 1, feminine=True)} autre" in text


def test_a_theme_without_a_title_is_no_destination(walked: Run) -> None:
    """Each of its ideas is answered by people to come; no letter names it, no group or kit is made of it."""
    mixed = {theme.theme_id: theme.label for theme in walked.report.themes if theme.nameless}
    ideas = walked.report.idea
    waiting = [i for letter in walked.letters for i in letter.ideas if i in ideas and ideas[i].theme_id in mixed]
    waiting = [i for i in waiting if not ideas[i].weak]
    said = [_said(letter) for letter in walked.letters]
    assert sum(text.count("doivent encore départager") for text in said) == len(waiting)
    assert [text for text in said for label in mixed.values() if label in text] == []
    assert not {lab.theme_id for lab in walked.report.labs} & mixed.keys()
    assert ("à départager" in walked.pages["rapport"]) == bool(mixed)
    people = walked.tables["assignments"].query("reason_code == 'nameless'")["holder_id"]
    assert walked.report.outside.get("nameless", 0) == len(people) == len(set(people))
    assert bool(waiting) == bool(mixed)


def test_sizes_and_stability_are_one_everywhere(walked: Run) -> None:
    """A theme's size is that of its ideas in exports, pages, arbitration; how often it is found, that of the table."""
    placed = walked.tables["idea_themes"]
    inside = placed.loc[~placed["weak_signal"], "theme_id"].value_counts()
    table = walked.tables["themes"].fillna({"found_in": 0, "draws": 0})
    drawn = {t: (int(f), int(d)) for t, f, d in zip(table["theme_id"], table["found_in"], table["draws"], strict=True)}
    public = exports(walked.tables, walked.report.themes, LEAST)["themes"].set_index("theme_id")["size"]
    sizes = {sheet.label: sheet.figures[0].value for sheet in arbitrations(walked.report)}
    for sheet in walked.made.themes:
        theme, page = sheet.theme, walked.pages[sheet.name]
        assert theme.size == len(sheet.ideas) == inside[theme.theme_id] == public[theme.theme_id]
        assert sizes[theme.label] == str(theme.size)
        found, draws = drawn[theme.theme_id]
        if draws == 0:
            expected = "Stabilité non mesurée"
        elif found == draws:
            expected = f"Retrouvé à chaque calcul ({found} sur {draws})"
        else:
            expected = f"Retrouvé dans {found} calculs sur {draws}"
        assert expected in page
    weak, mixed = int(placed["weak_signal"].sum()), sum(t.size for t in walked.report.themes if t.nameless)
    assert len(walked.report.weak) == weak
    assert f"{len(placed) - weak - mixed} idées sur {len(placed)}" in walked.pages["rapport"]
    assert (f"{mixed} restent à départager et {weak} sont isolées" in walked.pages["rapport"]) == bool(mixed)


def test_counts_of_agents_are_those_of_the_tables(walked: Run) -> None:
    """Every number of agents that a file or a sheet gives is the number of agents of the tables."""
    held = walked.tables["idea_holders"].merge(walked.tables["idea_themes"].query("~weak_signal"), on="idea_id")
    agents = held.merge(walked.tables["holders"], on="holder_id")
    pairs = agents.groupby(["theme_id", "directorate"])["holder_id"].nunique()
    labels = {theme.label: theme.theme_id for theme in walked.report.themes}
    names = {_plain(name): name for name in walked.tables["holders"]["directorate"].unique()}
    given = 0
    for dossier in walked.made.directorates:
        name = names[_plain(dossier.directorate)]
        for line in (line for line in dossier.lines if line.agents is not None):
            assert line.agents == pairs.get((labels[line.label], name), 0)
            given += 1
    for sheet in walked.made.themes:
        assert sheet.theme.holders in {
            None,
            agents.loc[agents["theme_id"] == sheet.theme.theme_id, "holder_id"].nunique(),
        }
        for count in (c for p in sheet.breakdowns if p.key == "directorate" for c in p.counts if c.label != OTHERS):
            assert count.value == pairs[sheet.theme.theme_id, names[_plain(count.label)]]
            given += 1
    assert given > 40


def test_groups_and_kits_hold_who_is_seated(walked: Run) -> None:
    """A group's figures and its kit's members are the people of the table; the report counts each person once."""
    seats = walked.tables["assignments"]
    taken = seats[seats["status"].isin(["placed", "volunteer"])]
    assert walked.report.seated == taken["holder_id"].nunique()
    opened = {lab.lab_id for lab in walked.report.labs if lab.open}
    assert {kit.lab.lab_id for kit in walked.kits} == opened
    for kit in walked.kits:
        assert len(kit.members) == int((taken["lab_id"] == kit.lab.lab_id).sum())
        assert len(kit.waiting) == int((walked.tables["waiting_list"]["lab_id"] == kit.lab.lab_id).sum())
        assert {idea.idea_id for idea in kit.ideas} == set(kit.theme.ideas)


def test_reasons_of_members_are_those_of_the_tables(walked: Run) -> None:
    """In kits and in the workbook: each idea is said to be about the group's subject, or to be checked, as it is."""
    seats = walked.tables["assignments"]
    taken = seats[seats["status"].isin(["placed", "volunteer"])]
    opened = taken[taken["lab_id"].isin([kit.lab.lab_id for kit in walked.kits])]
    reasons = [_plain(member.reason) for kit in walked.kits for member in kit.members]
    on = sum(len(set(row["ideas"]) - set(row["near_ideas"])) for row in rows(opened))
    near = sum(len(row["near_ideas"]) for row in rows(opened))
    assert sum(len(re.findall(r"\(G1ID-\d+\)", r.split("rapproch")[0])) for r in reasons if "sur ce sujet" in r) == on
    assert sum(len(re.findall(r"\(G1ID-\d+\)", r)) for r in reasons if "lien" in r and "sur ce sujet" not in r) == near
    assert on > 100
    assert near > 20
    alone = sum(1 for row in rows(opened) if row["ideas"] and set(row["ideas"]) == set(row["near_ideas"]))
    counted_ = [int(n) for kit in walked.kits for n in re.findall(r"pour (\d+) membre", _plain(kit.to_check))]
    assert sum(counted_) == alone
    announced = int((opened["reason_code"] == "announced").sum())
    assert sum("Place déjà annoncée." in reason for reason in reasons) == announced


def test_understood_by_its_own_words(walked: Run) -> None:
    """A letter quotes the words that the table holds of an idea, or says that its meaning alone brought it there."""
    placed = walked.tables["idea_themes"].set_index("idea_id")
    kept = {"by words": 0, "to check": 0}
    mixed = {theme.theme_id for theme in walked.report.themes if theme.nameless}
    for letter in walked.letters:
        text, own = _said(letter), [i for i in letter.ideas if i in placed.index and not placed["weak_signal"][i]]
        own = [idea for idea in own if placed["theme_id"][idea] not in mixed]
        shared = [idea for idea in own if placed["shared"][idea]]
        by_person = len([i for i in own if i not in shared and placed["decided_by"][i] == "analyst"])
        quoted = len(re.findall(r"Nous l’avons comprise ainsi d’après", text))
        silent = text.count("rapprochée d’après le sens de votre texte")
        assert quoted == len(shared)
        assert silent == len(own) - len(shared) - by_person
        kept["by words"] += quoted
        kept["to check"] += silent
    assert min(kept.values()) > 10


def test_each_question_is_about_an_idea_that_a_program_placed(walked: Run) -> None:
    """A letter asks back about ideas of themes that nobody decided or validated, by number, and no other."""
    placed, asked = walked.tables["idea_themes"].set_index("idea_id"), 0
    mixed = {theme.theme_id for theme in walked.report.themes if theme.nameless}
    open_ = placed[~placed["weak_signal"] & (placed["decided_by"] != "analyst") & ~placed["theme_id"].isin(mixed)]
    for letter in walked.letters:
        own = [] if walked.report.work.validated else [idea for idea in letter.ideas if idea in open_.index]
        text = _said(letter)
        assert re.findall(r"N° (\S+), sujet proposé", text) == own
        assert text.count("Est-ce bien le sujet") == bool(own)
        asked += len(own)
    assert bool(asked) != bool(walked.report.work.validated)


def test_paper_says_what_the_page_says(walked: Run) -> None:
    """The overall PDF carries the stamp, each theme's title with its size, and nothing that no table holds."""
    read = PdfReader(io.BytesIO(pdf.overall(walked.report)))
    paper = _plain(" ".join(page.extract_text() for page in read.pages)).replace("- ", "")
    bare = re.sub(r"\s", "", paper)
    assert bare.count(re.sub(r"\s", "", _plain(walked.report.work.said))) >= len(read.pages)
    for theme in walked.report.themes:
        assert re.sub(r"[\s-]", "", _plain(theme.label)) in re.sub(r"-", "", bare)
        assert re.sub(r"\s", "", _plain(theme.found)) in bare
    authors = re.sub(r"\s", "", _plain(" ".join(walked.tables["ideas"]["description"])))
    said = [re.sub(r"\s", "", words) for words in NEVER]
    assert [words for words in said if words in bare and words not in authors] == []


def test_the_workbook_is_the_tables(walked: Run) -> None:
    """Stamp, sizes, situations, positions and reasons of the workbook: row by row those of the tables."""
    book = load_workbook(io.BytesIO(analysts_workbook(walked.report, walked.tables, {}, [])))
    sheets_ = {s.title: [tuple(row) for row in s.iter_rows(values_only=True)] for s in book.worksheets}
    assert ("État du travail", walked.report.work.said) in sheets_["À lire"]
    heads = sheets_["Thèmes"][0]
    sizes = {row[heads.index("Numéro")]: row[heads.index("Idées")] for row in sheets_["Thèmes"][1:]}
    placed = walked.tables["idea_themes"]
    assert sizes == placed.loc[~placed["weak_signal"], "theme_id"].value_counts().to_dict()
    words = {"placed": "placé", "waiting": "en attente", "volunteer": "placé, volontaire"}
    words |= {"facilitator": "anime le groupe", "not_concerned": "sans groupe"}
    seats = Counter(zip(walked.tables["assignments"]["holder_id"], walked.tables["assignments"]["status"], strict=True))
    told = Counter((row[0], row[2]) for row in sheets_["Affectations"][1:])
    assert told == Counter({(h, words[s]): n for (h, s), n in seats.items()})
    line = walked.tables["waiting_list"]
    assert Counter(row[2] for row in sheets_["Liste d’attente"][1:]) == Counter(line["place_in_line"])

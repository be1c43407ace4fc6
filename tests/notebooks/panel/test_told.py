"""What the panel says: French, complete, and unable to act."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from pipeline.notebook.panel import told
from pipeline.notebook.panel.lists import Texts, choices
from pipeline.notebook.panel.menu import menu, missing
from pipeline.notebook.panel.trial import trial
from pipeline.notebook.panel.view import ALL, View
from pipeline.shells.deciding.desk import Desk
from tests.notebooks.panel.test_lists import decided


class Tags(HTMLParser):
    """Collects the tags of a page, and checks that they close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag; nothing that acts may be there."""
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        assert self.open.pop() == tag


def test_what_people_wrote_cannot_act(desk: Desk, texts: Texts) -> None:
    """Script, image and quotes of an idea are shown as typed: alone, among others, in an effect."""
    pages = [
        told.card(desk, View(shown=ALL, ideas=("I02",)), texts),
        told.card(desk, View(shown=ALL, ideas=("I02", "I01")), texts),
        told.card(desk, View().reading(["I02", "I01"], "T01"), texts),
        told.outcome(desk, trial(desk, View(ideas=("I02",)).drafting("assign:T02")), texts),
    ]
    for page in pages:
        assert "script" not in Tags(page).seen
        assert "img" not in Tags(page).seen
        assert "&lt;script&gt;" in page


def test_a_page_is_read_whole(desk: Desk, texts: Texts) -> None:
    """Every idea that is left has its text; how many the program thinks right, and what to do with the others."""
    view = View().reading(["I01", "I02", "I03"], "T01")
    page = told.card(desk, view, texts)
    assert "ces 3 idées" in page
    assert "Un abri fermé près de l’entrée." in page
    assert "Ranger les chariots à l’étage" in page
    assert re.search(r"avoir raison pour [0-3] d", page)
    after = decided(desk, ("weak", "I01", ""))
    assert "Garage à vélos" not in told.card(after, view, texts)
    assert "Plus rien à demander" in told.card(after, View().reading([], ""), texts)


def test_a_long_text_is_cut_between_words(desk: Desk) -> None:
    """A page shows what each idea is about; the idea chosen shows all of it."""
    long = Texts({"I01": "Titre"}, {"I01": ("mot " * 200,)}, {"I01": ""})
    page = told.card(desk, View().reading(["I01"], "T01"), long)
    assert "mot…" in page
    assert len(page) < 1200


def test_a_text_cut_after_a_sentence_has_one_sign(desk: Desk) -> None:
    """The dots that say there is more do not follow a full stop."""
    two = Texts({"I01": "Titre"}, {"I01": ("mot " * 43 + "fin.", "Suite " * 20)}, {"I01": ""})
    page = told.card(desk, View().reading(["I01"], "T01"), two)
    assert "fin…" in page


def test_titles_are_typeset_wherever_they_show(desk: Desk, texts: Texts) -> None:
    """A title typed with a straight apostrophe is shown with a typographic one: lists, cards, menus, decisions."""
    after = decided(desk, ("rename", "T01", "Économies d'eau : agir"))
    theme, idea = View(theme="T01", scope="theme"), View(shown=ALL, ideas=("I01",))
    shown = [
        told.card(after, theme, texts),
        told.card(after, idea, texts),
        *(label for label, key in choices(after, idea) if key == "T01"),
        *(entry.label for entry in menu(after, idea) if entry.key == "assign:T01"),
    ]
    assert len(shown) == 4
    assert all("Économies d’eau\u202f: agir" in one for one in shown)


def test_a_decision_that_lacks_something_says_what(desk: Desk, texts: Texts) -> None:
    """Once a decision is chosen nobody is told to choose one: the place of the effect says what it waits for."""
    view = View(ideas=("I01",)).drafting("assign")
    page = told.outcome(desk, trial(desk, view), texts, missing(desk, view))
    assert "Encore une chose\u202f: donnez un thème." in page
    assert "Choisissez une décision" not in page


def test_confirming_says_so(desk: Desk, texts: Texts) -> None:
    """One place or several."""
    home = str(desk.now.state.places["I01"].home)
    for count, whose in ((1, "sa place"), (3, "leur place")):
        view = View().reading(["I01", "I02", "I03"][:count], home).drafting(f"page:{home}")
        tried = trial(desk, view)
        assert tried is not None
        if tried.change is not None and not tried.change.named and not tried.change.followers:
            assert f"Vous confirmez {whose}" in told.outcome(desk, tried, texts)


def test_a_title_and_a_reason_cannot_act_either(desk: Desk, texts: Texts) -> None:
    """Analysts paste anything: titles, sentences and messages are text too."""
    after = decided(desk, ("rename", "T01", "<b>gras</b>"), ("describe", "T01", "<img src=x onerror=alert(1)>"))
    for page in (
        told.card(after, View(theme="T01", scope="theme"), texts),
        told.card(after, View(shown=ALL, ideas=("I01",)), texts),
        told.status("<b>x</b>"),
    ):
        assert not {"b", "img"} & Tags(page).seen


def test_progress_counts_what_is_decided(desk: Desk) -> None:
    """A bar for the eye, the same in words; decisions that no longer apply are not hidden."""
    assert "0\u00a0idée décidée sur 12" in told.progress(desk)
    after = decided(desk, ("assign", "I01", "T02"), ("weak", "I03", ""), ("rename", "T99", "Absent"))
    said = told.progress(after)
    assert 'value="2" max="12"' in said
    assert "2\u00a0idées décidées sur 12" in said
    assert "1\u00a0décision à revoir" in said


def test_an_idea_says_where_it_is_and_why(desk: Desk, texts: Texts) -> None:
    """Theme, how sure, who put it there, why it is asked; paragraphs stay paragraphs."""
    page = told.card(desk, View(shown=ALL, ideas=("I03",)), texts)
    assert "dans «\u202fTitre de T01\u202f» à 70\u202f%" in page
    assert "proposé par le programme" in page
    assert "Plutôt «" in page
    assert "Pourquoi là\u202f: proche de T01." in page
    assert page.count("<p>") == 2
    after = decided(desk, ("assign", "I03", "T02"))
    page = told.card(after, View(shown=ALL, ideas=("I03",)), texts)
    assert "décidé par ab" in page
    assert "Plutôt" not in page
    assert "proche de T01" not in page


def test_a_weak_signal_says_its_nearest_theme(desk: Desk, texts: Texts) -> None:
    """Never silently forced: the nearest theme is a suggestion."""
    page = told.card(desk, View(shown=ALL, ideas=("I12",)), texts)
    assert "signal faible, le plus proche\u202f: «\u202fTitre de T03\u202f»" in page


def test_a_theme_says_its_size_and_whether_it_is_pinned(desk: Desk, texts: Texts) -> None:
    """What one needs before renaming or merging."""
    page = told.card(decided(desk, ("pin", "T03", "I09|I10|I11")), View(theme="T03", scope="theme"), texts)
    assert "T03 · 3\u00a0idées · dont 3\u00a0décidées · MiniLab · figé" in page
    assert "dont aucune décidée" in told.card(desk, View(theme="T03", scope="theme"), texts)
    assert "Choisissez un thème" in told.card(desk, View(scope="theme"), texts)


def test_an_effect_lists_those_who_follow(desk: Desk, texts: Texts) -> None:
    """A merge moves ideas that nobody named: each one is listed, from where to where."""
    page = told.outcome(desk, trial(desk, View(theme="T01", scope="theme").drafting("merge").filling("T02")), texts)
    assert "4\u00a0idées changeraient de thème. Rien n’est encore enregistré." in page
    assert [f"I0{number}" in page for number in range(1, 5)] == [True] * 4
    assert page.count("<tr>") == 5


def test_an_effect_without_move_says_what_it_does(desk: Desk, texts: Texts) -> None:
    """Confirming is worth something: the program learns from it."""
    confirmed = trial(desk, View(ideas=("I01",)).drafting("assign:T01"))
    assert confirmed is not None
    assert confirmed.change is not None
    page = told.outcome(desk, confirmed, texts)
    assert "Vous confirmez sa place" in page or "changeraient" in page or "changerait" in page
    kind = told.outcome(desk, trial(desk, View(theme="T01", scope="theme").drafting("kind").filling("minilab")), texts)
    assert "Aucune idée ne changerait de thème." in kind


def test_a_refusal_is_told_instead_of_an_effect(desk: Desk, texts: Texts) -> None:
    """And before any draft, what to do."""
    refused = told.outcome(desk, trial(desk, View(ideas=("I01",)).drafting("assign").filling("T99")), texts)
    assert "T99" in refused
    assert "ml-refused" in refused
    assert "Choisissez une décision" in told.outcome(desk, None, texts)


def test_sentences_are_french_typography(desk: Desk, texts: Texts) -> None:
    """No plain space before a double sign, no straight apostrophe in what the program says."""
    said = [
        told.progress(desk),
        told.outcome(desk, None, texts),
        told.card(desk, View(), texts),
        told.card(desk, View(scope="log"), texts),
        told.card(desk, View(scope="theme"), texts),
    ]
    for page in said:
        text = re.sub(r"<[^>]*>", "", page)
        assert re.search(r" [;:!?»]|« |\w'\w", text) is None, text

"""A starting list edited during the work: what leaves it forms a theme of its own, what people decided stays.

On forty ideas written here on four subjects, with a list of these subjects; the chain runs to the decisions.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.files.csv_file import csv_bytes
from pipeline.french import typeset
from pipeline.initialise import initialise
from pipeline.run import locked, run
from pipeline.shells.deciding.desk import open_desk
from pipeline.stages import STAGES
from pipeline.store import load, write_bytes, write_text
from pipeline.workspace import Workspace

SUBJECTS = {
    "Venir à vélo": (
        "Garage, pistes, casques et primes pour les trajets à vélo.",
        (
            "Installer un garage à vélos fermé à l'entrée du bâtiment",
            "Verser une prime aux collègues qui viennent à vélo",
            "Prêter des vélos électriques pour les petits trajets entre sites",
            "Poser une pompe et des outils pour réparer son vélo",
            "Offrir un casque et un gilet jaune à chaque cycliste",
            "Organiser une journée d'essai de vélos électriques",
            "Tracer une piste cyclable sûre jusqu'au parking",
            "Acheter deux vélos cargo pour transporter les colis",
            "Graver les vélos des agents contre le vol",
            "Ouvrir une douche à ceux qui arrivent à vélo",
        ),
    ),
    "Manger à la cantine": (
        "Repas, menus, cuisine et restaurant du personnel.",
        (
            "Proposer un plat végétarien à la cantine chaque jour",
            "Cuisiner des légumes locaux pour les repas du personnel",
            "Réserver son repas la veille pour éviter le gaspillage de nourriture",
            "Servir de plus petites portions au restaurant du personnel",
            "Afficher le menu de la semaine et les allergènes de chaque plat",
            "Acheter le pain de la cantine au boulanger du village",
            "Donner les repas non servis à une association",
            "Ouvrir la cantine plus tôt pour manger sans attendre",
            "Goûter les recettes avec les cuisiniers avant de changer le menu",
            "Mettre un bar à salades et des fruits frais au self",
        ),
    ),
    "Apprendre et se former": (
        "Formations, tuteurs, stages, cours et concours.",
        (
            "Former un tuteur pour chaque nouvel apprenti",
            "Proposer des cours du soir pour préparer les concours",
            "Créer un catalogue de formations données par des formateurs internes",
            "Suivre un stage de formation dans une autre administration",
            "Offrir des cours d'anglais aux agents qui le souhaitent",
            "Donner du temps de formation à chaque agent tous les ans",
            "Filmer les formations pour apprendre à distance",
            "Faire transmettre leur savoir aux agents avant leur retraite par un tutorat",
            "Organiser des révisions en groupe avant les examens et concours",
            "Financer un diplôme par la validation des acquis et la formation",
        ),
    ),
    "Ordinateurs et logiciels": (
        "Matériel informatique, logiciels, réseau et écrans.",
        (
            "Remplacer les ordinateurs trop lents par des portables",
            "Installer un deuxième écran sur chaque poste informatique",
            "Améliorer le wifi et le réseau informatique des salles",
            "Acheter un logiciel de signature électronique",
            "Simplifier les mots de passe des logiciels avec un seul compte informatique",
            "Créer une adresse unique de dépannage informatique",
            "Réparer les vieux ordinateurs avec des logiciels libres",
            "Équiper les salles d'un écran de visioconférence",
            "Sauvegarder les fichiers des ordinateurs sur un serveur commun",
            "Relier les logiciels entre eux pour ne saisir les données qu'une fois",
        ),
    ),
}
IDEAS = {
    f"{place}{n}": text
    for place, (_, texts) in zip("VCFO", SUBJECTS.values(), strict=True)
    for n, text in enumerate(texts)
}
OFF, REWORDED = "Apprendre et se former", "Manger à la cantine"
IDS = ("L01", "L02", "L03", "L04")
FOREIGN = {"Piscines": "Bassins et bonnets de bain", "Échecs": "Parties et pions", "Abeilles": "Miel et ruches"}
"""Subjects that none of the ideas is about."""


def listed(workspace: Workspace, subjects: dict[str, str]) -> None:
    """Write the list."""
    write_bytes(workspace.path("data/review/grille.csv"), csv_bytes([("titre", "description"), *subjects.items()]))


def proposed(workspace: Workspace) -> dict[str, str]:
    """Run the chain to the decisions; return idea → theme that was proposed."""
    with locked(workspace):
        list(run(workspace, workspace.params(), lambda _: lambda _done, _total: None, STAGES[:4], force=False))
    found = load(workspace, "candidate_idea_themes", "idea_themes", stage="cluster")
    return dict(zip(found["idea_id"], found["theme_id"], strict=True))


def origins(workspace: Workspace) -> dict[str, str]:
    """Return title → where the theme comes from."""
    themes = load(workspace, "candidate_themes", "themes", stage="cluster")
    return dict(zip(themes["label"], themes["origin"], strict=True))


def decide(workspace: Workspace, *words: str) -> None:
    """Type a decision."""
    result = CliRunner().invoke(app, ["review", *words, "--qui", "ab", "--oui", "--workspace", str(workspace.root)])
    assert result.exception is None, (words, result.output)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a contest of staff on the forty ideas, its list the four subjects."""
    folder = tmp_path / "contest"
    initialise(folder)
    pd.DataFrame({"id": list(IDEAS), "title": list(IDEAS.values()), "description": ""}).to_csv(
        folder / "data" / "raw" / "ideas.csv", index=False
    )
    params = (folder / "params.yaml").read_text(encoding="utf-8")
    quick = {"members: 512": "members: 48", "draws: 20": "draws: 2", "min_themes: 6": "min_themes: 2"}
    for was, now in quick.items():
        params = params.replace(was, now)
    write_text(folder / "params.yaml", params)
    made = Workspace(folder)
    listed(made, {title: words for title, (words, _) in SUBJECTS.items()})
    return made


def home(workspace: Workspace, idea: str) -> str:
    """Return the theme of an idea after the decisions."""
    places = load(workspace, "idea_themes", stage="review").set_index("idea_id")["theme_id"]
    return str(places[idea])


def test_a_subject_taken_off_the_list_is_found_among_its_ideas(workspace: Workspace) -> None:
    """With the four subjects each idea is in its own; without one, its ten ideas are together, in a theme found."""
    with_all = proposed(workspace)
    assert set(origins(workspace).values()) == {"list"}
    assert {(idea[0], theme) for idea, theme in with_all.items()} == set(zip("VCFO", IDS, strict=True))
    listed(workspace, {title: words for title, (words, _) in SUBJECTS.items() if title != OFF})
    without = proposed(workspace)
    own = {theme for idea, theme in without.items() if idea[0] == "F"}
    assert len(own) == 1
    assert not own & {theme for idea, theme in without.items() if idea[0] != "F"}
    assert "found" in origins(workspace).values()
    assert OFF not in origins(workspace)


def test_what_people_decided_stays_when_the_list_is_edited(workspace: Workspace) -> None:
    """A subject's line deleted and another reworded propose themes again; titles and places that people gave stay."""
    proposed(workspace)
    bikes, meals, learning, computers = IDS
    decide(workspace, "add", "renommer", learning, "Grandir dans son métier")
    decide(workspace, "add", "renommer", meals, "Bien manger au travail")
    decide(workspace, "place", learning, "V9")
    decide(workspace, "place", computers, "F6")
    decide(workspace, "place", bikes, "C0")
    edited = {title: words for title, (words, _) in SUBJECTS.items() if title not in {OFF, REWORDED}}
    listed(workspace, edited | {"Se restaurer": "Repas et menus du personnel, cuisine, self, plats."})
    proposed(workspace)
    assert "Se restaurer" in origins(workspace)
    titles = dict(load(workspace, "themes", stage="review")[["theme_id", "label"]].itertuples(index=False, name=None))
    assert [titles[theme] for theme in (learning, meals)] == ["Grandir dans son métier", "Bien manger au travail"]
    assert [titles[theme] for theme in (bikes, computers)] == ["Venir à vélo", "Ordinateurs et logiciels"]
    assert [home(workspace, idea) for idea in ("V9", "F6", "C0")] == [learning, computers, bikes]
    assert not open_desk(workspace).now.conflicts
    assert load(workspace, "conflicts", stage="review").empty


def test_a_list_that_suits_little_is_shown_beside_the_proposal_without(workspace: Workspace) -> None:
    """Both proposals are told, that of the list being in use; a list that suits leaves nothing to choose."""
    proposed(workspace)
    assert load(workspace, "proposals", stage="cluster").empty
    listed(workspace, FOREIGN)
    shown = [CliRunner().invoke(app, [name, "--workspace", str(workspace.root)]) for name in ("cluster", "proposals")]
    assert "minilabs proposals" in shown[0].output
    assert typeset("la valeur « aucune »") in shown[1].output
    told = {row["proposal"]: row for row in load(workspace, "proposals", stage="cluster").to_dict("records")}
    kept = load(workspace, "candidate_themes", "themes", stage="cluster")
    of_list = int((kept["origin"] == "list").sum())
    assert (told["list"]["themes"], told["list"]["listed"]) == (len(kept), of_list)
    params = (workspace.root / "params.yaml").read_text(encoding="utf-8")
    write_text(workspace.root / "params.yaml", params.replace("grille: data/review/grille.csv", "grille: aucune"))
    proposed(workspace)
    alone = load(workspace, "candidate_themes", "themes", stage="cluster")
    assert sorted(told["none"]["titles"]) == sorted(alone["label"])
    assert load(workspace, "proposals", stage="cluster").empty

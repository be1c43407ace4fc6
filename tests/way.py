"""The way of one idea's text, from the export to a PDF: each step is a function; the page in `docs/` is made from here.

`python -m tests.way` (in `make rendered`) writes the page again, and `dvc.yaml` and `params.yaml` with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import params
from pipeline.initialise import render_dvc
from pipeline.stages import STAGES, Stage
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "chemin.md"

WAY: dict[str, tuple[tuple[str, str], ...]] = {
    "ingest": (
        ("pipeline.shells.ingest:source_files", "les fichiers de l’export sont trouvés, leurs octets ouverts un à un"),
        (
            "pipeline.ingest.reading.grids:read_grids",
            "octets → grille de cellules : encodage, séparateur, feuille, en-tête",
        ),
        ("pipeline.ingest.columns.mapping:map_columns", "quelle colonne porte le titre, la description, les bénéfices"),
        ("pipeline.ingest.rows.said:idea_rows", "une ligne → une idée, encore telle qu’elle fut écrite"),
        ("pipeline.ingest.cells.cleaning:cleaned", "le même texte, lisible : caractères abîmés réparés, balises ôtées"),
        ("pipeline.ingest.tables.ids:with_id", "l’identifiant qui suivra l’idée jusqu’au rapport"),
        (
            "pipeline.ingest.rows.spool:Spool",
            "le texte attend dans un fichier sans nom ; la mémoire n’en garde qu’une fiche",
        ),
        (
            "pipeline.ingest.tables.ideas:judge",
            "lignes vides, d’essai ou répétées, écartées ou réunies avec leur raison",
        ),
        ("pipeline.ingest.masking.find:Finder.search", "où le texte désigne quelqu’un"),
        ("pipeline.ingest.masking.apply:Masking.mask", "noms, adresses et téléphones remplacés par des marques"),
        (
            "pipeline.ingest.rows.analysis_text:analysis_text",
            "ce que l’analyse lira : ni rubriques du formulaire, ni marques",
        ),
        ("pipeline.store:save_parts", "la table des idées, écrite en entier ou pas du tout"),
    ),
    "embed": (
        ("pipeline.embed.parse:FrenchParser.parse", "texte → mots, lemmes, phrases"),
        ("pipeline.embed.encoders:OfflineEncoder.encode", "texte → vecteur"),
        ("pipeline.embed.thesaurus:Thesaurus.notions", "texte → notions d’un thésaurus général"),
        ("pipeline.embed:embed", "les trois tables de l’étape"),
    ),
    "cluster": (
        ("pipeline.cluster.grouping.corpus:build", "idées de même texte réunies, dans l’ordre alphabétique"),
        ("pipeline.cluster.grouping.views:build", "les façons de comparer deux textes"),
        ("pipeline.cluster.grouping.neighbours:find", "les textes voisins de chacun"),
        ("pipeline.cluster.grouping.consensus:draw", "beaucoup de partages, et ce sur quoi ils s’accordent"),
        ("pipeline.cluster.grouping.partition:cut", "les thèmes"),
        (
            "pipeline.cluster.grouping.membership:measure",
            "avec quelle fermeté l’idée tient au sien ; les signaux faibles",
        ),
        ("pipeline.cluster.naming.named:name", "le titre du thème, dans les mots de ses auteurs"),
        ("pipeline.cluster.tables:describe", "les tables que l’on lit : thèmes, rattachements, raisons, carte"),
    ),
    "review": (
        ("pipeline.review.outcome.tables:state_of", "tables → ce sur quoi portent les décisions"),
        ("pipeline.review.replaying.engine:replay", "les décisions des analystes, rejouées une à une"),
        ("pipeline.review.learning.learn:learn", "ce que ces décisions apprennent des autres idées"),
        ("pipeline.review.outcome.tables:idea_themes_of", "le thème de chaque idée après décision"),
    ),
    "report": (
        ("pipeline.shells.report:gathered", "les tables et les fichiers de l’équipe, chargés"),
        ("pipeline.report.withheld.disclosure:disclosure", "ce qui peut se dire des porteurs sans en désigner aucun"),
        ("pipeline.report.view.ideas:ideas", "l’idée telle que les documents la montrent"),
        ("pipeline.report.view.whole:build", "la vue unique dont tous les documents sont tirés"),
        ("pipeline.report.papers.sheets:sheets", "la fiche de son thème"),
        ("pipeline.report.render.pdf:theme_sheet", "la fiche mise en page"),
        ("pipeline.report.render.pdf:document", "le PDF balisé, par Typst"),
    ),
}
"""Stage → (function, what it does to the text), in the order in which the text meets them.

`assign` and `evaluate` read no text: themes and places are enough for them.
"""


def page() -> str:
    """Return the page: the chain as a drawing, then the steps of each stage."""
    return "\n".join([*_head(), *_drawing(), *(line for stage in STAGES for line in _section(stage))])


def _head() -> list[str]:
    return [
        "# Le chemin d’une idée, de l’export au PDF",
        "",
        "Page écrite par `make rendered`, d’après `pipeline/stages.py` et les étapes listées dans `tests/way.py` ;",
        "un test vérifie qu’elle leur correspond et que chaque fonction nommée existe. Le texte d’une idée les",
        "rencontre dans cet ordre ; qui veut changer ce qu’il devient trouve ici où.",
        "",
    ]


def _drawing() -> list[str]:
    """Return the chain as a diagram: an arrow from who makes tables to who reads them."""
    maker = {table: stage.name for stage in STAGES for table in stage.makes}
    lines = ["```mermaid", "flowchart TD", "  export([export]) --> ingest"]
    lines += [f"  {stage.name}[{stage.name} : {stage.title}]" for stage in STAGES]
    for stage in STAGES:
        given: dict[str, int] = {}
        for table in stage.tables:
            given[maker[table]] = given.get(maker[table], 0) + 1
        lines += [f"  {name} -->|{tables} table{'s' * (tables > 1)}| {stage.name}" for name, tables in given.items()]
    return [*lines, "  report --> documents([PDF, pages, classeurs])", "```", ""]


def _section(stage: Stage) -> Iterator[str]:
    yield f"## {stage.name} : {stage.title}"
    yield ""
    yield f"Lit {_named(stage.tables) or 'l’export'} ; écrit {_named(stage.makes) or 'les documents'}."
    yield ""
    if stage.name not in WAY:
        yield "Le texte ne passe pas par ici : les thèmes suffisent."
    for number, (function, said) in enumerate(WAY.get(stage.name, ()), start=1):
        yield f"{number}. `{function.removeprefix('pipeline.')}` : {said}"
    yield ""


def _named(tables: tuple[str, ...]) -> str:
    return ", ".join(f"`{table}`" for table in tables)


def write() -> None:
    """Write again what is made from the code: the page, `dvc.yaml`, and `params.yaml` with the values it has."""
    settings = ROOT / "params.yaml"
    settings.write_text(params.render(params.parse(settings.read_text(encoding="utf-8"))), encoding="utf-8")
    (ROOT / "dvc.yaml").write_text(render_dvc(with_code=True), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()

"""What the user decides of the ideas and their themes: how they are read, represented, grouped, reviewed, measured."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.params.section import Section


class SourceParams(Section):
    """What the user decides about one file of the export; what is absent is found from the file."""

    encoding: str | None = Field(None, description="utf-8, utf-16, cp1252, iso-8859-15, mac_roman, cp850...")
    separator: str | None = Field(None, min_length=1, max_length=1, description="un caractère")
    sheet: str | None = Field(None, description="feuille du classeur ; vide : toutes")
    columns: dict[str, str] = Field({}, description="colonne → champ, ou « ignore »")
    join: bool = Field(
        default=False, description="joindre au texte des idées les avis, réponses ou commentaires à leur sujet"
    )


class IngestParams(Section):
    """What is read and which ideas are analysed."""

    source: str = Field(
        "data/raw", description="dossier ou fichier de l'export du concours, depuis l'espace de travail"
    )
    awarded: list[str] = Field(
        ["primée", "primé", "lauréate", "lauréat"],
        description="valeurs du statut qui mettent une idée de côté (déjà primée)",
    )
    files: dict[str, SourceParams] = Field(
        {},
        description="par fichier : encodage, séparateur, feuille, colonnes (« ingest --propose » l'écrit)",
    )
    strict: bool = Field(default=False, description="refuser l'export dont une date ou un nombre est illisible")
    keep: list[str] = Field([], description="expressions à ne jamais masquer (noms de lieux, personnages publics)")
    language_model: bool = Field(default=True, description="chercher aussi les noms avec le modèle de langue")


OFFLINE = "use-multilingual"
"""The encoder that comes inside a package."""
SERVED = "serveur:"
"""Before the name of a model that the reader's server knows."""


class EmbedParams(Section):
    """How texts become vectors."""

    encoder: str = Field(
        OFFLINE,
        description=(
            "« use-multilingual » (hors ligne), le nom ou le dossier d'un modèle sentence-transformers, ou"
            " « serveur:NOM » pour un modèle du serveur du lecteur"
        ),
    )
    prompt: str = Field("", description="texte placé devant chaque idée (les modèles E5 demandent « query: »)")

    @property
    def served(self) -> str:
        """The model that the reader's server is asked for vectors, as it names it; empty for an encoder of here."""
        return self.encoder.removeprefix(SERVED).strip() if self.encoder.startswith(SERVED) else ""


class GuidedTheme(Section):
    """A theme given before the search."""

    title: str = Field(min_length=1, description="titre du thème")
    description: str = Field("", description="une phrase ou deux sur ce qu'il couvre")
    examples: tuple[str, ...] = Field((), description="propositions qui en relèvent : elles montrent ce qu'il couvre")


NO_LIST = "aucune"
LIST = "data/review/grille.csv"


class ClusterParams(Section):
    """How themes are proposed."""

    method: Literal["consensus", "hdbscan"] = Field(
        "consensus", description="« consensus » (conseillé) ou « hdbscan » (UMAP puis HDBSCAN)"
    )
    n_themes: int | None = Field(None, ge=1, description="nombre de thèmes imposé ; vide : choisi d'après les données")
    min_themes: int = Field(6, ge=1, description="nombre minimal de thèmes quand il est choisi d'après les données")
    max_themes: int = Field(16, ge=1, description="nombre maximal de thèmes quand il est choisi d'après les données")
    members: int = Field(512, ge=10, description="nombre de partitions mises en commun par le consensus")
    draws: int = Field(20, ge=2, description="nombre de tirages qui mesurent la stabilité des thèmes")
    weak_below: float = Field(
        0.3, ge=0, le=1, description="appartenance au-dessous de laquelle une idée est un signal faible"
    )
    duplicate_above: float = Field(
        0.4, ge=0, le=1, description="ressemblance à partir de laquelle deux idées sont données comme quasi-doublons"
    )
    sample: int | None = Field(
        None,
        ge=100,
        description="nombre de textes tirés où chercher les thèmes, les autres placés d'après eux ; vide : tous",
    )
    key_phrases: int = Field(8, ge=1, le=30, description="nombre d'expressions clés affichées par thème")
    grille: str = Field(
        NO_LIST,
        description="liste de départ, pour un concours d'agents : « data/review/grille.csv » ; sinon « aucune »",
    )
    guided: list[GuidedTheme] = Field(
        [], description="thèmes donnés d'avance, qui attirent des idées : [{title: ..., description: ...}, ...]"
    )
    guided_only: bool = Field(
        default=False,
        description="true : toute idée rejoint un thème donné ; false : d'autres thèmes peuvent apparaître",
    )

    @model_validator(mode="after")
    def _range(self) -> ClusterParams:
        if self.min_themes > self.max_themes:
            raise ValueError("min_themes dépasse max_themes")
        return self


class ReviewParams(Section):
    """How decisions are replayed."""

    decisions: str = Field("data/review/decisions.csv", description="fichier des décisions (jamais réécrit, complété)")
    identity: str = Field(
        "data/review/theme_ids.csv",
        description="thèmes tels que les analystes les ont vus la dernière fois : un thème retrouvé garde son numéro",
    )
    model: str = Field(
        "",
        pattern=r"^[\w-]*$",
        description="modèle d'un concours précédent (« minilabs learn »), dans le dossier models ; vide : aucun",
    )


class EngineParams(Section):
    """Who makes the parts of a very large corpus; what is made is the same."""

    scheduler: str = Field(
        "",
        description="adresse d'un planificateur Dask (« tls://… »), ou « local » : processus de cette machine ;"
        " vide : sans Dask",
    )
    workers: int = Field(2, ge=1, le=64, description="nombre de processus de travail, pour « local »")


class EvaluateParams(Section):
    """What the themes are compared with."""

    coding: str = Field(
        "data/review/coding.csv",
        description="codage d'une personne à comparer (CSV : idea_id, theme, theme_secondary) ; sans ligne : aucun",
    )
    outside: list[str] = Field(
        ["hors_theme"],
        description="valeurs du codage qui veulent dire « aucun thème » : ces idées ne sont pas comptées",
    )

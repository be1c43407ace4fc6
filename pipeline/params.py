"""`params.yaml` → frozen, validated parameters. Each stage has a section; each description is the comment users read.

`Params()` are the defaults; `render` writes them as the commented file `minilabs init` makes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.yaml_file import read_yaml


class Section(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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


class AssignParams(Section):
    """Who sits where."""

    min_seats: int = Field(8, ge=1, description="nombre minimal de personnes dans un MiniLab")
    max_seats: int = Field(25, ge=1, description="nombre maximal de personnes dans un MiniLab")
    max_share: float = Field(
        0.4, gt=0, le=1, description="part maximale d'une même direction dans un MiniLab (0.4 : 40 %)"
    )
    community_min_seats: int = Field(5, ge=1, description="nombre minimal de personnes dans une communauté de métier")
    community_max_seats: int = Field(60, ge=1, description="nombre maximal de personnes dans une communauté de métier")
    never_alone: list[Literal["site", "direction", "departement", "metier"]] = Field(
        [],
        description="ce dont personne n'est seul dans un groupe (site, direction, departement, metier) : aucun, ou deux"
        " au moins ; labs.csv en décide autrement pour un groupe",
    )
    max_labs: int = Field(1, ge=1, description="nombre maximal de groupes par personne")
    min_affinity: float = Field(
        0.05, ge=0, le=1, description="affinité au-dessous de laquelle une place n'est pas proposée (0 à 1)"
    )
    wish_weight: float = Field(
        0.5, gt=0, lt=1, description="ce qu'un premier vœu ajoute à l'affinité (le deuxième : moitié moins...)"
    )
    weak_signal_weight: float = Field(
        0.25, ge=0, le=1, description="poids d'un signal faible dans l'affinité avec le thème le plus proche (0 à 1)"
    )
    explained: int = Field(
        300,
        ge=0,
        description="nombre de premiers choix non obtenus dont le coût est calculé (quelques résolutions chacun)",
    )
    people: str = Field("data/review/people.csv", description="vœux, indisponibilités, places fixées, exclusions")
    labs: str = Field("data/review/labs.csv", description="places, fermetures et mixité décidées par MiniLab")
    balance: str = Field(
        "data/private/equilibre.csv",
        description="table privée (agent_id et d'autres colonnes) sur laquelle les groupes sont équilibrés ; jamais"
        " montrée",
    )
    balance_margin: float = Field(
        0.2,
        ge=0,
        le=1,
        description="part dont une valeur de cette table peut dépasser, dans un groupe, sa part d'ensemble",
    )
    announced: str = Field("data/review/announced.csv", description="composition déjà annoncée aux agents")

    @model_validator(mode="after")
    def _range(self) -> AssignParams:
        if self.min_seats > self.max_seats:
            raise ValueError("min_seats dépasse max_seats")
        if self.community_min_seats > self.community_max_seats:
            raise ValueError("community_min_seats dépasse community_max_seats")
        return self


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


Answer = Literal[
    "place", "attente", "primee", "mise_de_cote", "minilab", "communaute_metier", "reponse_direction", "sans_groupe",
    "a_departager", "signal_faible", "direction", "tous", "lettre",
]  # fmt: skip
"""What a document can tell the next step of: an answer, a place, the wait for one, a directorate, or all others.

`lettre` is the day of the letters themselves."""


class ReportParams(Section):
    """What the documents say about their publisher."""

    title: str = Field("Concours d'idées", description="titre du rapport d'ensemble")
    organisation: str = Field("Région Grand Est", description="organisation qui publie")
    contact: str = Field("", description="à qui écrire, affiché dans les documents ; vide : rien")
    calendar: dict[Answer, str] = Field(
        {},
        description="prochaine étape et sa date : {place: ..., attente: ..., direction: ..., tous: ...} ; lettre : date"
        " des lettres",
    )
    validation: str = Field("data/review/validation.csv", description="validations enregistrées (minilabs validate)")
    threshold: int = Field(5, ge=2, description="effectif au-dessous duquel un nombre est masqué pour une direction")
    follow_up: str = Field(
        "data/review/follow_up.csv", description="suites données : idée, thème ou groupe, étape, date"
    )
    progress: str = Field("data/review/progress.csv", description="figures des bilans déjà faits, pour les comparer")
    letters: str = Field("data/review/reponses.txt", description="modèle des réponses aux porteurs")
    letter_per: Literal["porteur", "idée"] = Field(
        "porteur", description="une lettre par « porteur » (toutes ses idées) ou par « idée »"
    )
    look: str = Field("data/review/apparence.yaml", description="couleurs, logo et mention des documents")
    techniques: str = Field("", description="fiches de techniques d'animation à vous ; vide : celles du programme")


class ReaderParams(Section):
    """Which language model reads beside people, when there is one; only `minilabs reader ask` uses it."""

    address: str = Field(
        "",
        description="adresse d'un serveur au protocole OpenAI, par exemple http://localhost:11434/v1 ; vide : aucun",
    )
    model: str = Field("", description="nom du modèle, tel que le serveur le connaît")
    key: str = Field(
        "MINILABS_READER_KEY",
        pattern=r"^[A-Z_][A-Z0-9_]*$",
        description="nom de la variable d'environnement qui contient la clé d'accès (jamais la clé elle-même)",
    )
    proposes: bool = Field(
        default=True, description="false : les lectures enregistrées sont gardées, mais ne proposent plus rien"
    )
    listed: bool = Field(
        default=False, description="true : le relevé des sujets part aussi des titres de la liste de départ"
    )
    folder: str = Field("data/review/lecteur", description="dossier du consentement, des lectures et des consignes")
    context: int = Field(16000, ge=2000, description="jetons que le modèle tient, question et réponse comprises")
    parallel: int = Field(2, ge=1, le=32, description="questions posées en même temps")
    calls: int = Field(500, ge=1, description="nombre maximal d'appels par commande")
    tokens: int = Field(2_000_000, ge=1000, description="nombre maximal de jetons par commande, envoyés et reçus")
    ideas: int = Field(3000, ge=1, description="au-delà de ce nombre d'idées, seules les plus utiles à lire le sont")
    seconds: float = Field(180.0, gt=0, description="temps accordé à une réponse entière, en secondes")
    price_sent: float = Field(0.0, ge=0, description="prix d'un million de jetons envoyés, pour l'aperçu")
    price_received: float = Field(0.0, ge=0, description="prix d'un million de jetons reçus, pour l'aperçu")


class CloseParams(Section):
    """What the register of processing says of the contest (`minilabs close`)."""

    controller: str = Field("", description="responsable du traitement ; vide : l'organisation qui publie")
    purpose: str = Field(
        "analyser les idées d'un concours interne, composer des groupes de travail, répondre à chacun",
        description="finalité, telle qu'elle figure au registre",
    )
    basis: str = Field("mission d'intérêt public (article 6-1-e du RGPD)", description="base légale")
    retention: str = Field("jusqu'à la fin des suites du concours, un an au plus", description="durée de conservation")
    recipients: str = Field("l'équipe du concours ; les animateurs, pour leur groupe", description="qui voit les noms")
    rights: str = Field("", description="à qui écrire pour exercer ses droits")


class BilanParams(Section):
    """What the full review is compared with (`minilabs bilan`)."""

    former: str = Field("", description="« bilan.csv » d'un concours précédent, à comparer ; vide : aucun")


class Params(Section):
    """All parameters of a workspace."""

    seed: int = Field(2020, ge=0, description="graine unique de tous les tirages")
    ingest: IngestParams = IngestParams()
    embed: EmbedParams = EmbedParams()
    cluster: ClusterParams = ClusterParams()
    review: ReviewParams = ReviewParams()
    assign: AssignParams = AssignParams()
    evaluate: EvaluateParams = EvaluateParams()
    report: ReportParams = ReportParams()
    reader: ReaderParams = ReaderParams()
    bilan: BilanParams = BilanParams()
    close: CloseParams = CloseParams()


def parse(text: str, path: str = "params.yaml") -> Params:
    """Return the parameters written in `text`; what is absent takes its default.

    Args:
        text: YAML.
        path: named in errors.

    Raises:
        MinilabsError: not YAML, unknown keys, refused values; all of them at once.
    """
    content = {str(key): value for key, value in read_yaml(text, path).items() if value is not None}
    try:
        return Params.model_validate(content)
    except RecursionError as why:
        raise MinilabsError("base.yaml", path=path, line=1) from why
    except ValidationError as why:
        raise_all([_to_error(dict(error), path) for error in why.errors(include_url=False)])
        raise  # pragma: no cover - a ValidationError holds at least one error


def read(path: Path) -> Params:
    """Return the parameters of the file at `path`.

    Raises:
        MinilabsError: `params.missing`, or see `parse`.
    """
    if not path.is_file():
        raise MinilabsError("params.missing", path=path.parent)
    return parse(given_text(content_of(path, path.name), path.name), path.name)


_REASONS = {
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_parsing": "un nombre est attendu",
    "float_type": "un nombre est attendu",
    "string_type": "un texte est attendu",
    "string_pattern_mismatch": "seuls les lettres, les chiffres, « - » et « _ » sont admis",
    "bool_parsing": "« true » ou « false » est attendu",
    "bool_type": "« true » ou « false » est attendu",
    "list_type": "une liste est attendue",
    "dict_type": "un bloc de paramètres est attendu",
    "model_type": "un bloc de paramètres est attendu",
    "greater_than": "il faut plus de {gt}",
    "greater_than_equal": "il faut au moins {ge}",
    "less_than": "il faut moins de {lt}",
    "less_than_equal": "il faut au plus {le}",
    "literal_error": "valeurs possibles : {expected}",
    "value_error": "{error}",
}


_RETIRED = {
    "assign.trade_lift": "une communauté de métier admet les métiers que nomme la raison de sa nature ; pour en décider"
    " autrement, remplissez la colonne « metiers » de labs.csv",
    "assign.announced_first": "une place annoncée est toujours tenue ; « minilabs assign --take-back » la reprend",
}
"""Former parameters → what took their place."""


def _to_error(error: dict[str, Any], path: str) -> MinilabsError:
    key = ".".join(str(part) for part in error["loc"])
    if key in _RETIRED:
        return MinilabsError("params.retired", path=path, key=key, why=_RETIRED[key])
    if error["type"] == "extra_forbidden":
        return MinilabsError("params.unknown", path=path, key=key, allowed=", ".join(_allowed(error["loc"][:-1])))
    why = _REASONS.get(error["type"], "valeur non valable").format(**error.get("ctx", {}))
    return MinilabsError("params.value", path=path, key=key or "params", why=why.replace(" or ", " ou "))


def _allowed(location: tuple[str | int, ...]) -> list[str]:
    model: Any = Params
    for part in location:
        if hasattr(model, "model_fields"):
            model = model.model_fields[part].annotation if part in model.model_fields else None
        else:  # what a list or a mapping holds
            model = (get_args(model) or (None,))[-1]
    return list(getattr(model, "model_fields", ()))


def render(params: Params | None = None) -> str:
    """Return `params` (the defaults without) as commented YAML: the `params.yaml` that users edit."""
    params = params or Params()
    lines = ["# Paramètres de MiniLabs. Chaque ligne peut être supprimée : la valeur par défaut s'applique alors."]
    lines += _render_section(params, "")
    return "\n".join(lines) + "\n"


def _render_section(section: BaseModel, indent: str) -> list[str]:
    lines: list[str] = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, Section):
            lines += ["", f"{indent}{name}:", *_render_section(value, indent + "  ")]
        else:
            plain = section.model_dump(exclude_defaults=isinstance(value, dict))[name] if value else value
            lines += [f"{indent}# {field.description}", f"{indent}{name}: {_scalar(plain)}".rstrip()]
    return lines


def _scalar(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, list):
        value = [item.model_dump() if isinstance(item, BaseModel) else item for item in value]
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False)
    return re.sub(r"\n?\.\.\.\n$", "", text).rstrip("\n")

"""What the user decides of the groups and of what is said of them: who sits where, documents, reader, closing."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.params.section import Section


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


Answer = Literal[
    "place", "attente", "primee", "mise_de_cote", "minilab", "communaute_metier", "reponse_direction", "sans_groupe",
    "a_departager", "signal_faible", "direction", "tous", "lettre",
]  # fmt: skip
"""What a document can tell the next step of: an answer, a place, the wait for one, a directorate, or all others."""


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

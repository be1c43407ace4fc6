# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6. Un nouveau concours
#
# De l’export à tous les documents, sur un essai miniature : quarante idées, dans un dossier temporaire qui disparaît
# avec ce carnet. Faites-le une fois ainsi, puis recommencez avec votre propre export : les gestes sont les mêmes.
#
# L’export d’essai reprend des idées de ce concours-ci, avec des défauts qu’on rencontre pour de vrai : enregistré par
# un vieux tableur (cp1252, points-virgules), deux colonnes qui se disputent le titre, une colonne au nom inattendu.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.initialise import initialise
from pipeline.notebook import Contest, browse, documents, export, mapping, pictures, start
from pipeline.shells.proposal import write_proposal

concours = start()
provisoire = TemporaryDirectory()
dossier = Path(provisoire.name) / "concours-2027"

# %% [markdown]
# ## 1. Créer le dossier
#
# Dans un terminal : `minilabs init concours-2027`. Le dossier contient un fichier de réglages commenté
# (`params.yaml`), un endroit pour l’export (`data/raw`) et les tableaux que vous remplirez (`data/review`).

# %%
initialise(dossier)
print(*sorted(str(chemin.relative_to(dossier)) for chemin in dossier.rglob("*") if chemin.is_file()), sep="\n")

# %% [markdown]
# ## 2. Déposer l’export
#
# CSV, Excel ou LibreOffice, tel que la plateforme le donne : un seul tableau ou plusieurs, n’importe quel encodage. Il
# faut au moins un titre ou un texte par idée. Ne corrigez rien à la main : tout ce qui est changé doit pouvoir se
# refaire.

# %%
essai = concours.read_ideas().head(40)
tableau = essai[["idea_id", "title", "category", "description", "votes"]].set_axis(
    ["Référence", "Titre", "Intitulé", "Votre idée", "Suffrages"], axis="columns"
)
tableau.to_csv(dossier / "data/raw/export.csv", sep=";", index=False, encoding="cp1252", errors="replace")
nouveau = Contest.at(dossier)

# %% [markdown]
# ## 3. Quand une colonne n’est pas reconnue
#
# Lançons la lecture (dans un terminal : `minilabs ingest`). Elle s’arrête, et dit pourquoi. C’est voulu : plutôt poser
# une question que deviner de travers.

# %% tags=["raises-exception"]
nouveau.run("ingest")

# %% [markdown]
# La commande `minilabs ingest --propose` écrit dans `params.yaml` ce que chaque colonne a été prise pour. Un « ? »
# attend votre choix ; « ignore » veut dire que la colonne n’a pas été reconnue.

# %%
questions = write_proposal(nouveau.workspace, nouveau.params)
print(mapping.proposed(nouveau.workspace))

# %% [markdown]
# On tranche, dans un éditeur de texte : « Titre » est le titre, « Intitulé » est la catégorie, et les « Suffrages »
# sont des votes. Ici, la même chose en une cellule :

# %%
mapping.decide(nouveau.workspace, {"Titre": "title", "Intitulé": "category", "Suffrages": "votes"})
nouveau = Contest.at(dossier)
browse(nouveau.run("ingest"), caption="Lecture de l’export.")

# %% [markdown]
# Relisez toujours ce tableau une fois. Une colonne mal comprise fausserait tout le reste, sans bruit.

# %%
lecture = nouveau.figures("data/interim/ingest_report.json")
browse(export.columns_read(lecture), caption="Ce que chaque colonne a été prise pour.")

# %%
print(export.verdict(lecture))
browse(export.summary(lecture), caption="Ce que l’export contenait.", rows=25)

# %% [markdown]
# Les autres refus se lisent de la même façon : un fichier, une ligne, ce qui est attendu. Les plus courants :
#
# | message | quoi faire |
# |---|---|
# | « … n’est pas un tableau malgré son nom » | l’ouvrir dans un tableur, l’enregistrer en xlsx |
# | « … un guillemet est ouvert et jamais fermé » | exporter de nouveau, en xlsx si possible |
# | « … plus de cellules que les colonnes de l’en-tête » | un séparateur dans un texte : exporter en xlsx |
# | « … ne se lit pas en … » | retirer l’encodage de `params.yaml` : il sera trouvé |
# | « Aucune idée trouvée » | `minilabs ingest --propose`, puis nommer au moins le titre ou le texte |
#
# ## 4. Lancer toute la chaîne
#
# Dans un terminal : `minilabs run --workspace concours-2027`. Ce qui est déjà fait n’est pas refait : vous pouvez
# interrompre et relancer.

# %%
browse(nouveau.run(), caption="Toute la chaîne, sur quarante idées.")

# %%
pictures.ideas_map(nouveau.table("map"), nouveau.read_ideas(), nouveau.table("themes"))

# %% [markdown]
# L’export d’essai ne nomme personne : il n’y a donc ni transversalité, ni places à attribuer. Avec des porteurs (leur
# direction suffit), tout le reste suit.
#
# ## 5. Ouvrir les documents

# %%
print(*sorted(str(chemin.relative_to(dossier)) for chemin in (dossier / "reports").glob("*")), sep="\n")

# %% [markdown]
# ## Toute la vie du concours
#
# De l’appel aux suites, chaque tableau part et revient : le carnet 5 dit par quelle commande. Ceux que l’on remplit à la
# main commencent par un exemple en commentaire, à remplacer.

# %%
browse(documents.to_fill(nouveau.workspace), caption="Les tableaux du nouveau concours, encore vides.")

# %%
print((dossier / "data/review/seances.csv").read_text(encoding="utf-8"))

# %% [markdown]
# ## À deux analystes
#
# Décisions et suites se partagent par git, les tables par DVC, les noms jamais : la recette est dans
# `docs/deux_analystes.md`. Sans tables privées, tout marche, sauf les lettres et les noms dans les kits.
#
# ## À la fin du concours
#
# `minilabs close` dit quelles données personnelles sont détenues et écrit la fiche pour le registre
# (`reports/registre.html`, d’après la section `close` de `params.yaml`) ; rien n’est touché. Avec `--oui`, ce qui peut
# rester sans personne va dans `archive.zip`, le reste est effacé, caches compris, et chaque nom est cherché de nouveau.
#
# ## À vous
#
# 1. `minilabs init mon-concours`
# 2. déposez l’export dans `mon-concours/data/raw`
# 3. `minilabs run --workspace mon-concours`
# 4. `minilabs notebooks --workspace mon-concours`, et reprenez au carnet 1.

# %%
provisoire.cleanup()

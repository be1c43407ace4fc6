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
# # 5. Publier
#
# Tous les documents sortent des mêmes tableaux : s’ils se contredisent, c’est un défaut à signaler. Ce carnet les
# prépare, les montre, et vérifie qu’aucun nom ne dépasse **avant** tout envoi. Comptez vingt minutes, et relisez tout
# ce qui part.

# %%
from pipeline.notebook import browse, documents, start
from pipeline.shells.report import preview

concours = start()

# %% [markdown]
# ## Mettre à jour
#
# Toute la chaîne est reprise là où quelque chose a changé : une décision, un vœu, un réglage. Le reste n’est pas refait.

# %%
browse(concours.run(), caption="Ce qui a été fait, ou était déjà à jour.")

# %% [markdown]
# Titre, organisation, contact, logo et couleurs se règlent dans `params.yaml` (section `report`) et
# `data/review/apparence.yaml`.
#
# ## Qu’y a-t-il à envoyer, et à qui ?

# %%
browse(documents.written(concours.workspace), caption="Les documents, dossier par dossier.")

# %% [markdown]
# Les dossiers `private` nomment des personnes : ils ne se déposent ni sur un intranet, ni dans git. Un dossier de
# direction ne montre aucun effectif assez petit pour désigner quelqu’un (seuil : `report: threshold`).
#
# ## Regarder avant d’envoyer
#
# Cliquez : le document s’ouvre dans un onglet. « Faire confiance au HTML », en haut de cet onglet, active la recherche et
# la carte. Chaque page existe aussi en PDF, avec le même contenu.

# %%
documents.links(concours.workspace)

# %%
documents.links(concours.workspace, "themes")

# %%
documents.links(concours.workspace, "directions")

# %%
documents.links(concours.workspace, "private/kits", "pdf")

# %% [markdown]
# **Les réponses aux porteurs.** Chaque idée reçoit une réponse, comme promis. En voici deux, tirées au sort, sans nom.
# Le texte se change dans `data/review/reponses.txt`.

# %%
documents.letters(preview(concours.workspace, concours.params, 2))

# %% [markdown]
# ## Vérifier qu’aucun nom ne dépasse
#
# Chaque nom et chaque adresse de l’export sont cherchés dans les pages, classeurs et tableaux à envoyer (les PDF ont le
# même contenu que les pages). C’est un filet, pas une garantie : un surnom ou une tournure reconnaissable lui
# échappent. Relisez les textes d’un petit site avant de les publier.

# %%
trouves = documents.search(concours.workspace, concours.table("identities"))
print(documents.checked(trouves))

# %%
browse(trouves, caption="Ce qui dépasse ; un tableau vide : rien.")

# %% [markdown]
# Un passage dépasse ? Complétez `data/review/masking.csv`, relancez `minilabs run`, puis cette vérification.
# Avant une publication large, `minilabs audit-privacy` relit tout le dossier, PDF compris, en quelques minutes.
#
# ## Ouvrir les groupes à tous les agents
#
# Dans un terminal, `minilabs call` écrit dans `reports/appel` ce qu’il faut publier : une page, un texte par groupe, les
# questions à recopier dans l’outil de formulaire de votre choix, et `inscriptions.xlsx` pour qui s’inscrit par
# téléphone. Dates et lieux se tiennent dans `data/review/seances.csv`, une ligne par séance : par exemple `lab-T02`,
# `12/01/2027`, `9 h 30`, `Metz`.
#
# L’export du formulaire se reprend par `minilabs register inscriptions.xlsx`, autant de fois qu’il le faut : les
# réponses déjà connues ne comptent qu’une fois, la dernière réponse de chacun l’emporte, un désistement libère la
# place. Les porteurs sont reconnus ; les ressemblances douteuses attendent votre décision dans
# `data/private/inscriptions_doutes.csv`. Puis `minilabs run` place les inscrits. Les noms ne quittent pas
# `data/private`.
#
# ## Les suites
#
# Après l’envoi, tenez la feuille « Suivi » de `reports/classeur.xlsx` : qui répond, où en est chaque groupe. Puis, dans
# un terminal, `minilabs follow-up reports/classeur.xlsx` reprend la feuille, et `minilabs report` met les documents à
# jour.
#
# Chaque dossier de direction peut partir avec un petit classeur : `minilabs answers` les écrit dans `reports/suites`, une
# ligne par idée ou thème à traiter, avec des listes. Ceux qui reviennent, même remplis par plusieurs personnes, se
# montrent par `minilabs answers retours/*.xlsx` et s’enregistrent en ajoutant `--oui` ; deux réponses contraires sont
# montrées, aucune n’est retenue. Les réponses rejoignent les suites, donc les lettres et le prochain dossier ; la même
# commande, sans classeur, liste celles dont l’échéance est passée.
#
# **Les séances.** `minilabs sessions` écrit une feuille de présence par groupe (`reports/private/presences`) pour les
# dates de `data/review/seances.csv` ; les feuilles remplies reviennent par la même commande, sans leurs noms, dans
# `data/review/presences.csv`. Comptes rendus (`comptes_rendus.csv` : décidé, avancé, suite) et livrables
# (`livrables.csv` : titre, résumé, lien) sont facultatifs. Le tout donne `reports/participation.xlsx`, où aucun petit
# effectif ne se lit ni ne se déduit.
#
# Chaque tableau à remplir commence par un exemple en commentaire (« # exemple : … »), jamais lu comme une donnée. Voici
# où en sont les vôtres :

# %%
browse(documents.to_fill(concours.workspace), caption="Les tableaux que vous remplissez, du vœu aux suites.")

# %% [markdown]
# ## Animer les séances
#
# Chaque groupe a son kit (`reports/private/kits`), page et PDF : un MiniLab suit un ordre du jour de deux heures ; une
# communauté de métier se réunit d’abord par sites, puis tous ensemble, et son kit compte matériel et animateurs pour le
# vrai nombre de personnes. Pour former les animateurs : dix techniques de créativité (`reports/techniques.html`), à
# remplacer par les vôtres (`techniques`, dans `params.yaml`).

# %%
documents.links(concours.workspace, "private/kits")

# %% [markdown]
# ## Pour un seul document
#
# `minilabs report --only "direction:finances"`, `--only "theme:T03"` ou `--only "minilab:lab-T02"` n’écrivent que
# celui-là.
#
# ## Et la prochaine fois ?
#
# Le carnet **6_un_nouveau_concours** part d’un export tout neuf.

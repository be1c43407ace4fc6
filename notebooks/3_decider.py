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
# # 3. Décider
#
# Les thèmes proposés sont un brouillon : à vous de renommer, réunir, scinder, déplacer, écarter. Chaque décision
# s’ajoute à `data/review/decisions.csv`, signée et datée ; aucune n’efface une autre, toutes se rejouent à chaque
# nouvelle exécution.
#
# Ce carnet propose par où commencer, montre l’effet d’une décision **avant** de l’enregistrer, puis dit où deux
# lecteurs ne sont pas d’accord. Comptez une heure pour un premier passage.

# %%
from pipeline.notebook import browse, deciding, pictures, start
from pipeline.shells.desk import open_desk

concours = start()
bureau = open_desk(concours.workspace)

# %% [markdown]
# ## Par où commencer ?
#
# Les idées dont la réponse aiderait le plus : celles où le programme hésite, et dont d’autres dépendent. Les idées
# semblables se suivent, pour lire sans changer de sujet à chaque ligne.

# %%
browse(deciding.questions(bureau, 12), caption="À décider d’abord.", rows=25)

# %% [markdown]
# ## Essayer une décision
#
# Une décision tient en trois mots : une **action**, sur **quoi**, et une **valeur**.
#
# | action | sur quoi | valeur | ce que cela fait |
# |---|---|---|---|
# | `assign` | idée | thème | l’idée va dans ce thème |
# | `also` | idée | thème | elle en touche aussi un second |
# | `remove` | idée | thème | elle en sort |
# | `weak` | idée | | elle n’entre nulle part |
# | `together`, `apart` | idée | idée | à garder ensemble, à séparer |
# | `merge` | thème | thème | le premier rejoint le second |
# | `split` | thème | idées, séparées par « \| » | elles forment un nouveau thème |
# | `rename`, `describe` | thème | texte | nouveau titre, nouvelle description |
# | `kind` | thème | `minilab`, `communaute_metier` ou `reponse_direction` | la suite à donner |
# | `pin` | thème | | il ne bougera plus |
# | `reject` | thème | | ce n’est pas un thème |
# | `define` | titre | description | un thème connu d’avance |
# | `undo` | n° de décision | | annule |
#
# Un thème se désigne par son numéro ou par son titre. L’exemple ci-dessous range la première idée proposée dans son
# thème le plus probable ; remplacez-le par le vôtre :
#
# ```python
# essai = deciding.act("merge", "T10", "T02", "même sujet : se connaître entre services", "MD")
# ```

# %%
essai = deciding.first_act(bureau)
effet = deciding.tried(bureau, essai)
print(f"{essai.action} {essai.target} {essai.value}. {effet}")

# %% [markdown]
# Les idées que vous ne nommez pas mais qui **suivraient** ressemblent à celles que vous déplacez : une décision en
# apprend plusieurs au programme. Rien n’est encore enregistré.

# %%
browse(deciding.moves(bureau, effet), caption="Ce que la décision changerait.")

# %% [markdown]
# ## Enregistrer
#
# Pour garder la décision, écrivez `True` à la place de `False`, puis exécutez la cellule **une fois**. Un doute ?
# `undo` et le numéro de la décision la retirent ; le numéro est donné ci-dessous.

# %%
enregistrer = False
if enregistrer:
    bureau.record([bureau.resolved(essai)])
    bureau = open_desk(concours.workspace)

# %%
browse(deciding.recorded(bureau), caption="Décisions enregistrées jusqu’ici.")

# %% [markdown]
# Vous préférez le tableur ou le terminal ? Mêmes décisions, même fichier :
# `minilabs review add merge T10 T02 --raison "même sujet"`, ou un lot avec `minilabs review batch decisions.csv`.
#
# ## Ce que vos décisions ont changé
#
# On rejoue les décisions (dans un terminal : `minilabs run`), puis on compare : en ligne le thème proposé, en colonne
# le thème d’après vos décisions.

# %%
browse(concours.run("review"), caption="Décisions rejouées.")

# %%
proposes = concours.table("candidate_idea_themes").set_index("idea_id")["theme_id"].dropna()
decides = concours.table("idea_themes").set_index("idea_id")["theme_id"].dropna()
pictures.moves(proposes, decides.map(concours.titles), ("proposés", "décidés"))

# %% [markdown]
# ## Celles qui ne s’appliquent plus
#
# Quand les idées ou les thèmes changent, une décision peut perdre son objet. Elle n’est jamais oubliée : la voici,
# avec ce qu’il lui faudrait.

# %%
browse(concours.table("conflicts"), caption="Décisions à revoir ; un tableau vide : toutes s’appliquent.")

# %% [markdown]
# ## Depuis la dernière fois
#
# De nouvelles idées, un autre réglage ? Un thème retrouvé garde son numéro, son titre et vos décisions. Voici ce qui a
# changé depuis que quelqu’un a décidé.

# %%
browse(concours.table("changes"), caption="Thèmes retrouvés, nouveaux ou disparus, idées déplacées ; vide : rien.")

# %% [markdown]
# ## Et si quelqu’un d’autre lisait ?
#
# Un thème n’est pas un fait : deux lecteurs attentifs ne font pas les mêmes. Demandez à une seconde personne de ranger
# les idées dans `data/review/coding.csv` (colonnes `idea_id` et `theme`, avec ses propres mots), sans voir les thèmes
# du programme. Sans ce fichier, les tableaux restent vides.

# %%
titres = decides.map(concours.titles)
accord, desaccords = deciding.agreement(titres, concours.coding())
browse(accord, caption="Les thèmes décidés et le codage d’une personne.")

# %% [markdown]
# Les désaccords les plus nombreux d’abord : chacun est une question à trancher à deux, souvent sur la frontière entre
# deux thèmes plus que sur une idée.

# %%
browse(desaccords, caption="Où les deux lectures diffèrent.")

# %% [markdown]
# ## Et maintenant ?
#
# Quand les thèmes vous paraissent justes, relancez `minilabs run`, puis passez au carnet **4_composer_les_minilabs**.

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
# Comptez une heure pour un premier passage. Une soixantaine de réponses bien choisies changent déjà beaucoup : le
# programme apprend de chacune.

# %%
from pipeline.notebook import browse, deciding, pictures, start
from pipeline.notebook.panel import panneau
from pipeline.shells.deciding.desk import open_desk

concours = start()
bureau = open_desk(concours.workspace)

# %% [markdown]
# ## Le panneau
#
# À gauche, ce qu’on lit : les idées à décider d’abord (celles dont la réponse aide le plus, les semblables côte à
# côte), puis toutes les listes et tous les thèmes. À droite, ce qu’on décide.
#
# 1. **Lisez** l’idée. Le programme dit où il la mettrait, et entre quoi il hésite.
# 2. **Choisissez une décision.** Son effet s’affiche aussitôt : les idées nommées, et celles qui *suivraient* parce
#    qu’elles leur ressemblent. Rien n’est encore enregistré.
# 3. **Enregistrez**, avec une raison si elle servira à quelqu’un. L’idée suivante arrive d’elle-même.
#
# **Pour aller plus vite, « Lire une page »** (dans la liste « Montrer ») : jusqu’à vingt-quatre idées que le programme
# mettrait dans le même thème. Lisez-les, choisissez celles qui n’en sont pas et rangez-les ailleurs, puis « Confirmer
# le reste de la page » : un seul geste pour toutes, et la page suivante arrive. C’est la façon de faire qui apporte le
# plus par geste ; en échange, on lit davantage d’idées.
#
# Plusieurs idées se choisissent ensemble avec **Maj** ou **Ctrl**. « Décider sur : le thème » sert à renommer, réunir,
# scinder, figer ou écarter. « Annuler la dernière » (décision, ou page entière) montre ce que l’annulation changerait,
# puis attend « Enregistrer ».
#
# **Au clavier** : flèches pour choisir, **Tab** pour passer à la suite, **Entrée** après la raison pour enregistrer ;
# le curseur revient alors sur les décisions de l’idée suivante.

# %%
panneau(bureau)

# %% [markdown]
# ## Ce que vos décisions ont changé
#
# Après une séance, exécutez les cellules qui suivent. On rejoue les décisions (dans un terminal :
# `minilabs run`), puis on compare : en ligne le thème proposé, en colonne le thème d’après vos décisions.

# %%
bureau = open_desk(concours.workspace)
browse(deciding.recorded(bureau), caption="Décisions enregistrées jusqu’ici.")

# %%
browse(concours.run("review"), caption="Décisions rejouées.")

# %%
avant, apres = deciding.before_and_after(bureau)
pictures.moves(avant, apres, ("proposés", "décidés"))

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
accord, desaccords = deciding.agreement(apres, concours.coding())
browse(accord, caption="Les thèmes décidés et le codage d’une personne.")

# %% [markdown]
# Les désaccords les plus nombreux d’abord : chacun est une question à trancher à deux, souvent sur la frontière entre
# deux thèmes plus que sur une idée.

# %%
browse(desaccords, caption="Où les deux lectures diffèrent.")

# %% [markdown]
# ## Pour qui préfère écrire
#
# Le panneau, le classeur (`minilabs review export`) et le terminal (`minilabs review add réunir T10 T02`) écrivent les
# mêmes décisions dans le même fichier. Ici aussi : une **action**, sur **quoi**, et une **valeur**.
#
# | action | sur quoi | valeur | ce que cela fait |
# |---|---|---|---|
# | `ranger` | idée | thème | l’idée va dans ce thème |
# | `aussi` | idée | thème | elle en touche aussi un second |
# | `sortir` | idée | thème | elle en sort |
# | `isoler`, `discuter` | idée | | elle n’entre nulle part ; elle est à discuter |
# | `ensemble`, `séparer` | idée | idée | à garder ensemble, à séparer |
# | `réunir` | thème | thème | le premier rejoint le second |
# | `scinder` | thème | idées, séparées par « \| » | elles forment un nouveau thème |
# | `renommer`, `décrire` | thème | texte | nouveau titre, nouvelle description : aucune idée ne bouge |
# | `attirer` | thème | | il attire les idées proches de son titre et de sa description |
# | `nature` | thème | « MiniLab », « communauté de métier » ou « réponse d’une direction » | la suite à donner |
# | `figer` | thème | | il ne bougera plus |
# | `écarter` | thème | | ce n’est pas un thème |
# | `définir` | titre | description | un thème connu d’avance : il attire les idées qui lui ressemblent |
# | `annuler` | n° de décision | | annule |
#
# Un thème se désigne par son numéro ou par son titre. L’exemple range la première idée proposée dans son thème le plus
# probable, **sans l’enregistrer** ; remplacez-le par le vôtre, puis `bureau.record(bureau.resolved([essai]))`.

# %%
essai = deciding.first_act(bureau)
effet = deciding.tried(bureau, essai)
print(deciding.in_words(bureau, essai), effet, sep="\n")
browse(deciding.moves(bureau, effet), caption="Ce que la décision changerait.")

# %% [markdown]
# ## Et maintenant ?
#
# Quand les thèmes vous paraissent justes, relancez `minilabs run`, puis passez au carnet **4_composer_les_minilabs**.

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
# # 1. Découvrir les idées
#
# Avant de regrouper quoi que ce soit, on lit. Ce carnet répond à quatre questions :
#
# 1. l’export est-il sain ?
# 2. qui a écrit ?
# 3. de quoi parle-t-on, à première vue ?
# 4. par quelles idées commencer ?
#
# Comptez un quart d’heure. Exécutez les cellules une à une avec **Maj + Entrée** ; vous pouvez tout changer, rien ici
# n’écrit dans les résultats.
#
# > **Avant d’ouvrir ce carnet**, il faut avoir lancé `minilabs run` dans le dossier du concours. Si ce n’est pas fait,
# > la première cellule qui en a besoin le dira, et dira quoi faire.

# %%
from pipeline.notebook import browse, export, pictures, reading, start

concours = start()

# %% [markdown]
# ## L’export est-il sain ?
#
# Chaque ligne de l’export a une issue : gardée, mise de côté ou refusée, avec sa raison. Le total doit tomber juste.

# %%
lecture = concours.figures("data/interim/ingest_report.json")
print(export.verdict(lecture))
browse(export.summary(lecture), caption="Ce que l’export contenait.", rows=25)

# %% [markdown]
# Une colonne peut avoir été mal comprise. Relisez ce tableau une fois : s’il y a une erreur, le carnet 6 montre
# comment la corriger dans `params.yaml`.

# %%
browse(export.columns_read(lecture), caption="Ce que chaque colonne a été prise pour.")

# %%
lignes = concours.figures("data/interim/ingest_rows.json")
browse(export.accounting(lignes), caption="Lignes mises de côté, refusées ou changées, et pourquoi.")

# %% [markdown]
# Le masquage remplace noms, adresses et téléphones dans les textes. C’est une aide, **pas une anonymisation** : relisez
# les passages dans `data/private/masking.csv`, et corrigez ceux qui le demandent.
#
# ## Qui a écrit ?

# %%
ideas = concours.read_ideas()
agents = concours.table("holders")
pictures.people_by(agents, "directorate", "directions")

# %%
pictures.people_by(agents, "occupation", "métiers", most=12)

# %%
pictures.people_by(agents, "site_type", "types de site")

# %% [markdown]
# Une direction très présente pèsera sur les thèmes, et bornera la mixité des MiniLabs : à garder en tête pour la suite.
#
# ## De quoi parle-t-on ?
#
# Les catégories cochées au moment du dépôt sont souvent trop larges, parfois fausses. Elles donnent un premier
# éclairage ; les thèmes du carnet 2 n’en tiennent pas compte.

# %%
pictures.categories(ideas)

# %%
pictures.arrivals(ideas)

# %% [markdown]
# ## Par quelles idées commencer ?
#
# **Dix idées au hasard.** C’est la lecture la plus honnête : ni les plus longues, ni les plus votées. Changez le
# nombre pour un autre tirage ; le même nombre redonne les mêmes idées.

# %%
tirage = 1
browse(reading.handful(ideas, tirage), "idea_id", "title", "description", caption=f"Tirage n° {tirage}.")

# %% [markdown]
# **Les plus longues** portent souvent plusieurs propositions, donc plusieurs thèmes.

# %%
browse(reading.longest(ideas), "idea_id", "words", "title", "description", caption="Les dix idées les plus longues.")

# %% [markdown]
# **Les plus votées** disent ce qui mobilise, pas ce qui manque.

# %%
browse(reading.most_voted(ideas), "idea_id", "votes", "title", "description", caption="Les dix idées les plus votées.")

# %% [markdown]
# **Chercher.** Tous les mots doivent se trouver dans l’idée, dans n’importe quel ordre ; accents, majuscules et fins de
# mots ne comptent pas.

# %%
mots = "chariot"
trouvees = reading.search(ideas, mots)
browse(trouvees, "idea_id", "title", "description", "theme", caption=f"Idées qui contiennent « {mots} ».")

# %% [markdown]
# Et pour tout parcourir : cliquez sur un titre de colonne pour trier, tapez dans « Chercher » pour filtrer.

# %%
browse(ideas, "idea_id", "title", "category", "votes", "submitted_on", "theme", caption="Toutes les idées analysées.")

# %% [markdown]
# ## Qui dit presque la même chose ?
#
# Ces paires se ressemblent beaucoup. Ce ne sont pas toujours des doublons : deux lycées peuvent avoir le même besoin.
# Rien n’est fusionné ; c’est à vous de dire si leurs auteurs gagneraient à se rencontrer.

# %%
paires = reading.pairs_to_read(concours.table("near_duplicates"), ideas)
browse(paires, caption="Quasi-doublons, les plus sûrs d’abord.")

# %% [markdown]
# Lisez la première paire en entier :

# %%
premiere = list(paires[["idea_a", "idea_b"]].itertuples(index=False))[:1]
browse(reading.side_by_side(ideas, *(idee for paire in premiere for idee in paire)), caption="Côte à côte.")

# %% [markdown]
# ## Et maintenant ?
#
# Vous avez une idée de ce que contient le concours : ouvrez **2_explorer_les_themes** pour voir les regroupements que
# le programme propose, et ce qu’ils valent.

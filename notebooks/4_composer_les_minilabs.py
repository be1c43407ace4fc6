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
# # 4. Composer les MiniLabs
#
# Qui siège avec qui ? Le programme cherche la meilleure composition possible sous vos règles, et le prouve. Ce carnet
# sert à la comprendre, à essayer des changements sans rien casser, puis à inscrire ceux que vous gardez.
#
# Comptez vingt minutes. Les personnes n’apparaissent que par leur numéro d’agent : les noms sont réservés aux kits des
# animateurs et aux réponses (carnet 5).

# %%
from pipeline.notebook import browse, pictures, seating, start
from pipeline.shells import seats

concours = start()
groupes = concours.table("labs")
places = concours.table("assignments")
agents = concours.table("agents")
attente = concours.table("waiting_list")

# %% [markdown]
# ## Le résultat en trois images
#
# **Les groupes.** Un groupe n’ouvre que s’il atteint son minimum.

# %%
pictures.seats(groupes, attente)

# %% [markdown]
# **La mixité.** Aucune direction ne dépasse la part permise, qui se règle dans `params.yaml` (`assign: max_share`) ou
# groupe par groupe dans `data/review/labs.csv`.

# %%
pictures.mixing(places, groupes, agents, concours.params.assign.max_share)

# %% [markdown]
# **Les choix.** Le premier groupe d’une personne est celui dont ses idées sont le plus proches, vœux compris.

# %%
pictures.choices(places)

# %% [markdown]
# ## Dans quel ordre les buts comptent-ils ?
#
# Jamais de moyenne : un but ne cède rien à ceux qui le suivent. « Prouvé » veut dire qu’aucune composition ne fait
# mieux, et un contrôle indépendant a revérifié chaque règle.

# %%
registre = concours.figures("data/interim/ledger.json")
browse(seating.goals(registre), caption="Les buts, dans l’ordre.")

# %% [markdown]
# ## Pourquoi cette place ?
#
# Chaque raison est calculée : pour dire ce qu’une place coûterait, on la force et on résout de nouveau. Cherchez un
# numéro d’agent dans le tableau.

# %%
browse(seating.told(places, groupes), caption="Une ligne par place, ou par personne sans place.")

# %%
browse(seating.told(attente, groupes), caption="Liste d’attente, groupe par groupe, dans l’ordre d’appel.")

# %% [markdown]
# ## Que faudrait-il pour placer tout le monde ?
#
# Quand les règles rendent certaines places impossibles, voici les plus petits changements qui suffiraient. Ce sont des
# options : à vous d’en choisir une, ou aucune.

# %%
browse(seating.ways_out(registre), caption="Les plus petits changements ; un tableau vide : tout le monde est placé.")

# %% [markdown]
# ## Et si… ?
#
# Écrivez des décisions comme vous les diriez ; rien n’est enregistré. On peut en écrire plusieurs à la fois :
#
# - `fixer A017 dans lab-T03`, `exclure A017 de lab-T03`, `retirer A017` ;
# - `ensemble A017 A018`, `séparer A017 A018` ;
# - `fermer lab-T03`, `max lab-T03 20`, `min lab-T03 5`, `plafond lab-T03 50 %`.
#
# La cellule propose d’ajouter cinq places au groupe le plus attendu. Remplacez la phrase par la vôtre.

# %%
groupe = seating.most_awaited(attente, groupes)
essai = seats.trial(concours.workspace, [f"max {groupe['lab_id']} {groupe['maximum'] + 5}"])
browse(seating.effects(essai), caption=f"Effet de cinq places de plus dans « {groupe['label']} ».")

# %%
browse(seating.moves(essai), caption="Qui changerait de place.")

# %% [markdown]
# ## Vœux, volontaires, places fixées
#
# Tout s’écrit dans des tableaux, avec un tableur :
#
# | fichier | une ligne par | pour |
# |---|---|---|
# | `data/review/people.csv` | personne | vœux (`voeux`), volontaires sans idée, indisponibilités, jours possibles (`disponible`), places fixées, exclusions, animation d’un groupe sans en être membre (`anime`) |
# | `data/review/labs.csv` | groupe | nombre de places, fermeture, lieu, parts maximales, présences voulues (« 2 lycée »), ce dont personne n’est seul (`jamais_seul` : « site »), jours de réunion possibles (`creneaux` : « lundi \| jeudi ») |
# | `data/private/equilibre.csv` | personne | ce sur quoi équilibrer les groupes (`agent_id`, puis vos colonnes) : lu pour cela seulement, jamais montré, hors de git |
#
# Une faute de frappe ne passe pas : le programme nomme le fichier, la ligne et ce qu’il attend. Par exemple :

# %% tags=["raises-exception"]
seats.trial(concours.workspace, ["fixer A017 dans lab-inconnu"])

# %% [markdown]
# Une fois les tableaux remplis, la composition se refait ici (ou avec `minilabs assign`). Si rien n’a changé, rien
# n’est refait.

# %%
browse(concours.run("assign"), caption="Composition.")

# %% [markdown]
# ## Quand c’est annoncé
#
# Dès que les agents connaissent leur groupe, notez la composition comme annoncée : lancez
# `minilabs assign --announce` dans un terminal. Ensuite, une défection se traite avec `minilabs assign --drop A017` :
# la place est reprise en dérangeant le moins de monde possible.
#
# ## Et maintenant ?
#
# Le carnet **5_publier** prépare les documents pour les directions, les animateurs et les porteurs.

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
# # 2. Explorer les thèmes
#
# Le programme propose des thèmes ; il ne décide pas. Ce carnet montre ce qu’ils valent, où ils hésitent, et ce qui
# changerait avec d’autres réglages. Comptez vingt minutes. Rien ici n’écrit dans les résultats.
#
# Les mots employés sont expliqués dans [methode.md](methode.md), avec la façon dont chaque nombre est calculé.

# %%
from pipeline.embed.encoders import load_encoder
from pipeline.french import number
from pipeline.notebook import browse, explore, hierarchy, pictures, reading, start

concours = start()
ideas = concours.read_ideas()
themes = concours.table("themes")

# %% [markdown]
# ## La carte
#
# Deux points proches sont deux idées aux mots voisins. Passez la souris sur un point pour lire son titre. Une carte
# aplatit : deux thèmes qui s’y touchent ne sont pas forcément voisins, et les axes n’ont pas d’unité.

# %%
pictures.ideas_map(concours.table("map"), ideas, themes)

# %%
browse(pictures.key(themes), caption="Les numéros de la carte.", rows=25)

# %%
browse(themes, "label", "summary", "key_phrases", "size", "kind", "kind_reason", "difference",
       caption="Ce que dit chaque thème, et ce qui le distingue de son plus proche voisin.", rows=25)  # fmt: skip

# %% [markdown]
# ## Sont-ils retrouvés d’un calcul à l’autre ?
#
# La **stabilité** répond à : « si quelques idées manquaient, retrouverait-on ce thème ? ». On refait la recherche sur
# des tirages de 95 % des idées, et on mesure ce que le thème retrouvé a de commun avec le thème de départ. Sous 50 %,
# relisez le thème avant d’en parler.

# %%
pictures.stability(themes)

# %% [markdown]
# La **transversalité** dit si les porteurs d’un thème viennent de directions variées. Elle se compare à ce que
# donnerait le hasard pour un thème de cette taille : au-dessus, un MiniLab a du sens ; très au-dessous, une direction
# ou un métier peut répondre.

# %%
pictures.transversality(themes)

# %% [markdown]
# ## Où le programme hésite-t-il ?
#
# L’**appartenance** (de 0 à 1) est haute quand une idée tombe souvent, et presque seulement, avec celles de son thème.

# %%
pictures.memberships(ideas)

# %% [markdown]
# Les idées qui touchent deux thèmes : souvent deux propositions dans une, ou un thème à redécouper.

# %%
browse(
    reading.between_two(ideas, concours.titles), "idea_id", "title", "theme", "membership", "second", "membership_2",
    caption="Idées entre deux thèmes, les plus partagées d’abord.",
)  # fmt: skip

# %% [markdown]
# Les **signaux faibles** n’entrent dans aucun thème. Ils ne sont ni cachés ni rangés de force : ce sont parfois les
# idées les plus neuves.

# %%
browse(
    ideas[ideas["weak_signal"]], "idea_id", "title", "description", "why", caption="Signaux faibles, à lire un par un."
)

# %% [markdown]
# ## Comment les thèmes s’emboîtent-ils ?
#
# De gauche à droite : quelques **familles** pour une vue d’ensemble, les **thèmes**, et dans les plus grands des
# **sous-thèmes** pour lire de plus près. Chaque boîte est haute comme elle contient d’idées. Les familles réunissent
# les thèmes dont les idées tombent le plus souvent ensemble ; vos décisions (fusions, scissions, déplacements) y sont.

# %%
hierarchy.draw(concours.table("hierarchy"))

# %% [markdown]
# ## Et avec d’autres réglages ?
#
# La recherche rapide de ce carnet prend un quart des calculs : quelques secondes, et presque les mêmes thèmes (ceux que
# vous auriez donnés d’avance sont laissés de côté). Chaque ligne est une recherche avec un réglage différent. « Ressemblance » compare aux thèmes actuels : 1,
# les mêmes ; 0, rien de plus que le hasard. Un réglage est bon quand la stabilité monte **et** que les thèmes restent
# lisibles : aucun nombre ne remplace la lecture.

# %%
terrain = explore.ground(concours.tables("ideas", "vectors", "tokens", "word_vectors"))
reglages = concours.params.cluster
essai = explore.search(terrain, reglages, concours.params.seed)
actuels = ideas.set_index("idea_id")["theme_id"].dropna()
variantes = {
    "réglages actuels": {},
    "8 thèmes": {"n_themes": 8},
    "10 thèmes": {"n_themes": 10},
    "14 thèmes": {"n_themes": 14},
    "18 thèmes": {"n_themes": 18},
    "UMAP et HDBSCAN": {"method": "hdbscan"},
    "signaux faibles sous 0,4": {"weak_below": 0.4},
}
essais = {
    nom: explore.search(terrain, reglages.model_copy(update=valeurs), concours.params.seed, draws=5)
    for nom, valeurs in variantes.items()
}
comparaison = explore.compared(essais, actuels)
pictures.settings(comparaison)

# %%
browse(comparaison, caption="Effet des principaux réglages.", rows=25)

# %% [markdown]
# D’une variante à l’autre, qui part où ? Chaque case compte les idées communes à un thème actuel (ligne) et à un thème
# de l’essai (colonne). Une ligne répartie sur deux colonnes est un thème qui se scinde.

# %%
choix = "14 thèmes"
pictures.moves(actuels.map(concours.titles), essais[choix].themes, ("thèmes actuels", choix))

# %% [markdown]
# Un réglage vous plaît ? Écrivez-le dans `params.yaml`, section `cluster`, puis relancez `minilabs run`. Vos décisions
# seront rejouées sur les nouveaux thèmes.
#
# ## Un autre tirage, un autre modèle
#
# Le hasard compte-t-il ? La même recherche avec une autre graine devrait donner presque les mêmes thèmes.

# %%
autre = explore.search(terrain, reglages, concours.params.seed + 1)
pictures.moves(essai.themes, autre.themes, ("graine actuelle", "autre graine"))

# %% [markdown]
# Et le modèle de langue ? Celui par défaut fonctionne hors ligne. Si vous disposez d’un modèle *sentence-transformers*
# (son nom, ou un dossier dans l’espace de travail), écrivez-le ici. Sans autre modèle, la cellule compare le modèle
# actuel à lui-même devancé d’une consigne (« idée d’un agent »), ce qui montre déjà combien un détail pèse.

# %%
modele = concours.params.embed.encoder
consigne = "idée d’un agent : "
encodeur = explore.Prompted(load_encoder(modele, "", concours.workspace.root), consigne)
tables = concours.tables("ideas", "vectors", "tokens", "word_vectors")
autre_modele = explore.search(explore.ground(explore.encoded_by(tables, encodeur)), reglages, concours.params.seed)
pictures.moves(essai.themes, autre_modele.themes, ("modèle actuel", f"{modele}, avec consigne"))

# %%
print(f"Ressemblance des thèmes (1 : les mêmes) : {number(explore.likeness(essai.themes, autre_modele.themes), 2)}")

# %% [markdown]
# ## Et maintenant ?
#
# Notez les thèmes fragiles et les idées entre deux thèmes : le carnet **3_decider** sert à trancher.

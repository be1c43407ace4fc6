"""Themes given before the search, by the starting list and the parameters → how the review's learner says they attract.

One way for every theme that has words: the list, the parameters, `define`, `attract`, and a former contest.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.cluster.grille import read_grille
from pipeline.cluster.grouping.given import Given
from pipeline.errors import MinilabsError
from pipeline.params import NO_LIST, GuidedTheme, Params
from pipeline.review.learning.attraction import attraction
from pipeline.review.replaying.state import Words
from pipeline.shells.alike.comparing import MARK, space_with
from pipeline.workspace import Workspace


def load_given(workspace: Workspace, params: Params, tables: Mapping[str, pd.DataFrame]) -> Given | None:
    """Return the themes given beforehand, None without any or with too few ideas to compare.

    Args:
        workspace: with the list that `params` names.
        params: their themes come first.
        tables: `ideas`, `vectors`, `tokens` and `word_vectors`.

    Raises:
        MinilabsError: `cluster.grille_missing`, or see `grille.read_grille`.
    """
    return given_of(workspace, params, tables, themes_given(workspace, params), frozenset(_listed(workspace, params)))


def themes_given(workspace: Workspace, params: Params) -> dict[str, GuidedTheme]:
    """Return the themes of the parameters, then those of the list, by identifier.

    Raises:
        MinilabsError: see `load_given`.
    """
    own = {f"D{place:02d}": theme for place, theme in enumerate(params.cluster.guided, start=1)}
    return own | _listed(workspace, params)


def given_of(
    workspace: Workspace,
    params: Params,
    tables: Mapping[str, pd.DataFrame],
    themes: Mapping[str, GuidedTheme],
    listed: frozenset[str],
) -> Given | None:
    """Return how `themes` attract the ideas of `tables`, those of `listed` being the starting list's."""
    if not themes:
        return None
    words = {name: (Words(theme.title, theme.description),) for name, theme in themes.items()}
    examples, taught = dict[str, str](), dict[str, str]()
    for name, theme in themes.items():
        ids = [f"{MARK}{name}.{place}" for place in range(len(theme.examples))]
        examples |= dict(zip(ids, theme.examples, strict=True))
        taught |= dict.fromkeys(ids, name)
    space = space_with(workspace, params, tables, words, examples=examples)
    if space is None:
        return None
    shares = attraction(space, list(themes), taught, only=params.cluster.guided_only)
    ideas = [place for place, one in enumerate(space.ids) if one not in taught]
    return Given(
        tuple(themes),
        tuple(theme.title for theme in themes.values()),
        tuple("list" if name in listed else "given" for name in themes),
        pd.DataFrame(shares[ideas], index=[space.ids[place] for place in ideas], columns=list(themes)),
    )


def _listed(workspace: Workspace, params: Params) -> dict[str, GuidedTheme]:
    name = params.cluster.grille
    if name == NO_LIST:
        return {}
    path = workspace.given(name)
    if not path.is_file():
        raise MinilabsError("cluster.grille_missing", path=name)
    return read_grille(path.read_bytes(), name)

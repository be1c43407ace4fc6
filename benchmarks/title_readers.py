"""Does a title name its theme? Blind readers pick six ideas of twelve from it, beside the words of topic tools.

Usage: python benchmarks/title_readers.py write BENCH_DIR FOLDER [--cache DIR]
       python benchmarks/title_readers.py count FOLDER
`write` makes two sheets (sheet-1.txt, sheet-2.txt) and their key. Each theme stands on both: with its title on one and
its five best words by c-TF-IDF on the other, so that a reader reads a theme once and both are read of the same ideas.
`count` reads the answers beside them (sheet-1.NAME.answer.txt: a line per question, "3: a c d f h k") and prints the
share of right picks of each (1/2 by chance). Themes: those of the product on the sample, and on three other corpora
the five largest found without a list.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from start import hospital, shipped, started
from themes import Coded, built, proposed, read, represent
from titles import told, usual_words

from pipeline.cluster import group
from pipeline.cluster.grouping import neighbours, views
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.params import ClusterParams

OTHERS = ("hospital", "services_publics", "metropole_lille")
THEMES, PICKED, SEED, LONGEST = 5, 6, 7, 400
_ANSWER = re.compile(r"(?m)^\W*(\d+)\W*[:.)]\s*(.+)$")
Question = tuple[str, str, list[str], set[int]]
"""Title, usual words, ideas, which of them are of the theme."""


def questions(
    texts: Corpus, labels: np.ndarray, said: list[tuple[str, str]], draw: np.random.Generator
) -> list[Question]:
    """Return a question for each theme of six ideas or more, without those of which no title was made."""
    made = []
    for theme, ((title, _), words) in enumerate(zip(said, usual_words(texts, labels), strict=True)):
        inside, outside = np.flatnonzero(labels == theme), np.flatnonzero(labels != theme)
        if len(inside) < PICKED or not title:
            continue
        chosen = np.concatenate(
            [draw.choice(inside, PICKED, replace=False), draw.choice(outside, PICKED, replace=False)]
        )
        order = draw.permutation(2 * PICKED)
        shown = [texts.texts[row][:LONGEST] for row in chosen[order]]
        made.append((title, words, shown, {int(place) for place in np.flatnonzero(order < PICKED)}))
    return made


def found(coded: Coded, cache: Path | None, draw: np.random.Generator) -> list[Question]:
    """Return the questions of the largest themes found without a list."""
    texts = built(represent(coded, cache))
    seen = views.build(texts)
    held = proposed(seen, ClusterParams().members)
    labels = held.theme
    said = told(texts, seen, labels, held.affinity[np.arange(len(labels)), labels])
    return questions(texts, labels, [(title if title != "Thème mêlé" else "", key) for title, key in said], draw)[
        :THEMES
    ]


def listed(coded: Coded, cache: Path | None, folder: Path, draw: np.random.Generator) -> list[Question]:
    """Return the questions of the themes proposed with the starting list."""
    tables = represent(coded, cache)
    tables["ideas"] = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    texts = built(tables)
    seen = views.build(texts)
    near, params, start = neighbours.find(seen), ClusterParams(), started(tables, shipped(), str(folder))
    belief = start.belief(texts) if start else None
    proposal = group(near, seen, params, 0, params.members, belief)
    said = told(texts, seen, proposal.labels, np.ones(len(texts)))
    for place, number in enumerate(proposal.given):
        said[place] = (list(shipped().values())[number].title, "")
    return questions(
        texts, proposal.labels, [(title if title != "Thème mêlé" else "", key) for title, key in said], draw
    )


def write(bench: Path, folder: Path, cache: Path | None) -> None:
    """Write the two sheets and their key."""
    draw, named = (
        np.random.default_rng(SEED),
        {coded.name: coded for coded in read(bench)} | {"hospital": hospital()[0]},
    )
    asked = listed(named["sample"], cache, folder, draw)
    for name in OTHERS:
        asked += found(named[name], cache, draw)
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in (0, 1):
        lines = ["Dites les six idées qui vont avec chaque intitulé, une ligne par question : « 3: a c d f h k »."]
        for number, (title, words, shown, _) in enumerate(asked):
            lines += ["", f"Question {number + 1}. Intitulé : {title if number % 2 == sheet else words}"]
            lines += [f"{'abcdefghijkl'[place]}. {text}" for place, text in enumerate(shown)]
        (folder / f"sheet-{sheet + 1}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    key = [{"title": title, "words": words, "right": sorted(right)} for title, words, _, right in asked]
    (folder / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(asked)} themes")


def count(folder: Path) -> None:
    """Print the share of right picks by reader, from titles and from words."""
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    total: dict[bool, list[float]] = {True: [], False: []}
    by_theme: dict[str, list[float]] = {}
    for path in sorted(folder.glob("sheet-*.answer.txt")):
        sheet = int(path.name[6]) - 1
        mine: dict[bool, list[float]] = {True: [], False: []}
        for number, said in _ANSWER.findall(path.read_text(encoding="utf-8")):
            place = int(number) - 1
            picks = {"abcdefghijkl".index(letter) for letter in re.findall(r"\b[a-l]\b", said)}
            right = len(picks & set(key[place]["right"])) / PICKED
            by_title = place % 2 == sheet
            mine[by_title].append(right)
            if by_title:
                by_theme.setdefault(key[place]["title"], []).append(right)
        print(f"{path.name:<32} titles {np.mean(mine[True]):.3f} ({len(mine[True])})  words {np.mean(mine[False]):.3f}")
        for kind, values in mine.items():
            total[kind] += values
    for title, values in by_theme.items():
        print(f"  {np.mean(values):.2f}  {title}")
    print(f"titles {np.mean(total[True]):.3f}  words {np.mean(total[False]):.3f}  (by chance .5)")


def main() -> None:
    """Write the sheets, or count the answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("write", "count"))
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    if asked.act == "write":
        write(asked.paths[0], asked.paths[1], asked.cache)
    else:
        count(asked.paths[0])


if __name__ == "__main__":
    main()

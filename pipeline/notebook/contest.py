"""The contest a notebook works on: its tables as the stages left them, its figures, its stages run again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.evaluate.coding import read_coding
from pipeline.french import number
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.run import locked, run
from pipeline.stages import BY_NAME, STAGES, Stage
from pipeline.store import load, read_json
from pipeline.workspace import Workspace, table_path

_MAKER = {table_path(table): stage.name for stage in STAGES for table in stage.makes}
_DRAFTS = {"candidate_themes": "themes", "candidate_idea_themes": "idea_themes", "candidate_hierarchy": "hierarchy"}


@dataclass(frozen=True, slots=True)
class Contest:
    """A workspace, read afresh at each call: what a stage has just written is what a cell gets.

    Attributes:
        workspace: where everything is.
        params: as `params.yaml` said when the notebook was opened.
    """

    workspace: Workspace
    params: Params

    @classmethod
    def at(cls, folder: Path) -> Contest:
        """Return the contest in `folder`.

        Raises:
            MinilabsError: what reading `params.yaml` raises.
        """
        workspace = Workspace(folder)
        return cls(workspace, workspace.params())

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the chain (`schema.TABLES`), or a candidate table.

        Raises:
            MinilabsError: the table is missing (the sentence names the stage to run) or damaged.
        """
        return load(self.workspace, name, _DRAFTS.get(name, name), stage=_MAKER.get(table_path(name), "run"))

    def tables(self, *names: str) -> dict[str, pd.DataFrame]:
        """Return several tables by name; see `table`."""
        return {name: self.table(name) for name in names}

    def figures(self, path: str) -> dict[str, Any]:
        """Return a file of figures named from the root; empty when it has not been written yet.

        Raises:
            MinilabsError: `base.damaged_table`.
        """
        file = self.workspace.path(path)
        content = read_json(file) if file.is_file() else {}
        return content if isinstance(content, dict) else {}

    @property
    def titles(self) -> dict[str, str]:
        """Title of each theme, by theme_id."""
        themes = self.table("themes")
        return dict(zip(themes["theme_id"], themes["label"], strict=True))

    def read_ideas(self) -> pd.DataFrame:
        """Return the analysed ideas with their theme: the columns of `ideas`, then those of `idea_themes` and `theme`.

        `theme` is the title of the main theme; empty for a weak signal.
        """
        ideas = self.table("ideas")
        joined = ideas[ideas["analysed"]].merge(self.table("idea_themes"), on="idea_id", how="left")
        title = joined["theme_id"].map(self.titles).where(~joined["weak_signal"].astype(bool)).fillna("")
        return joined.assign(theme=title)

    def coding(self, path: str = "") -> pd.Series[str]:
        """Return a person's theme by idea_id, from `path` or the file that `params.yaml` names; empty without one.

        Raises:
            MinilabsError: the file is not a coding.
        """
        name = path or self.params.evaluate.coding
        file = self.workspace.given(name)
        content = file.read_bytes() if file.is_file() else b"idea_id,theme\n"
        coding = read_coding(content, file.name, set(self.table("ideas")["idea_id"]))
        kept = coding[~coding["theme"].isin(self.params.evaluate.outside)]
        return kept.set_index("idea_id")["theme"]

    def run(self, *names: str) -> pd.DataFrame:
        """Run stages (all without names) where something changed, and return what each says: étape, résultat, temps.

        Raises:
            MinilabsError: from the workspace or a stage.
        """
        wanted = [BY_NAME[name] for name in names] or STAGES
        with locked(self.workspace):
            outcomes = list(run(self.workspace, self.workspace.params(), _quietly, wanted))
        rows = [
            (
                BY_NAME[outcome.stage].title,
                ", ".join(f"{label} : {value}" for label, value in outcome.figures.items()),
                f"{number(outcome.seconds, 1)} s" if outcome.done else "déjà fait",
            )
            for outcome in outcomes
        ]
        return pd.DataFrame(rows, columns=["Étape", "Résultat", "Temps"])


def _quietly(_stage: Stage) -> Progress:
    return lambda _done, _total: None

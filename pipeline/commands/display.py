"""What a person sees while stages run: a line per stage, then a summary table in French."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from pipeline.commands.screen import Screen
from pipeline.errors import StagesStopped
from pipeline.french import number
from pipeline.pace import Progress
from pipeline.run import Outcome, locked, run
from pipeline.stages import BY_NAME, Stage
from pipeline.workspace import Workspace


def show(folder: Path, stages: Iterable[Stage], *, force: bool) -> None:
    """Run `stages` in the workspace at `folder`, with progress, then print the summary.

    Raises:
        MinilabsError: from the workspace or a stage.
        StagesStopped: by a person.
    """
    workspace = Workspace(folder)
    params = workspace.params()
    console = Screen()
    outcomes: list[Outcome] = []
    try:
        with locked(workspace), bars(console) as shown:
            for outcome in run(workspace, params, _starter(shown), stages, force=force):
                outcomes.append(outcome)
                _close(shown, outcome)
    except KeyboardInterrupt as why:
        raise StagesStopped from why
    console.print(_summary(outcomes))
    if not any(outcome.done for outcome in outcomes):
        console.print("Tout était déjà à jour : rien n’a été refait.")


def bars(console: Screen | None = None) -> Bars:
    """Return the bars that show how far work is."""
    console = console or Screen()
    return Bars(
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _starter(shown: Bars) -> Callable[[Stage], Progress]:
    return lambda stage: advancing(shown, stage.title)


def advancing(shown: Bars, title: str) -> Progress:
    """Return what shows the progress of work called `title`."""
    task = shown.add_task(title, total=None)

    def advance(done: int, total: int) -> None:
        shown.update(task, completed=done, total=total)

    return advance


def _close(bars: Bars, outcome: Outcome) -> None:
    if outcome.done:
        task = bars.task_ids[-1]
        bars.update(task, total=1, completed=1)
        bars.stop_task(task)


def _summary(outcomes: list[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column("Étape")
    table.add_column("Résultat", overflow="fold")
    table.add_column("Temps", justify="right", no_wrap=True)
    for outcome in outcomes:
        figures = ", ".join(f"{label} : {value}" for label, value in outcome.figures.items())
        table.add_row(
            BY_NAME[outcome.stage].title, figures, f"{number(outcome.seconds, 1)} s" if outcome.done else "déjà fait"
        )
    if len(outcomes) > 1:
        table.add_row("", "", f"{number(sum(o.seconds for o in outcomes), 1)} s", style="bold")
    return table

"""Review: candidate tables and the decisions file → themes, places and decisions that no longer apply."""

from __future__ import annotations

from pipeline.french import number
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.review import review
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.engine import replay
from pipeline.review.stage import recognised, words_of
from pipeline.shells.alike.likeness import load_space
from pipeline.shells.deciding.decisions_file import load_decisions, load_held, load_identity
from pipeline.shells.together import same_ideas
from pipeline.stages import Figures
from pipeline.store import load, save
from pipeline.workspace import Workspace


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the tables of the stage; return what the summary shows."""
    progress(0, 1)
    themes = load(workspace, "candidate_themes", "themes", stage="cluster")
    idea_themes = load(workspace, "candidate_idea_themes", "idea_themes", stage="cluster")
    hierarchy = load(workspace, "candidate_hierarchy", "hierarchy", stage="cluster")
    decisions = load_decisions(workspace.given(params.review.decisions), params.review.decisions)
    same_ideas(load(workspace, "ideas", stage="ingest"), idea_themes)
    known = load_identity(workspace, params)
    before = state_of(*recognised(themes, idea_themes, known), known)
    words = words_of(replay(before, decisions).state)
    space = load_space(workspace, params, words) if decisions else None
    holding = load_held(workspace, params)
    reviewed = review(themes, idea_themes, decisions, space, known, hierarchy, holding)
    save(workspace, "themes", reviewed.themes)
    save(workspace, "idea_themes", reviewed.idea_themes)
    save(workspace, "hierarchy", reviewed.hierarchy)
    save(workspace, "conflicts", reviewed.conflicts)
    save(workspace, "changes", reviewed.changes)
    progress(1, 1)
    said = {"décisions": number(len(decisions)), "thèmes": number(len(reviewed.themes))}
    moved = int((reviewed.changes["change"] == "moved").sum())
    asked = int(((reviewed.themes["kind"] == "") & (reviewed.themes["size"] > 0)).sum())
    more = {"à revoir": len(reviewed.conflicts), "idées déplacées": moved, "thèmes sans suite (à choisir)": asked}
    return said | {name: number(count) for name, count in more.items() if count}

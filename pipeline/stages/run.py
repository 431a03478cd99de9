"""All stages of one corpus in one process: what `dvc repro` does, without DVC or git."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.stages.mentions import refresh_mentions
from pipeline.stages.pages import refresh_pages
from pipeline.stages.passages import refresh_passages
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.stages.tables import write_tables


def run_corpus(
    places: Places,
    parameters: Parameters,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    say: Callable[[Tally], None] = lambda tally: None,
) -> list[Tally]:
    """Build pages, passages, mentions and tables of ``places.corpus`` into ``places.out``; return what each did."""
    tallies = []
    for refresh in (refresh_pages, refresh_passages, refresh_mentions):
        tally = refresh(places, parameters, workers=workers, progress=progress)
        say(tally)
        tallies.append(tally)
    write_tables(places, parameters)
    return tallies

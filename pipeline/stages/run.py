"""All stages of one corpus in one process: what `dvc repro` does, without DVC or git."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.stages.embeddings import refresh_embeddings
from pipeline.stages.figures import refresh_figures, write_figures
from pipeline.stages.mentions import refresh_mentions
from pipeline.stages.pages import refresh_pages
from pipeline.stages.passages import refresh_passages
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.stages.tables import write_tables
from pipeline.stages.ties import write_ties


def run_corpus(
    places: Places,
    parameters: Parameters,
    *,
    workers: int = 1,
    progress: Progress = no_progress,
    say: Callable[[Tally | str], None] = lambda done: None,
    topics: bool = True,
) -> None:
    """Build all tables of ``places.corpus`` into ``places.out``, and ``say`` what each stage did.

    Without ``topics`` no library of topics is loaded. A corpus too small for topics keeps its other tables.
    """
    for refresh in (refresh_pages, refresh_passages, refresh_mentions):
        say(refresh(places, parameters, workers=workers, progress=progress))
    say(write_tables(places, parameters))
    say(write_ties(places, parameters))
    say(refresh_figures(places, parameters, workers=workers, progress=progress))
    say(write_figures(places))
    if topics:
        say(refresh_embeddings(places, parameters, workers=workers, progress=progress))
        from pipeline.stages.suggest import write_suggestions
        from pipeline.stages.topics import write_topics

        say(write_topics(places, parameters, progress=progress))
        say(write_suggestions(places, parameters))

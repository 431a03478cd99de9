"""All stages of one corpus in one process: what `dvc repro` does, without DVC or git."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.stages.changes import Told, write_changes
from pipeline.stages.compare import write_comparisons
from pipeline.stages.embeddings import refresh_embeddings
from pipeline.stages.figures import refresh_figures, write_figures
from pipeline.stages.findings import write_findings
from pipeline.stages.instruments import refresh_instruments, write_instruments
from pipeline.stages.mentions import refresh_mentions
from pipeline.stages.package import write_package
from pipeline.stages.pages import refresh_pages
from pipeline.stages.passages import refresh_passages
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.stages.tables import write_tables
from pipeline.stages.ties import write_ties
from pipeline.stages.timeline import write_timeline


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

    Without ``topics`` no library of topics is loaded. A corpus too small for topics keeps its other tables. A change
    without a cause is a ValueError, raised when all tables are written.
    """
    for refresh in (refresh_pages, refresh_passages, refresh_mentions):
        say(refresh(places, parameters, workers=workers, progress=progress))
    say(write_tables(places, parameters))
    say(write_ties(places, parameters))
    say(write_timeline(places, parameters))
    say(write_findings(places, parameters))
    for line in write_comparisons(places):
        say(line)
    say(refresh_instruments(places, parameters, workers=workers, progress=progress))
    say(write_instruments(places, parameters))
    say(refresh_figures(places, parameters, workers=workers, progress=progress))
    say(write_figures(places))
    told = Told("") if places.as_of else write_changes(places, parameters)
    if told.sentence:
        say(told.sentence)
    if topics:
        say(refresh_embeddings(places, parameters, workers=workers, progress=progress))
        from pipeline.stages.suggest import write_suggestions
        from pipeline.stages.topics import write_topics

        say(write_topics(places, parameters, workers=workers, progress=progress))
        say(write_suggestions(places, parameters))
    say(write_package(places, parameters))
    if told.fault:
        raise ValueError(told.fault)

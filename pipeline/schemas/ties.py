"""Rows of ties: what is named together, how strongly, and where; and the words that say that two things are joined."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import LEVELS, check_choice, check_span

WINDOWS = ("sentence", "item", "passage")
VIEWS = ("concept", "family")


@dataclass(frozen=True, slots=True)
class FusionWords:
    """The words of one language that say how two terms stand to each other; models/fusion.yaml explains the lists.

    ``before`` stand before both terms, ``between`` anywhere between them, ``after`` behind both; ``inside`` is all that
    stands between them. ``hybrids`` are words that are two terms at once. ``like`` introduces examples, ``links`` are
    words that no member of an enumeration holds.
    """

    language: str
    before: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    hybrids: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fusion:
    """What ``models/fusion.yaml`` holds.

    ``joined`` leads from a concept to the two that its every term joins; ``areas`` names sets of concepts,
    ``intersections`` sets of areas that someone else found to meet, with ``source``.
    """

    words: tuple[FusionWords, ...]
    joined: tuple[tuple[str, tuple[str, ...]], ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    intersections: tuple[tuple[str, ...], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A technology and a sector that are tied in one scope: one line of ``ecosystem.csv``.

    ``scope`` is "all", a country or the label of a period; in the view "family" the technology is a family of them.
    ``association`` is None below the minimum support. ``new`` is "yes" where the pair stands in this period or country
    for the first time, "no" where it stood there before, empty where nothing earlier was read to tell.
    """

    tie_id: str
    scope: str
    view: str
    window: str
    technology: str
    sector: str
    n_passages: int
    n_documents: int
    n_countries: int
    n_targeting: int
    association: float | None
    level: str
    new: str
    first_year: int

    def __post_init__(self) -> None:
        check_tie(self)


@dataclass(frozen=True, slots=True)
class FusionTie:
    """Two technologies that are tied in one scope: one line of ``fusion.csv``, in the columns of ``Tie``.

    ``stated`` counts the passages that say so by fusion words, which ``words`` lists, the most frequent first.
    """

    tie_id: str
    scope: str
    view: str
    window: str
    first: str
    second: str
    n_passages: int
    n_documents: int
    n_countries: int
    n_targeting: int
    association: float | None
    level: str
    new: str
    first_year: int
    stated: int
    words: str

    def __post_init__(self) -> None:
        check_tie(self)


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """One quote that shows one tie: one line of ``ties_evidence.csv``, best evidence first (``rank`` 1).

    ``start`` and ``end`` delimit the quote in ``Page.text``. The terms stand in the quote; where one word joins the two
    (a hybrid), both are that word.
    """

    tie_id: str
    rank: int
    country: str
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int
    quote: str
    first_term: str
    second_term: str
    first_level: str
    second_level: str
    words: str
    language: str

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_choice(self, "first_level", LEVELS)
        check_choice(self, "second_level", LEVELS)


@dataclass(frozen=True, slots=True)
class FusionNode:
    """One technology of the network of fusion: one line of ``fusion_nodes.csv``.

    ``n_countries`` target it (``cells.csv``). ``degree`` counts its ties with enough support, ``stated`` those of them
    that fusion words state; ``betweenness`` is the share of shortest ways between others that lead over it.
    ``community`` is empty (None) for a technology without ties, ``community_label`` names its leading members.
    """

    technology: str
    label: str
    n_countries: int
    countries: str
    degree: int
    stated: int
    betweenness: float
    community: int | None
    community_label: str


@dataclass(frozen=True, slots=True)
class FusionCheck:
    """How an intersection that someone else named ranks here: one line of ``fusion_check.csv``.

    ``found`` says whether the areas are tied in a passage, no more than named together in a window, or neither. The
    ranks are among all ``of`` sets of as many areas that are tied, and of those named together (``of_named``); they are
    None where this one is not among them.
    """

    intersection: str
    found: str
    n_passages: int
    n_documents: int
    n_countries: int
    stated: int
    association: float | None
    rank_by_passages: int | None
    rank_by_association: int | None
    of: int
    named_together: int
    rank_by_named: int | None
    of_named: int
    concepts: str
    source: str

    def __post_init__(self) -> None:
        check_choice(self, "found", ("tied", "named", "no"))


def check_tie(row: Tie | FusionTie) -> None:
    """Raise a ValueError unless the columns that both tables of ties share hold what they may."""
    check_choice(row, "view", VIEWS)
    check_choice(row, "window", WINDOWS)
    check_choice(row, "level", LEVELS)
    check_choice(row, "new", ("", "yes", "no"))

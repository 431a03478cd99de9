"""Rows of the topic model: what each passage is about, and what the corpus talks about."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import THEME_KINDS, check_choice, check_span

NO_TOPIC = -1


@dataclass(frozen=True, slots=True)
class PassageTopic:
    """The topic of one passage; ``topic`` is -1 (NO_TOPIC) where no topic is near enough.

    ``similarity`` is the cosine between the passage and its topic's centre. ``repeats`` is the id of the passage whose
    words this one repeats (empty: none); a repeated passage has that passage's topic and counts nowhere.
    """

    passage_id: str
    document_id: str
    page_number: int
    start: int
    end: int
    language: str
    topic: int
    similarity: float
    repeats: str = ""

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the model as it is kept between runs.

    ``number`` and ``colour`` (#rrggbb) stay with the topic from run to run. ``label`` is made of its words; ``words``
    stand best first, in the language that ``language`` names; ``others`` holds (language, words) of the further ones.
    ``stability`` is the share of seeded runs in which the topic was found.
    """

    number: int
    label: str
    colour: str
    language: str
    words: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    stability: float


@dataclass(frozen=True, slots=True)
class TopicEvent:
    """What became of a topic since the last model: new, kept, split, merged or gone.

    ``before`` and ``after`` are numbers of topics; ``sentence`` says it in words.
    """

    event: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What one topic says of the corpus: one line of ``themes.csv``.

    ``name`` is a reviewer's name, or else the label. ``share`` is of all passages that have a topic,
    ``largest_document`` the share of the topic's passages that one document has. ``concepts`` joins those that mark it,
    ``leads`` lists up to five countries with a lift of 1.5 and more (``theme_shares.csv``), the highest first.
    ``typical_1`` to ``typical_3`` are the passages nearest to the topic's centre, each as "quote (document, page)".
    """

    topic: int
    name: str
    label: str
    kind: str
    colour: str
    words: str
    words_by_language: str
    concepts: str
    n_passages: int
    share: float
    n_documents: int
    n_countries: int
    largest_document: float
    languages: str
    leads: str
    first_year: int | None
    last_year: int | None
    stability: float
    typical_1: str
    typical_2: str
    typical_3: str

    def __post_init__(self) -> None:
        check_choice(self, "kind", THEME_KINDS)


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """How much of one country's passages one topic holds: one line of ``theme_shares.csv``.

    ``share`` is of the country's passages that have a topic; ``lift`` is that share over the mean of the shares of all
    countries with at least twenty such passages, so that a country with many pages does not set the standard. It is 0
    for a country with fewer.
    """

    topic: int
    name: str
    country: str
    n_passages: int
    share: float
    lift: float


@dataclass(frozen=True, slots=True)
class TopicConcept:
    """How much a concept belongs to a topic: one line of ``topics.csv``, the highest lift first.

    ``share`` is the share of the topic's passages that mention the concept, ``lift`` that share over the concept's
    share of all passages.
    """

    topic: int
    name: str
    rank: int
    concept: str
    n_passages: int
    share: float
    lift: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase that the register may lack: one line of ``suggestions.csv``, the best first (``rank`` 1).

    ``kind`` is "term" for a phrase near the concept ``concept``, "concept" where it is near none. ``topic`` is the one
    in which it stands most often; ``reason`` says why it is suggested. The quotes are of two documents where it stands
    in two, each with its place: "quote (document, page)".
    """

    rank: int
    language: str
    phrase: str
    kind: str
    concept: str
    score: float
    n_passages: int
    n_documents: int
    countries: str
    topic: int | None
    reason: str
    quote_1: str
    quote_2: str

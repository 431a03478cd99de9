"""Themes: what each topic says of the corpus, of its countries and of the concepts of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.schemas import NO_TOPIC, Concept, Document, Passage, PassageTopic, Theme, ThemeShare, Topic, TopicConcept

_TYPICAL = 3
_QUOTE = 400  # characters of a typical passage
_FEWEST_OF_A_COUNTRY = 20  # passages: shares of fewer say little
_LEADS_FROM = 1.5  # lift
_MOST_LEADERS = 5
_FEWEST_WITH_CONCEPT = 3
_LEAST_LIFT = 1.5
_SHOWN_CONCEPTS = 3
_LEAST_SHARE = 0.15  # of a topic's passages, that a concept must be in to give it its name and its kind
_KIND_LIFT = 2.0
_MOST_CONCEPTS = 12


@dataclass(frozen=True, slots=True)
class Themes:
    """The rows of themes.csv, theme_shares.csv and topics.csv."""

    themes: tuple[Theme, ...]
    shares: tuple[ThemeShare, ...]
    concepts: tuple[TopicConcept, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    passage: Passage
    topic: int
    similarity: float
    country: str
    year: int
    concepts: frozenset[str]


def describe_themes(
    topics: Sequence[Topic],
    passages: Sequence[Passage],
    places: Sequence[PassageTopic],
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    mentioned: Mapping[str, frozenset[str]],
    *,
    names: Mapping[int, str],
    fallback_kinds: Mapping[int, str],
    page_labels: Mapping[tuple[str, int], str],
) -> Themes:
    """Return what each topic says; repeated passages and those without a topic count nowhere.

    ``passages`` and ``places`` go row by row; ``mentioned`` gives the concepts of a passage by its id, ``names`` a
    reviewer's name by number, ``fallback_kinds`` the kind of a topic that no concept decides.
    """
    known = {document.id: document for document in documents}
    rows = [
        _Row(passage, place.topic, place.similarity, known[passage.document_id].country,
             known[passage.document_id].year, mentioned.get(passage.id, frozenset()))
        for passage, place in zip(passages, places, strict=True)
        if place.topic != NO_TOPIC and not place.repeats
    ]  # fmt: skip
    by_topic: dict[int, list[_Row]] = {topic.number: [] for topic in topics}
    for row in rows:
        by_topic[row.topic].append(row)
    labels = {topic.number: names.get(topic.number, topic.label) for topic in topics}
    shares = country_shares(rows, labels)
    lifts = _concept_lifts(by_topic, rows, labels)
    kinds = {concept.id: concept.kind for concept in concepts}
    ordered = sorted(topics, key=lambda topic: (-len(by_topic[topic.number]), topic.number))
    themes = tuple(
        _theme(topic, by_topic[topic.number], len(rows), labels[topic.number],
               [lift for lift in lifts if lift.topic == topic.number],
               [share for share in shares if share.topic == topic.number],
               kinds, fallback_kinds.get(topic.number, "governance"), page_labels)
        for topic in ordered if by_topic[topic.number]
    )  # fmt: skip
    return Themes(themes, shares, lifts)


def country_shares(rows: Sequence[_Row], labels: Mapping[int, str]) -> tuple[ThemeShare, ...]:
    """Return each topic's share of each country's passages and its lift over the mean of the countries' shares.

    Countries with fewer than twenty passages have a share, but make no part of the mean and get a lift of 0.
    """
    totals = Counter(row.country for row in rows)
    counts = Counter((row.topic, row.country) for row in rows)
    weighty = [country for country, total in totals.items() if total >= _FEWEST_OF_A_COUNTRY] or list(totals)
    found = []
    for topic in labels:
        mean = sum(counts[topic, country] / totals[country] for country in weighty) / max(1, len(weighty))
        for country in sorted(totals):
            count = counts[topic, country]
            share = count / totals[country]
            lift = share / mean if mean and country in weighty else 0.0
            if count:
                found.append(ThemeShare(topic, labels[topic], country, count, share, lift))
    return tuple(found)


def _concept_lifts(
    by_topic: Mapping[int, Sequence[_Row]], rows: Sequence[_Row], labels: Mapping[int, str]
) -> tuple[TopicConcept, ...]:
    """Return for each topic its concepts by lift, those in at least three of its passages."""
    everywhere = Counter(concept for row in rows for concept in row.concepts)
    found = []
    for topic, own in by_topic.items():
        counts = Counter(concept for row in own for concept in row.concepts)
        lifts = [
            (count / len(own) / (everywhere[concept] / len(rows)), concept, count)
            for concept, count in counts.items() if count >= _FEWEST_WITH_CONCEPT
        ]  # fmt: skip
        best = sorted(
            (lift for lift in lifts if lift[0] >= _LEAST_LIFT), key=lambda lift: (-round(lift[0], 6), lift[1])
        )
        found += [
            TopicConcept(topic, labels[topic], rank, concept, count, count / len(own), lift)
            for rank, (lift, concept, count) in enumerate(best[:_MOST_CONCEPTS], start=1)
        ]
    return tuple(found)


def _theme(
    topic: Topic,
    rows: Sequence[_Row],
    total: int,
    name: str,
    lifts: Sequence[TopicConcept],
    shares: Sequence[ThemeShare],
    kinds: Mapping[str, str],
    fallback: str,
    page_labels: Mapping[tuple[str, int], str],
) -> Theme:
    languages = Counter(row.passage.language for row in rows)
    documents = Counter(row.passage.document_id for row in rows)
    weighty = [lift for lift in lifts if lift.share >= _LEAST_SHARE]
    leaders = sorted(
        (share for share in shares if share.lift >= _LEADS_FROM and share.n_passages >= _FEWEST_WITH_CONCEPT),
        key=lambda share: (-round(share.lift, 6), share.country),
    )
    typical = [*(_quote(row.passage, page_labels) for row in _typical(rows)), "", "", ""]
    return Theme(
        topic=topic.number,
        name=name,
        label=topic.label,
        kind=_kind(weighty, kinds, fallback),
        colour=topic.colour,
        words=", ".join(topic.words),
        words_by_language="; ".join(f"{language}: {', '.join(words)}" for language, words in topic.others),
        concepts=" + ".join(lift.concept for lift in weighty[:_SHOWN_CONCEPTS]),
        n_passages=len(rows),
        share=len(rows) / total,
        n_documents=len(documents),
        n_countries=len({row.country for row in rows}),
        largest_document=max(documents.values()) / len(rows),
        languages=" ".join(f"{language} {count}" for language, count in languages.most_common()),
        leads=" ".join(share.country for share in leaders[:_MOST_LEADERS]),
        first_year=min(row.year for row in rows),
        last_year=max(row.year for row in rows),
        stability=topic.stability,
        typical_1=typical[0],
        typical_2=typical[1],
        typical_3=typical[2],
    )


def _kind(lifts: Sequence[TopicConcept], kinds: Mapping[str, str], fallback: str) -> str:
    """Return the kind of the concepts that mark a topic, by their shares together; the fallback where none does."""
    marks: Counter[str] = Counter()
    for lift in lifts:
        if lift.lift >= _KIND_LIFT:
            marks[kinds[lift.concept]] += round(lift.share * 10_000)
    return min(marks, key=lambda kind: (-marks[kind], kind)) if marks else fallback


def _typical(rows: Sequence[_Row]) -> list[_Row]:
    """Return the passages nearest to the topic's centre, of different documents where there are enough."""
    ordered = sorted(rows, key=lambda row: (-round(row.similarity, 6), row.passage.id))
    first: dict[str, _Row] = {}
    for row in ordered:
        first.setdefault(row.passage.document_id, row)
    chosen = list(first.values())[:_TYPICAL]
    return chosen + [row for row in ordered if row not in chosen][: _TYPICAL - len(chosen)]


def _quote(passage: Passage, page_labels: Mapping[tuple[str, int], str]) -> str:
    """Return a passage with its place, cut at a word."""
    text = passage.text
    if len(text) > _QUOTE:
        cut = text.rfind(" ", 0, _QUOTE)
        text = text[: cut if cut > _QUOTE // 2 else _QUOTE] + " …"
    label = page_labels.get((passage.document_id, passage.page_number), "")
    printed = f", printed {label}" if label and label != str(passage.page_number) else ""
    return f"{text} ({passage.document_id}, p. {passage.page_number}{printed})"


def themes_matrix(themes: Themes, countries: Sequence[str]) -> tuple[list[str], list[list[str | float | int]]]:
    """Return header and lines of the matrix: a line a theme, a column a country, the theme's share of its passages."""
    share = {(row.topic, row.country): row.share for row in themes.shares}
    header = ["topic", "name", "kind", *countries]
    return header, [
        [theme.topic, theme.name, theme.kind, *(share.get((theme.topic, country), 0.0) for country in countries)]
        for theme in themes.themes
    ]

"""Phrases of the corpus that could be terms: counted over passages, freed of what is plain, a name or a fragment."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.schemas import Language
from pipeline.topics.suggestions.boundaries import is_whole
from pipeline.topics.suggestions.corpora import Corpus
from pipeline.topics.suggestions.known import Key, Known
from pipeline.topics.suggestions.naming import is_name, lacks_noun
from pipeline.topics.suggestions.pieces import Shapes, find_pieces, shapes
from pipeline.topics.suggestions.reading import Reading

Place = tuple[int, int, int]  # passage, start and end in its text
_LEAST_RARITY = 0.5  # of the rarest word of a phrase: 0.5 is a word in the square root of all passages
_SAME = 0.7  # a phrase is a fragment of a longer one that has this share of its passages


@dataclass(frozen=True)
class Candidate:
    """A phrase with the first place in each passage that has it.

    ``phrase`` is the way of writing it that is the commonest; ``c_value`` its count less that of the longer phrases it
    stands in; ``rarity`` (0 to 1) how rare in its language the rarest of its words is, and ``rarest`` that word.
    """

    language: str
    key: Key
    phrase: str
    places: tuple[Place, ...]
    documents: tuple[str, ...]
    c_value: float
    rarity: float
    rarest: str

    @cached_property
    def passages(self) -> list[int]:
        """Return the places of its passages."""
        return [passage for passage, _, _ in self.places]


@dataclass(frozen=True, slots=True)
class Found:
    """What the counting of one language found: candidates, and the commonest plain phrases to hold them against."""

    candidates: list[Candidate]
    plain: list[str]


def find_candidates(
    reading: Reading, known: Mapping[str, Known], *, min_passages: int, min_documents: int
) -> dict[str, Found]:
    """Count the phrases of each language and keep those that could be terms the register lacks.

    A phrase must stand in ``min_passages`` passages of ``min_documents`` documents; in a language that has few
    documents, one passage more will do instead.
    """
    found = {}
    shape = {code: shapes(own.language) for code, own in known.items()}
    for code, places in _count(reading, known, shape).items():
        corpus = Corpus.of(reading, known[code].language, shape[code])
        often = {
            key: own
            for key, own in places.items()
            if corpus.enough([reading.passages[row].document_id for row, _, _ in own], min_passages, min_documents)
        }
        found[code] = _sift(reading, known[code], often, corpus)
    return found


def _count(
    reading: Reading, known: Mapping[str, Known], shape: Mapping[str, Shapes]
) -> dict[str, dict[Key, list[Place]]]:
    """Return by language and key the first place in each passage."""
    places: dict[str, dict[Key, list[Place]]] = {code: defaultdict(list) for code in known}
    for row, passage in enumerate(reading.passages):
        code = passage.language
        if code not in known:
            continue
        seen: set[Key] = set()
        for key, start, end in find_pieces(passage.text, known[code].language, reading.gaps[row], shape[code]):
            if key not in seen:
                seen.add(key)
                places[code][key].append((row, start, end))
    return {code: own for code, own in places.items() if own}


def _sift(reading: Reading, known: Known, often: Mapping[Key, list[Place]], corpus: Corpus) -> Found:
    """Keep what could be a term; what everyday policy says in too many passages is plain."""
    candidates: list[Candidate] = []
    plain: list[tuple[int, str]] = []
    unknown: list[Key] = []
    counted: dict[Key, list[Place]] = {}
    for key, places in often.items():
        documents = {reading.passages[row].document_id for row, _, _ in places}
        if known.covers(key):
            counted[key] = places  # so that a fragment of a known phrase is known for one
        elif corpus.common(len(places), len(documents)):
            plain.append((-len(places), _written(reading, places)))
        elif not known.plain(key) and not corpus.derived(key):
            counted[key] = places
            unknown.append(key)
    values = c_values(counted)
    for key in unknown:
        candidate = _candidate(reading, known.language, key, counted[key], values[key], corpus)
        if values[key] > 0 and _rare(candidate) and not _unfit(reading, known.language, candidate.places):
            candidates.append(candidate)
    return Found(sorted(candidates, key=lambda candidate: candidate.key), [phrase for _, phrase in sorted(plain)])


def _candidate(
    reading: Reading, language: Language, key: Key, places: Sequence[Place], c_value: float, corpus: Corpus
) -> Candidate:
    phrase = _written(reading, places)
    documents = tuple(sorted({reading.passages[row].document_id for row, _, _ in places}))
    rarity, rarest = corpus.rarest(phrase, len(places))
    return Candidate(language.code, key, phrase, tuple(places), documents, c_value, rarity, rarest)


def _rare(candidate: Candidate) -> bool:
    """Say whether a phrase has a word that is rare enough: two everyday words together make no term."""
    return len(candidate.key) == 1 or candidate.rarity >= _LEAST_RARITY


def _unfit(reading: Reading, language: Language, places: Sequence[Place]) -> bool:
    written = [(reading.passages[row].text, start, end) for row, start, end in places]
    return is_name(written, language) or lacks_noun(written, language) or not is_whole(written, language)


def _written(reading: Reading, places: Sequence[Place]) -> str:
    """Return the commonest way of writing a phrase; where cases tie, small letters."""
    ways = Counter(reading.passages[row].text[start:end] for row, start, end in places)
    folded: Counter[str] = Counter()
    for way, count in ways.items():
        folded[way.casefold()] += count
    best = min(folded, key=lambda way: (-folded[way], way))
    own = {way: count for way, count in ways.items() if way.casefold() == best}
    return min(own, key=lambda way: (-own[way], -sum(map(str.islower, way)), way))


def c_values(counts: Mapping[Key, Sequence[Place]]) -> dict[Key, float]:
    """Return how much each phrase stands on its own: its C-value, 0 for a fragment of a longer phrase.

    Frantzi, Ananiadou and Mima (2000), "Automatic recognition of multi-word terms: the C-value/NC-value method",
    International Journal on Digital Libraries 3: the count less the mean count of the longer phrases that hold it,
    times the logarithm of its length; one is added to the length, so that single words count too. A phrase that stands
    nearly always in one longer phrase is a fragment of that.
    """
    inside: dict[Key, list[int]] = defaultdict(list)
    for key, places in counts.items():
        for part in _parts(key):
            if part in counts:
                inside[part].append(len(places))
    values = {}
    for key, places in counts.items():
        longer = inside.get(key, [])
        alone = len(places) - (sum(longer) / len(longer) if longer else 0)
        fragment = bool(longer) and max(longer) >= _SAME * len(places)
        values[key] = 0.0 if fragment else math.log2(1 + len(key)) * alone
    return values


def _parts(key: Key) -> Iterator[Key]:
    """Yield the shorter stretches of a phrase's words."""
    for length in range(1, len(key)):
        yield from {key[start : start + length] for start in range(len(key) - length + 1)}

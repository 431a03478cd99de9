"""How large the corpus of each language is, and which of its words are everyday words of policy."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.schemas import Language
from pipeline.topics.suggestions.pieces import Shapes, words_of
from pipeline.topics.suggestions.reading import Reading

_FEWEST_PLAIN = 12  # passages from which a phrase can be too common to be a term
_MOST_SHARE = 0.01  # of a language's passages: what stands in more is a word of everyday policy
_MOST_DOCUMENTS = 0.3  # share of a language's documents, where it has enough of them
_ENOUGH_DOCUMENTS = 10
_STEM = 8  # letters that the words of one family share ("industrial", "industrialisation")


@dataclass(frozen=True, slots=True)
class Corpus:
    """How large the corpus of one language is, and in how many of its passages each word stands."""

    language: Language
    shape: Shapes
    n_passages: int
    n_documents: int
    words: Counter[str]
    families: set[str]

    @staticmethod
    def of(reading: Reading, language: Language, shape: Shapes) -> Corpus:
        own = [passage for passage in reading.passages if passage.language == language.code]
        words: Counter[str] = Counter()
        if language.writing != "unspaced":
            for passage in own:
                words.update(words_of(passage.text, shape))
        documents = len({passage.document_id for passage in own})
        most = _most_passages(len(own))
        families = {word[:_STEM] for word, count in words.items() if count > most and len(word) >= _STEM - 1}
        return Corpus(language, shape, len(own), documents, words, families)

    def derived(self, key: Sequence[str]) -> bool:
        """Say whether a phrase is one word, of the family of an everyday word ("industrialisation")."""
        return len(key) == 1 and any(key[0][:length] in self.families for length in (_STEM - 1, _STEM))

    def common(self, n_passages: int, n_documents: int) -> bool:
        """Say whether a phrase stands in so much of the corpus that it is a word of everyday policy."""
        wide = self.n_documents >= _ENOUGH_DOCUMENTS and n_documents > _MOST_DOCUMENTS * self.n_documents
        return wide or n_passages > _most_passages(self.n_passages)

    def enough(self, documents: Sequence[str], min_passages: int, min_documents: int) -> bool:
        """Say whether a phrase stands in enough passages of enough documents; ``documents`` has one for each passage.

        In a language with few documents, one passage more will do instead of further documents.
        """
        few = self.n_documents < _ENOUGH_DOCUMENTS
        spread = len(set(documents)) >= min_documents or (few and len(documents) > min_passages)
        return spread and len(documents) >= min_passages

    def rarest(self, phrase: str, n_passages: int) -> tuple[float, str]:
        """Return how rare the rarest word of a phrase is (0: in every passage, 1: in one alone), and the word."""
        if self.language.writing == "unspaced":
            return self._rarity(n_passages), phrase
        words = re.findall(r"[^\W\d_]\w*", phrase)
        return max((self._rarity(self.words[self.shape(word).parts[0]] or n_passages), word) for word in words)

    def _rarity(self, n_passages: int) -> float:
        return math.log(self.n_passages / n_passages) / math.log(max(self.n_passages, 2))


def _most_passages(n_passages: int) -> float:
    """Return in how many passages of a language a phrase may stand without being a word of everyday policy."""
    return max(_FEWEST_PLAIN, _MOST_SHARE * n_passages)

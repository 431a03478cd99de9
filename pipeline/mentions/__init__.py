"""Passages to mentions: which concepts the words of a passage name, and whether it commits its issuer to them.

``characters`` and ``words`` make texts comparable, ``phrases`` and ``compounds`` find terms, ``overlaps`` decides
between them, ``sentences`` and ``levels`` judge commitment, ``quotes`` leads back to the page, ``finding`` joins all.
"""

from __future__ import annotations

from pipeline.mentions.finding import find_mentions
from pipeline.mentions.overlaps import Hit
from pipeline.mentions.tagger import Tagger

__all__ = ["Hit", "Tagger", "find_mentions", "tag_text"]


def tag_text(text: str, language: str, tagger: Tagger) -> list[Hit]:
    """Return the terms that stand in a bare text (``text[hit.start:hit.end]``), overlaps resolved."""
    return tagger.tag_text(text, language)

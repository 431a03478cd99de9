"""What two readings of one page have to agree on: its letters and digits."""

from __future__ import annotations

import unicodedata


def letters(text: str) -> str:
    """Return the letters and digits of a text, case-folded, ligatures and wide forms resolved (NFKC).

    White space, hyphens of either kind, signs and bullets go: extractors differ on them.
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def bare_letters(text: str) -> str:
    """Return the letters without their accents: files that set accents as signs of their own have them in any order."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in plain if char.isalnum())

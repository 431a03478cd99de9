"""What was read of each document and what was not, as rows that leave no silent gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from pipeline.schemas import Coverage, Document

# Below this share of passages in languages that have terms, a document counts as written in another language.
_LEAST_SUPPORTED = 0.1


def cover_document(
    document: Document,
    *,
    status: str,
    reason: str,
    page_statuses: Sequence[str],
    passages: Sequence[tuple[str, str]],
    mentions: int,
    languages: Collection[str],
    superseded_by: str = "",
) -> Coverage:
    """Count what reading one document gave; ``passages`` holds each passage's (zone, language).

    Passages count when they are of the zone body and in one of ``languages`` (those with terms); passages of the
    body in any other language are counted apart as unsupported. The reason also says what was corrected.
    """
    pages = Counter(page_statuses)
    if document.corrected:
        reason = "; ".join(part for part in (reason.rstrip("."), document.corrected) if part)
    body = Counter(language for zone, language in passages if zone == "body")
    counted = sum(number for language, number in body.items() if language in languages)
    unsupported = sum(body.values()) - counted
    if status in ("read", "partly_read") and unsupported and counted < _LEAST_SUPPORTED * (counted + unsupported):
        status, reason = "unsupported_language", _unsupported_sentence(reason, body, languages)
    return Coverage(
        document_id=document.id,
        country=document.country,
        year=document.year,
        title=document.title,
        language=document.language,
        kind=document.kind,
        status=status,
        reason=reason,
        superseded_by=superseded_by,
        pages=len(page_statuses),
        pages_read=pages["ok"],
        pages_empty=pages["empty"],
        pages_no_text=pages["no_text"],
        pages_garbled=pages["garbled"],
        pages_left_out=pages["left_out"],
        passages=len(passages),
        passages_counted=counted,
        passages_unsupported=unsupported,
        languages=" ".join(f"{language}:{number}" for language, number in sorted(body.items())),
        mentions=mentions,
    )


def _unsupported_sentence(reason: str, body: Counter[str], languages: Collection[str]) -> str:
    foreign = sorted((language for language in body if language not in languages), key=lambda code: -body[code])
    sentence = (
        f"its text is in {', '.join(foreign)}, for which there are no terms; "
        f"models/concepts/terms.{foreign[0]}.yaml would add them"
    )
    return f"{reason}; {sentence}" if reason else sentence

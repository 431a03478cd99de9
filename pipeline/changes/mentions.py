"""Why a rule finds other mentions in a document than it did, or the same at another level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.changes.causes import Cause, content_causes, origin_causes, parameter_changes
from pipeline.changes.rules import TermChange, head_sentence, hidden_cue_sentence, hidden_sentence
from pipeline.changes.states import Comparison
from pipeline.schemas import Ground

NOWHERE = -1  # a place that is not kept
_FEW = 4  # changes that are named one by one
_LEAST_IN_COMMON = 2  # characters that phrases without spaces must share


def mention_causes(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    """Return why the mentions of a concept in a document differ, rule by rule; empty where they do not."""
    before = comparison.old.grounds.get((document_id, concept), {})
    after = comparison.new.grounds.get((document_id, concept), {})
    causes: list[Cause] = []
    for rule_id in sorted(before.keys() | after.keys()):
        old, new = before.get(rule_id), after.get(rule_id)
        if _numbers(old) != _numbers(new):
            found = _rule_causes(comparison, document_id, rule_id, old, new)
            causes += [cause.at(document_id, *_shown(old, new)) for cause in found]
    return causes


def _numbers(ground: Ground | None) -> tuple[int, int, int]:
    return (ground.n_targeted, ground.n_mentioned, ground.n_contents) if ground else (0, 0, 0)


def _shown(old: Ground | None, new: Ground | None) -> tuple[Ground | None, str]:
    """Return the quote that shows how the mentions of a rule differ, and what became of it.

    The place kept is that of the first mention that targets: where it is another in the other state, and its page has
    more or fewer of them, that mention came or went, rose or fell. Else the first such page is shown, without offsets.
    """
    before, after = _numbers(old), _numbers(new)
    more = sum(after) > sum(before) or (sum(after) == sum(before) and after[0] > before[0])
    had, has = (old, new) if more else (new, old)
    if has is None:
        return None, "unchanged"
    if sum(before) == sum(after):
        effect = "raised" if more else "lowered"
    else:
        effect = "gained" if more else "lost"
    if had is None:
        return has, effect
    pages = [page for page, times in sorted(has.pages.items()) if times > had.pages.get(page, 0)]
    other = _place(had) != _place(has) or bool(has.n_targeted) != bool(had.n_targeted)
    if other and (has.page_number in pages or not has.n_targeted):
        return has, effect
    if pages:
        return replace(has, page_number=pages[0], start=NOWHERE, end=NOWHERE), effect
    return replace(has, page_number=NOWHERE, start=NOWHERE, end=NOWHERE), "more" if more else "fewer"


def _place(ground: Ground) -> tuple[int, int, int]:
    return ground.page_number, ground.start, ground.end


def _rule_causes(
    comparison: Comparison, document_id: str, rule_id: str, old: Ground | None, new: Ground | None
) -> list[Cause]:
    """Return the causes of one rule's difference; only what differs between the states is ever named."""
    change = comparison.rules.terms.get(rule_id)
    if change and (change.how not in ("added", "removed") or old is None or new is None):
        return [Cause("rule changed", str(change))]
    language, concept, _ = rule_id.split("/", 2)
    if (language, concept) in comparison.rules.hidden_terms and (old is None or new is None):
        return [Cause("rule changed", hidden_sentence(language, concept), certainty=1)]
    causes = _one_of("rule changed", map(str, _covering(comparison, rule_id)), 1)
    causes += [cause.less_certain(1 if causes else 0) for cause in content_causes(comparison, document_id)]
    if sum(_numbers(old)) == sum(_numbers(new)):
        causes += _level_causes(comparison, language, _shown(old, new)[0])
        if not any(cause.certainty == 0 for cause in causes):
            causes += _one_of("rule changed", map(str, _beside(comparison, document_id)), 2)
    return causes or _remote_causes(comparison, document_id, language)


def _one_of(kind: str, sentences: Iterable[str], certainty: int) -> list[Cause]:
    """Return one cause each for a few changes; for many, of which any may be it, one that names the first of them."""
    listed = list(sentences)
    if len(listed) <= _FEW:
        return [Cause(kind, sentence, certainty=certainty) for sentence in listed]
    named = "; ".join(listed[:_FEW])
    return [Cause(kind, f"one of {len(listed)}: {named}; and {len(listed) - _FEW} more", certainty=2)]


def _covering(comparison: Comparison, rule_id: str) -> Iterator[TermChange]:
    """Yield the changed terms of the language that can take a phrase's place, or leave it: they share words with it."""
    language, _, phrase = rule_id.split("/", 2)
    for changed_id, change in sorted(comparison.rules.terms.items()):
        if change.term.language == language and changed_id != rule_id and _share(change.term.phrase, phrase):
            yield change


def _share(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    if " " in one or " " in other or one.isascii():
        return bool(set(one.replace("-", " ").split()) & set(other.replace("-", " ").split())) or one in other
    return len(min(one, other, key=len)) >= _LEAST_IN_COMMON and (one in other or other in one)


def _level_causes(comparison: Comparison, language: str, ground: Ground | None) -> list[Cause]:
    """Return the cues and weights that differ and decide levels; cues that stand in the quote come first and alone."""
    changes = [change for change in comparison.rules.cues if change.cue.language == language]
    quote = _quote(comparison, ground).casefold()
    said = [str(change) for change in changes if change.cue.phrase.casefold() in quote]
    causes = _one_of("cue changed", said, 0) or _one_of("cue changed", map(str, changes), 1)
    hidden = (place for place in sorted(comparison.rules.hidden_cues) if place[0] == language)
    causes += _one_of("cue changed", (hidden_cue_sentence(*place) for place in hidden), 1)
    deciding = [what for what in parameter_changes(comparison, "mentions") if "_length " not in what]
    return causes + _one_of("parameter changed", deciding, 1)


def cue_causes(comparison: Comparison, languages: Iterable[str]) -> list[Cause]:
    """Return the cues of some languages that differ."""
    spoken = set(languages)
    return _one_of("cue changed", (str(cue) for cue in comparison.rules.cues if cue.cue.language in spoken), 1)


def _quote(comparison: Comparison, ground: Ground | None) -> str:
    if ground is None:
        return ""
    place = (ground.document_id, ground.page_number, ground.start, ground.end)
    return comparison.new.quotes.get(place) or comparison.old.quotes.get(place) or ""


def _beside(comparison: Comparison, document_id: str) -> list[TermChange]:
    """Return the changed terms that were or are found in the document: mentions in one passage weigh on each other."""
    found = {
        rule_id
        for state in (comparison.old, comparison.new)
        for (document, _), rules in state.grounds.items()
        if document == document_id
        for rule_id in rules
    }
    return [comparison.rules.terms[rule_id] for rule_id in sorted(found & comparison.rules.terms.keys())]


def _remote_causes(comparison: Comparison, document_id: str, language: str) -> list[Cause]:
    """Return what may reach a rule from afar: terms beside it, its language's head, other terms, then the program."""
    rules = comparison.rules
    causes = _one_of("rule changed", map(str, _beside(comparison, document_id)), 1)
    if language in rules.heads:
        causes.append(Cause("rule changed", head_sentence(language), certainty=1))
    if causes:
        return causes
    changed = (str(rules.terms[name]) for name in sorted(rules.terms) if rules.terms[name].term.language == language)
    hidden = (hidden_sentence(*place) for place in sorted(rules.hidden_terms) if place[0] == language)
    causes = _one_of("rule changed", [*changed, *hidden], 2)
    made = [cause for cause in origin_causes(comparison, "mentions") if cause.kind != "parameter changed"]
    return causes + [cause.less_certain(2 if causes else 1) for cause in made]

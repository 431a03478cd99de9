"""Which instruments each country uses: the full grid of countries and instruments, and of all countries together.

A country targets an instrument where strategies in force commit to it in ``passages`` passages, or in fewer that are
``share`` of all that those strategies commit to (a brief has few passages). It mentions one where any document that was
read names it in its text, be it superseded or no strategy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.instruments.sources import ALL, Source, countries_of
from pipeline.schemas import Concept, InstrumentUse, Mention

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Enough:
    """How many committing passages make an instrument targeted, and which share of them does where they are fewer."""

    passages: int
    share: float


@dataclass(slots=True)
class Use:
    """What is known of one instrument in one country."""

    passages: set[str] = field(default_factory=set)
    committing: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    quotable: list[tuple[Mention, bool]] = field(default_factory=list)

    def add(self, mention: Mention, source: Source) -> None:
        """Take a mention in the body of a document that was read."""
        self.passages.add(mention.passage_id)
        self.documents.add(source.id)
        self.years.add(source.year)
        if source.decides and mention.level == "targeted":
            self.committing.add(mention.passage_id)
        self.quotable.append((mention, source.decides))

    def join(self, other: Use) -> None:
        """Take what another country's documents say."""
        self.passages |= other.passages
        self.committing |= other.committing
        self.documents |= other.documents
        self.years |= other.years
        self.quotable += other.quotable


Uses = dict[tuple[str, str], Use]  # by scope and instrument


def gather_uses(mentions: Iterable[Mention], sources: Mapping[str, Source]) -> Uses:
    """Return what each country and all together say of each instrument; documents not read are left out."""
    uses: Uses = {}
    for mention in mentions:
        source = sources.get(mention.document_id)
        if mention.zone == "body" and source is not None and source.read:
            uses.setdefault((source.country, mention.concept), Use()).add(mention, source)
    for (_, instrument), use in sorted(uses.items()):
        uses.setdefault((ALL, instrument), Use()).join(use)
    return uses


def make_uses(
    uses: Uses,
    sources: Iterable[Source],
    instruments: Sequence[Concept],
    committing: Mapping[str, Set[str]],
    enough: Enough,
) -> list[InstrumentUse]:
    """Return one row for all countries and for every country of the register, and every instrument, in their order.

    ``committing`` leads from a country to the passages of its strategies in force that commit to anything.
    """
    registered = countries_of(sources)
    shares = _shares(uses, instruments, committing)
    statuses = {
        (country, concept.id): _status(uses.get((country, concept.id)), shares.get((country, concept.id)), own, enough)
        for country, own in registered.items()
        for concept in instruments
    }
    grid = _Grid(uses, shares, statuses, registered, committing)
    return [grid.row(scope, concept, instruments) for scope in (ALL, *registered) for concept in instruments]


@dataclass(frozen=True)
class _Grid:
    """All that a line rests on; ``shares`` and ``statuses`` lead from a scope (a country) and an instrument."""

    uses: Uses
    shares: Mapping[tuple[str, str], float]
    statuses: Mapping[tuple[str, str], str]
    registered: Mapping[str, Sequence[Source]]
    committing: Mapping[str, Set[str]]

    @cached_property
    def read(self) -> list[str]:
        """The countries of which a document was read."""
        return [country for country, own in self.registered.items() if any(source.read for source in own)]

    def row(self, scope: str, concept: Concept, instruments: Iterable[Concept]) -> InstrumentUse:
        """Return the line of a scope and an instrument."""
        members = self.read if scope == ALL else [scope]
        countries = list(self.registered) if scope == ALL else members
        documents = [source for country in countries for source in self.registered[country]]
        found = [self.statuses[country, concept.id] for country in members]
        use = self.uses.get((scope, concept.id), Use())
        return InstrumentUse(
            use_id=f"{scope}.{concept.id}",
            scope=scope,
            instrument=concept.id,
            label=concept.label,
            kind=concept.kind,
            family=concept.family,
            status=_together(found),
            n_countries=sum(one in ("targeted", "mentioned") for one in found),
            n_targeting=found.count("targeted"),
            n_documents=len(use.documents),
            n_passages=len(use.passages),
            n_committing=len(use.committing),
            share=self.shares.get((scope, concept.id)),
            rank=_rank(scope, concept, instruments, self.shares),
            emphasis=None if scope == ALL else self.emphasis(scope, concept.id),
            first_year=min(use.years, default=None),
            last_year=max(use.years, default=None),
            reasons=_reasons(use, documents, len(self.committing.get(scope, ())), _together(found)),
        )

    def emphasis(self, country: str, instrument: str) -> float | None:
        """Return a country's share over the mean of the countries that have one."""
        known = [self.shares[other, instrument] for other in self.read if (other, instrument) in self.shares]
        own = self.shares.get((country, instrument))
        if own is None:
            return None
        return round(own * len(known) / sum(known), _DECIMALS) if sum(known) else 0.0


def _shares(
    uses: Uses, instruments: Sequence[Concept], committing: Mapping[str, Set[str]]
) -> dict[tuple[str, str], float]:
    """Return the share of an instrument in each scope that commits to anything."""
    return {
        (scope, concept.id): round(len(uses.get((scope, concept.id), Use()).committing) / len(whole), _DECIMALS)
        for scope, whole in committing.items()
        for concept in instruments
        if whole
    }


def _status(use: Use | None, share: float | None, own: Iterable[Source], enough: Enough) -> str:
    if not any(source.read for source in own):
        return "not_read"
    if use is None:
        return "read_none_found"
    count = len(use.committing)
    targeted = count >= enough.passages or (count > 0 and (share or 0) >= enough.share)
    return "targeted" if targeted else "mentioned"


def _together(statuses: Sequence[str]) -> str:
    """Return the status of several countries: the strongest that one of them has."""
    return next((one for one in ("targeted", "mentioned", "read_none_found") if one in statuses), "not_read")


def _rank(
    scope: str, concept: Concept, instruments: Iterable[Concept], shares: Mapping[tuple[str, str], float]
) -> int | None:
    own = shares.get((scope, concept.id))
    if not own:
        return None
    return 1 + sum(shares[scope, other.id] > own for other in instruments if other.kind == concept.kind)


def _reasons(use: Use, own: Sequence[Source], committing: int, status: str) -> str:
    read = [source for source in own if source.read]
    if not read:
        return f"no document was read, {len(own)} in the register"
    if not use.passages:
        more = f"; {len(own) - len(read)} more not read" if len(own) > len(read) else ""
        return f"{_documents(len(read))} read{more}"
    if not use.committing:
        return f"named in {_documents(len(use.documents))}; no strategy in force commits to it"
    few = "; too few for a country to target it" if status == "mentioned" else ""
    return f"{len(use.committing)} of {committing} committing passages of strategies in force{few}"


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"

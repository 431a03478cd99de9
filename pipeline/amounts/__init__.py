"""Numbers in a sentence that say how much: money, and other quantities, with the years said near them.

``patterns`` turns words into patterns, ``numbers`` reads numbers, ``money`` finds those with a currency, ``units``
those with another unit (``nouns`` finds the unit, ``names`` what is a name), ``years`` what stands around years and
``directions`` where a number leads. ``finding`` joins them to amounts of money ("€3 billion a year by 2025"),
``quantities`` to all that is counted or measured. The words come from models/money/ and models/figures/, one file for
each language.
"""

from __future__ import annotations

from pipeline.amounts.finding import MoneyRules, find_money, make_find_money
from pipeline.amounts.quantities import QuantityReader, make_quantity_reader

__all__ = ["MoneyRules", "QuantityReader", "find_money", "make_find_money", "make_quantity_reader"]

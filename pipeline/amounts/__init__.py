"""Amounts of money in a sentence, with the period and the years said near them: "€3 billion a year by 2025".

``patterns`` turns words into patterns, ``numbers`` reads numbers, ``money`` finds those with a currency, ``years`` what
stands around years, ``finding`` joins them. The words come from models/money/, one file for each language.
"""

from __future__ import annotations

from pipeline.amounts.finding import MoneyRules, find_money, make_find_money

__all__ = ["MoneyRules", "find_money", "make_find_money"]

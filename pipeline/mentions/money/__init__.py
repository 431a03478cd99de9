"""Amounts of money in a sentence, with the period and the years said near them: "€3 billion a year by 2025".

``patterns`` turns words into patterns, ``amounts`` reads numbers with their currency, ``years`` what stands around
years, ``finding`` joins them. The words come from models/money/, one file for each language.
"""

from __future__ import annotations

from pipeline.mentions.money.finding import MoneyRules, find_money
from pipeline.schemas import shown

__all__ = ["MoneyRules", "find_money", "shown"]

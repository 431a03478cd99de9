"""Names of countries: ISO 3166-1 alpha-3 codes, and EUU for the European Union, to English short names."""

from __future__ import annotations

from functools import cache

import pycountry

_NOT_IN_ISO = {"EUU": "European Union"}


@cache
def country_name(code: str) -> str:
    """Return the English short name of a country ("South Korea" for KOR); an unknown code stands for itself."""
    if code in _NOT_IN_ISO:
        return _NOT_IN_ISO[code]
    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))

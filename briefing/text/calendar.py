"""The names of months and days of the week, and patterns of them: English, as newspapers write them."""

MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())

FULL = "|".join(name.capitalize() for name in MONTHS)
SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
DAYS = "|".join(name.capitalize() for name in WEEKDAYS)
ANY_MONTH = rf"(?:{'|'.join(name[:3].capitalize() for name in MONTHS)})[a-z]*\.?"
"""Patterns, case included: months in full, short without their full stop, days of the week, and a month however it is written."""

YEAR = "(?:1[89]|20)[0-9]{2}"
"""A pattern of the years of news, by which times are read."""
AGE = "(?:1[5-9]|20)[0-9]{2}"
"""A pattern of what is a year and no number, of history too."""

OF_EVENTS = frozenset([(1, 6), (2, 24), (9, 11), (10, 7)])
"""Months and days that stand for an event, and are told without their year for years."""

NAMES = frozenset((*WEEKDAYS, *MONTHS))
"""Days of the week and months."""

NUMBERED = {name[:3]: n for n, name in enumerate(MONTHS, start=1)}
"""Months by their first three letters."""

"""Dates of the English interface: day first, 24 hours, as the Chinese one has them."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
MONTH_DAY_FORMAT = "j M"

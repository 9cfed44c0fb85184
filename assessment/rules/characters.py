"""Characters that nobody sees and no document holds."""

import re

# What XML 1.0 forbids, the C1 controls beside it, and the marks that turn the way words run.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def seen(text):
    """`text` with plain line ends and without what cannot be seen."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

"""Official papers as Word documents, laid out as GB/T 9704-2012 says."""

from .notice import notice_document, text_of

__all__ = ["notice_document", "text_of"]

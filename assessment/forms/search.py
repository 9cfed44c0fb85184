"""What one searches for: words, each to be found."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("搜索"),
        max_length=50,
        error_messages={"required": _("请至少写一个字。")},
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )

    def clean_q(self):
        """The words, each once; syllables typed apart, as wei po, are one word."""
        words = unicodedata.normalize("NFKC", self.cleaned_data["q"]).split()
        joined = "".join(words)
        return [joined] if joined.isascii() and joined.isalpha() else list(dict.fromkeys(words))

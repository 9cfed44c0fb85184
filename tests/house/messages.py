"""What the code and the templates ask gettext for, as makemessages would find it."""

import ast
import re

from django.utils.translation.template import templatize

# Function → how many of its leading arguments are (context?, singular, plural?).
GETTEXT = {
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
STRING = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
CALL = re.compile(rf"(?<!\w)(\w*gettext|_)\(({STRING}(?:,\s*{STRING})*)")


def names(tree):
    """Local name → gettext function, as imported; `_` is what makemessages takes it for."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in GETTEXT
    }


def calls(tree):
    """(function, call) of every call of gettext."""
    known = names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            yield known[node.func.id], node


def message(function, words):
    """(context, msgid, plural) of a call with these words."""
    found = dict(zip(GETTEXT[function], words, strict=False))
    return found.get("context"), found["id"], found.get("plural")


def in_python(tree):
    for function, call in calls(tree):
        words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        yield message(function, words)


def in_template(text):
    for function, arguments in CALL.findall(templatize(text)):
        words = [ast.literal_eval(word) for word in re.findall(STRING, arguments)]
        yield message("gettext" if function == "_" else function, words)

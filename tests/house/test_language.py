"""Every word on screen goes through gettext, with the Chinese as its msgid."""

import ast
import re

import pytest

from . import messages, source

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Where Chinese is not a word on a page.
EXEMPT = (
    "starbranch/settings.py",  # the town's name; before the settings there is no language
    "starbranch/data_directory.py",  # before the settings likewise
    "assessment/management/",  # a terminal has no switch: it says things in both languages
    "assessment/forms/fields.py",  # how dates are typed
    "assessment/rules/pasting.py",  # how marks are typed
    "assessment/rules/notice_text.py",  # an official paper, in the town's language alone
    "assessment/rules/drafting.py",  # and its draft
    "assessment/documents/looks.py",  # names of fonts
    "assessment/rules/lists.py",  # how a yes and a year are typed
    "assessment/ledger/fonts.py",  # names of fonts
    "assessment/ledger/looks.py",  # formats of dates
    "assessment/documents/faces.py",  # names of fonts
)

TRANSLATED = re.compile(
    r"\{% comment\b.*?\{% endcomment %\}|\{#.*?#\}"
    r"|\{% (blocktrans(?:late)?)\b.*?\{% end\1 %\}"
    r"|(?<=\{% )trans(?:late)? (\"[^\"]*\"|'[^']*')"
    r"|_\((\"[^\"]*\"|'[^']*')\)"
    r"|<(\w+)\b[^>]*\slang=\"zh-Hans\"[^>]*>[^<]*</\4>",  # Chinese is called 中文 everywhere
    re.DOTALL,
)


def docstrings(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value


def untranslated(path, tree):
    """Chinese in a string that gettext is not asked for, or that it cannot be asked for."""
    if path.startswith(EXEMPT):
        return
    spoken = {id(arg) for _function, call in messages.calls(tree) for arg in call.args}
    spoken |= {id(doc) for doc in docstrings(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in spoken and CHINESE.search(node.value):
            yield f"{path}:{node.lineno} {node.value!r} is not translated"


def unheard(path, tree):
    """A name for gettext, or an argument, that makemessages does not recognise."""
    for name, function in messages.names(tree).items():
        if name not in (function, "_"):
            yield f"{path} calls {function} {name}, which makemessages passes over"
    for function, call in messages.calls(tree):
        wanted = call.args[: len(messages.GETTEXT[function])]
        if not all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in wanted):
            yield f"{path}:{call.lineno} {function} of something that is not a plain string"


def untranslated_in_template(path, text):
    rest = TRANSLATED.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(rest.splitlines(), 1):
        if CHINESE.search(line):
            yield f"{path}:{number} {line.strip()!r} is not translated"


def chinese(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if CHINESE.search(line):
            yield f"{path}:{number} holds words; they belong in the template"


@pytest.mark.parametrize("check", [untranslated, unheard])
def test_python(check):
    source.none(wrong for path in source.python() for wrong in check(path, source.tree(path)))


def test_templates():
    paths = source.under("templates/", ".html", ".txt")
    source.none(
        wrong for path in paths for wrong in untranslated_in_template(path, source.text(path))
    )


def test_scripts_and_style_sheets_hold_no_words():
    paths = source.under("static/", ".js", ".css")
    source.none(wrong for path in paths for wrong in chinese(path, source.text(path)))


IMPORT = "from django.utils.translation import gettext as _, ngettext, pgettext\n"


@pytest.mark.parametrize(
    "code",
    [
        'x = "村"',
        'x = f"{y}村"',
        'x = _("村") + "镇"',
        'x = _("{a}").format(a="村")',
        'x = _(f"{y}村")',
        'x = print("村")',
        'x = {"村": 1}',
    ],
)
def test_an_untranslated_string_is_noticed(code):
    assert len(list(untranslated("x.py", ast.parse(IMPORT + code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'x = _("村")',
        'x = _("村" "镇")',
        'x = ngettext("{n} 村", "{n} 村们", 2)',
        'x = pgettext("名词", "村")',
        'def f():\n    """村"""',
        '"""村"""',
        "x = 1  # 村",
        'x = "village"',
    ],
)
def test_a_translated_string_passes(code):
    tree = ast.parse(code if code.startswith('"""') else IMPORT + code)
    assert not [*untranslated("x.py", tree), *unheard("x.py", tree)]


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.translation import gettext as _now",
        IMPORT + "x = _(y)",
        IMPORT + 'x = _(f"{y}村")',
        IMPORT + 'x = ngettext("村", y, 2)',
    ],
)
def test_what_makemessages_passes_over_is_noticed(code):
    assert len(list(unheard("x.py", ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>村</p>",
        '<p title="村">',
        '{% include "x.html" with name="村" %}',
        '{{ x|default:"村" }}',
        '{% translate "村" %}镇',
        "{% blocktranslate %}村{% endblocktranslate %}镇",
        "<!-- 村 -->",
        '<p lang="zh-Hans">村</p>镇',
    ],
)
def test_an_untranslated_template_is_noticed(text):
    assert len(list(untranslated_in_template("x.html", "\n" + text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<p title="{% translate "村" %}">{% translate \'镇\' as town %}</p>',
        "{% blocktranslate trimmed with n=1 %}\n{{ n }} 村\n{% endblocktranslate %}",
        '{% include "x.html" with name=_("村") %}{{ x|default:_("无") }}',
        "{# 村 #}{% comment %}村{% endcomment %}",
        "<p>{{ village }}</p>",
        '<button name="language" lang="zh-Hans"{% if a == "b" %} x{% endif %}>中文</button>',
    ],
)
def test_a_translated_template_passes(text):
    assert list(untranslated_in_template("x.html", text)) == []


def test_words_in_a_script_are_noticed():
    assert len(list(chinese("x.js", 'alert("村")\nx = 1\n// 镇'))) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% translate "村" %}', (None, "村", None)),
        ('{% translate "村" context "名词" %}', ("名词", "村", None)),
        ('{{ x|default:_("无") }}', (None, "无", None)),
        ('{% include "x" with a=_("无") %}', (None, "无", None)),
        (
            "{% blocktranslate trimmed %}\n  {{ n }} 村\n{% endblocktranslate %}",
            (None, "%(n)s 村", None),
        ),
        (
            "{% blocktranslate count n=x %}村{% plural %}村们{% endblocktranslate %}",
            (None, "村", "村们"),
        ),
    ],
)
def test_what_a_template_asks_for(text, expected):
    assert list(messages.in_template(text)) == [expected]


def test_what_the_code_asks_for():
    tree = ast.parse(
        IMPORT + 'a = _("村" "镇")\nb = ngettext("一", "多", n)\nc = pgettext("名", "村")'
    )
    assert list(messages.in_python(tree)) == [
        (None, "村镇", None),
        (None, "一", "多"),
        ("名", "村", None),
    ]

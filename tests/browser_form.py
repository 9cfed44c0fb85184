"""What a browser would send back from one of the admin's pages."""


def as_sent(response, **changed):
    """The page's fields as they stand, with `changed` typed over them; None leaves a field out."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {field.html_name: _sent(field.value()) for form in forms for field in form}
    return {name: value for name, value in (sent | changed).items() if value is not None}


def _sent(value):
    """An unticked box is not sent; an empty field is."""
    if isinstance(value, bool):
        return "on" if value else None
    return "" if value is None else value


def rows(response, prefix):
    """The forms of one inline of the page, in the order shown."""
    for inline in response.context["inline_admin_formsets"]:
        if inline.formset.prefix == prefix:
            return inline.formset.forms
    return []


def errors(response):
    """Every complaint on the page, in words."""
    forms = [response.context["adminform"].form]
    said = []
    for inline in response.context["inline_admin_formsets"]:
        said += inline.formset.non_form_errors()
        forms += inline.formset.forms
    for form in forms:
        said += [message for messages in form.errors.values() for message in messages]
    return said

"""What has become of words over several saves."""


def merged(changes):
    """One {field: [old, new]} from many, oldest first; a field back where it began is left out."""
    total = {}
    for change in changes:
        for name, (old, new) in change.items():
            first = total[name][0] if name in total else old
            total[name] = [first, new]
    return {name: pair for name, pair in total.items() if pair[0] != pair[1]}

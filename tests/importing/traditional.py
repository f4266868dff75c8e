"""The traditional twin of a simplified text, as far as the importer's own table goes."""

from speeches.text.folding import TRADITIONAL_FORMS

_USUAL = {ord(simple): forms[0] for simple, forms in TRADITIONAL_FORMS.items()}


def traditional(text: str) -> str:
    """``text`` with every character that has a traditional form printed in it."""
    return text.translate(_USUAL)

"""Rephrasing: a question written anew in the language that `asking` reads."""

import re

from speeches.search.asking import EITHER, NAMES, About, Asked, Term

# The first name of each subject is its Chinese one.
_CALLED = {about: name for name, about in reversed(NAMES.items())} | {About.ANYTHING: ""}
# What would be read as something else than a word.
_NEEDS_QUOTES = re.compile(r"\s|[:：]|^[-－−]|^(?:" + "|".join(EITHER) + ")$")


def any_of(asked: Asked) -> str:
    """Return the question for any of the words of `asked`; "" where it asks for fewer than two.

    What is not wanted stays so; a question that asks for more than words has no such form.
    """
    if len(asked.groups) < 2 or len(asked.words) < len(asked.groups):
        return ""
    wanted = (_written(term, term.said) for group in asked.groups for term in group)
    unwanted = ("-" + _written(term, term.said) for term in asked.without)
    return " ".join([f" {EITHER[0]} ".join(wanted), *unwanted])


def in_one_form(asked: Asked) -> str:
    """Return the form that all spellings of a question share, such as 单位:阿城 协商 -草案."""
    wanted = (f" {EITHER[0]} ".join(map(_folded, group)) for group in asked.groups)
    return " ".join([*wanted, *("-" + _folded(term) for term in asked.without)])


def _folded(term: Term) -> str:
    return _written(term, term.phrase)


def _written(term: Term, words: str) -> str:
    name = _CALLED[term.about]
    if term.years:
        first, last = term.years
        return f"{name}:{first}" if first == last else f"{name}:{first}..{last}"
    quoted = f'"{words}"' if _NEEDS_QUOTES.search(words) else words
    return f"{name}:{quoted}" if name else quoted

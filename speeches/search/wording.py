"""Wording: what was understood of a question, as one sentence."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from speeches.search.asking import FIRST_YEAR, LAST_YEAR, MOST_CHARACTERS, About, Asked, Note, Term


def in_words(asked: Asked) -> str:
    """Return a sentence such as 查找含“两个确立”、单位含“阿城”、不含“草案”的发言。"""
    parts = [_either(group) for group in asked.groups]
    parts += [_("不") + _one(term) for term in asked.without]
    if parts:
        sentence = _("查找%(conditions)s的发言。") % {"conditions": _("、").join(parts)}
    else:
        sentence = _("没有可以检索的字词。")
    return sentence + "".join(_note(note, said) for note, said in asked.notes)


def _either(group: Iterable[Term]) -> str:
    return _("或").join(_one(term) for term in group)


def _one(term: Term) -> str:
    if term.years:
        return _years(*term.years)
    patterns = {
        About.ANYTHING: _("含“%(said)s”"),
        About.TEXT: _("标题或正文含“%(said)s”"),
        About.HEADING: _("标题含“%(said)s”"),
        About.UNIT: _("单位含“%(said)s”"),
        About.PEOPLE: _("发言人含“%(said)s”"),
        About.THEME: _("属主题“%(said)s”"),
        About.MEETING: _("属会议“%(said)s”"),
        About.DISTRICT: _("属区县“%(said)s”"),
    }
    return patterns[term.about] % {"said": term.said}


def _years(first: int, last: int) -> str:
    years = {"first": first, "last": last}
    if first == last:
        return _("属%(first)d年") % years
    if first == FIRST_YEAR:
        return _("属%(last)d年及以前") % years
    if last == LAST_YEAR:
        return _("属%(first)d年及以后") % years
    return _("属%(first)d年至%(last)d年") % years


def _note(note: Note, said: str) -> str:
    patterns = {
        Note.CUT: _("只看了前%(number)d个字。"),
        Note.NO_LETTER: _("“%(said)s”里没有字，未计入。"),
        Note.NO_YEAR: _("“%(said)s”不是年份，未计入；年份写成“年:2023”或“年:2023..2024”。"),
    }
    return patterns[note] % {"said": said.strip('“”"'), "number": MOST_CHARACTERS}

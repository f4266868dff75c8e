"""Bylines and photo credits: ■本报记者 王越/文 刘达齐/摄, 文/图 水清, （李明 摄）."""

from __future__ import annotations

import re

from speeches.importing.draft import Byline
from speeches.text.characters import DASHES, LEADING_SIGNS, is_han
from speeches.text.folding import Folding
from speeches.text.people import is_person_name

_LABEL = Folding(
    r"^(?:本报|本网|本刊|政协报|日报|晚报)?(?:全媒体|融媒体|新媒体)?(?:见习|实习|首席|特派|"
    r"特约|摄影|文字|驻站|本报)*"
    r"(?:记者|通讯员|实习生|评论员|撰稿人|作者)[:：]?(?:组)?"
)
_ROLE_WORD = (
    r"(?:文字整理|整理报道|编辑整理|综合整理|录音整理|摄影报道|采访整理|图片|文字|摄影|拍摄|"
    r"整理|采写|采访|撰文|撰稿|供图|供稿|报道|制图|记录|执笔|统稿|文|图|摄)"
)
_ROLE = Folding(rf"^{_ROLE_WORD}(?:[/、·]?{_ROLE_WORD}){{0,2}}$")
_ROLE_FIRST = Folding(rf"^({_ROLE_WORD}(?:[/、]{_ROLE_WORD})?)[/:：](.+)$")
_ROLE_LAST = Folding(rf"^(.+?)[/／|]({_ROLE_WORD}(?:[/、]?{_ROLE_WORD})?)$")
_ROLE_GLUED = Folding(
    r"^([\u4e00-\u9fff·]{2,8}?)((?:文字整理|摄影报道|文/图|文/摄|图/文|文图|图文|摄影|整理|"
    r"采写|供图|摄))$"
)
_ROLES_GLUED = Folding(r"^([\u4e00-\u9fff·]{2,4}?)((?:文[/、]?[图摄]|[图摄][/、]?文))$")
_CREDIT = Folding(
    r"\s*[(（]?\s*(?:(?:本报|本网)?(?:见习|实习|摄影)?(?:记者|通讯员)\s*)?"
    r"(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,3}|[ "
    r"\u3000][\u4e00-\u9fff]))\s*[/／]?\s*(?P<role>摄影|摄|供图|图)\s*[)）]?\s*$"
)
_CREDIT_FIRST = Folding(
    r"\s*[(（]?\s*(?P<role>摄影|供图|图片|图)\s*[:：/]\s*(?:(?:本报|本网)?(?:见习|实习|"
    r"摄影)?(?:记者|通讯员)\s*)?"
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff· \u3000]{1,4})\s*[)）]?\s*$"
)
_LONGEST = 70


def read_byline(text: str) -> tuple[Byline, ...]:
    """The people whom the line ``text`` (in newspaper typography) names; () where it is no
    byline.

    A line is a byline only where every word of it is a label, a name or a role, and a label or a
    role is there.
    """
    bare = text.strip(LEADING_SIGNS + DASHES + "（）()[]【】 ·")
    if not bare or len(bare) > _LONGEST or re.search("[。；？！]", bare):
        return ()
    people: list[Byline] = []
    open_from = 0
    role_ahead = ""
    marked = False
    for token in _tokens(bare):
        label = _LABEL.match(token)
        if label and label.end():
            marked = True
            role_ahead, open_from = "", len(people)
            token = token[label.end() :]
            if not token:
                continue
        if _ROLE.match(token):
            marked = True
            if len(people) > open_from:
                people[open_from:] = [
                    Byline(one.name, one.role or token) for one in people[open_from:]
                ]
                open_from = len(people)
            else:
                role_ahead = token
            continue
        name, role, leads = _name_and_role(token)
        if not is_person_name(name):
            return ()
        people.append(Byline(name, role or role_ahead))
        if role:
            marked = True
            if leads:
                role_ahead = role
            else:
                people[open_from:] = [
                    Byline(one.name, one.role or role) for one in people[open_from:]
                ]
            open_from = len(people)
    return tuple(people) if marked else ()


def find_credit(raw: str) -> tuple[int, Byline] | None:
    """The photo credit that ends the caption ``raw``: where it begins, and whose it is."""
    for pattern in (_CREDIT, _CREDIT_FIRST):
        match = pattern.search(raw)
        if match and match.start() > 3:
            name = re.sub(r"\s", "", match["name"])
            separated = (
                raw[match.start()] in "。!！ \u3000（(/"
                or raw[match.start() - 1] in "。！!” \u3000"
            )
            if is_person_name(name, sure=not separated):
                return match.start(), Byline(name, match["role"])
    return None


def _tokens(text: str) -> list[str]:
    """Words of a byline: cut at spaces and commas, names printed apart put together again."""
    rough = [token for token in re.split(r"[ ，,；;、|]+", text) if token]
    words: list[str] = []
    for token in rough:
        alone = len(token) == 1 and is_han(token) and not _ROLE.match(token)
        second = is_han(token[0]) and (len(token) == 1 or not is_han(token[1]))
        if (
            words
            and len(words[-1]) == 1
            and is_han(words[-1])
            and not _ROLE.match(words[-1])
            and second
        ):
            words[-1] += token
        elif alone or token:
            words.append(token)
    return words


def _name_and_role(token: str) -> tuple[str, str, bool]:
    """Name and role in one word; the flag is True where the role stands first and goes on for the
    next names.
    """
    first = _ROLE_FIRST.match(token)
    if first:
        label = _LABEL.match(first[2])
        return first[2][label.end() :] if label else first[2], first[1], True
    both = _ROLES_GLUED.match(token)
    if both and is_person_name(both[1], sure=True):
        return both[1], both[2], False
    last = _ROLE_LAST.match(token)
    if last:
        return last[1], last[2], False
    if not is_person_name(token, sure=True):
        glued = _ROLE_GLUED.match(token)
        if glued and is_person_name(glued[1]):
            return glued[1], glued[2], False
    return token, "", False

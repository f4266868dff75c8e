"""Themes of remarks and the tree of themes; what is public follows at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from speeches.models import Act, EditionTheme, Remark, RemarkEdition, Theme
from speeches.moderation import journal
from speeches.moderation.linking import follow
from speeches.moderation.theming import assign_themes, move_theme
from tests.factories import (
    adopt_one_review,
    make_editor,
    make_meeting,
    make_moderator,
    make_theme,
    make_user,
    publish,
)
from tests.moderation.desk import LATER, acts_about, fresh, last_entry, refusing


def links_of(remark: Remark) -> dict[str, bool]:
    links = EditionTheme.objects.filter(edition__remark=remark)
    return dict(links.values_list("theme__slug", "inherited"))


def public_remark(*themes: Theme) -> Remark:
    return publish(make_meeting(remarks=[{"themes": themes}])).remarks.get()


@pytest.mark.django_db
def test_a_public_remark_follows_its_themes_and_inherits_those_above() -> None:
    top = make_theme("top", "上")
    child = make_theme("child", "下", parent=top)
    remark, editor = public_remark(child), make_editor()
    assert links_of(remark) == {"child": False, "top": True}

    assign_themes(remark, themes=[top], by=editor, at=LATER)

    assert links_of(remark) == {"top": False}
    assert RemarkEdition.objects.get().number == 1
    entry = last_entry(remark)
    assert (entry.act, entry.actor) == (Act.ASSIGN_THEMES, editor)
    assert entry.detail == {"added": [top.pk], "removed": [child.pk]}


@pytest.mark.django_db
def test_assigning_the_same_themes_writes_nothing() -> None:
    theme = make_theme()
    remark = public_remark(theme)
    before = acts_about(remark)

    assign_themes(remark, themes=[theme, theme], by=None, at=LATER)

    assert acts_about(remark) == before


@pytest.mark.django_db
def test_a_draft_gets_themes_but_no_public_link() -> None:
    remark = make_meeting(remarks=[{}]).remarks.get()

    assign_themes(remark, themes=[make_theme()], by=make_editor(), at=LATER)

    assert remark.themes.count() == 1
    assert not EditionTheme.objects.exists()


@pytest.mark.django_db
def test_moving_a_theme_moves_what_its_remarks_inherit() -> None:
    old, new, leaf = make_theme("old", "旧"), make_theme("new", "新"), make_theme("leaf", "叶")
    move_theme(leaf, parent=old, by=None, at=LATER)
    remark, untouched = public_remark(leaf), public_remark(old)
    admin = make_user("admin", role="管理员")

    move_theme(leaf, parent=new, by=admin, at=LATER)
    after_move = links_of(remark)
    move_theme(leaf, parent=None, by=admin, at=LATER)

    assert after_move == {"leaf": False, "new": True}
    assert links_of(remark) == {"leaf": False}
    assert links_of(untouched) == {"old": False}
    assert last_entry(leaf).actor == admin


@pytest.mark.django_db
def test_a_theme_never_stands_below_itself() -> None:
    top = make_theme("top", "上")
    middle = make_theme("middle", "中", parent=top)
    leaf = make_theme("leaf", "下", parent=middle)

    for parent in (top, middle, leaf):
        with refusing("自己或自己的下级"):
            move_theme(top, parent=parent, by=None, at=LATER)


@pytest.mark.django_db
def test_only_who_may_assigns_and_moves() -> None:
    remark, theme = public_remark(), make_theme()

    with refusing("不能做这项操作"):
        assign_themes(remark, themes=[theme], by=make_moderator(), at=LATER)
    with refusing("不能做这项操作"):
        move_theme(theme, parent=None, by=make_editor(), at=LATER)


@pytest.mark.django_db
def test_moving_a_theme_costs_the_same_however_many_remarks_are_about_it() -> None:
    def queries(slug: str, remarks: int) -> int:
        top, leaf = make_theme(f"{slug}-top", f"{slug}上"), make_theme(slug, slug)
        publish(make_meeting(remarks=[{"themes": [leaf]}] * remarks))
        with CaptureQueriesContext(connection) as captured:
            move_theme(leaf, parent=top, by=None, at=LATER)
        return len(captured)

    assert queries("one", 1) == queries("many", 6)


@pytest.mark.django_db
def test_links_follow_what_is_stored_not_what_was_loaded() -> None:
    remark = public_remark()
    loaded = fresh(remark)
    Remark.objects.filter(pk=remark.pk).update(position=5)

    with journal.together():
        follow(loaded)

    assert RemarkEdition.objects.get().position == 5


class TestTreesOfThemes(TestCase):
    """Whatever is assigned and moved, the public links are those of the tree as it is."""

    @settings(max_examples=15, deadline=None)
    @given(
        assigned=st.sets(st.integers(0, 4), max_size=3),
        moves=st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4)), max_size=6),
    )
    def test_links_are_those_of_the_tree(
        self, assigned: set[int], moves: list[tuple[int, int | None]]
    ) -> None:
        adopt_one_review()
        themes = [make_theme(f"t{number}", f"主题{number}") for number in range(5)]
        remark = public_remark(*[themes[number] for number in assigned])

        for child, parent in moves:
            theme = fresh(themes[child])
            above = None if parent is None else fresh(themes[parent])
            if above is None or theme.pk not in Theme.objects.with_ancestors([above.pk]):
                move_theme(theme, parent=above, by=None, at=LATER)

        expected: dict[str, bool] = {}
        for number in assigned:
            here: Theme | None = fresh(themes[number])
            while here is not None:
                expected[here.slug] = here.slug not in {f"t{n}" for n in assigned}
                here = here.parent
        assert links_of(remark) == expected

"""字数: every character but white space and invisible ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.text.counting import count_characters
from speeches.text.markup import paragraphs_to_body


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ([], 0),
        (["<p>第一段，说明情况。</p>"], 9),
        (["<p>第一段。</p>", "<ul><li>一</li><li>二</li></ul>"], 6),
        (["<p>共 3 件\u3000\u00a0事</p>"], 4),
        (["<p><strong>加</strong>粗<br>换行</p>"], 4),
        (["<p>A&amp;B&lt;</p>"], 4),
        (["<p>零\u200b宽\ufeff字\u00ad</p>"], 3),
        (["<p>𠮷野家……</p>"], 5),
    ],
)
def test_characters_count_as_newsrooms_count_them(body: list[str], number: int) -> None:
    assert count_characters(body) == number


@given(st.lists(st.text(min_size=1)))
def test_a_text_is_as_long_as_its_paragraphs_together(paragraphs: list[str]) -> None:
    together = count_characters(paragraphs_to_body(paragraphs))

    assert together == sum(count_characters(paragraphs_to_body([one])) for one in paragraphs)

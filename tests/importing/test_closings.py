"""Closing paragraphs that stand under a neighbour's remark only."""

from speeches.importing import import_page, report_of

HEAD = """同坐一条板凳

——全市协商工作现场会发言摘编

9月6日，全市协商工作现场会在临江召开，现将发言刊发如下。
"""
FIRST = """

疏通断头渠 浇灌万亩田

青溪县政协主席 王小满

近年来，青溪县政协把长桌搬到渠边，淤堵的地方逐段标在图上，再分给各组清理。
{first}"""
SECOND = """

擦亮老街金招牌

松涛区政协主席 赵大川

换届以来，松涛区政协请老匠人把手艺写成讲义，冬闲时节在粮仓里开课。
{second}"""
THIRD = """

念好山字经

白石县政协主席 李长河

当前，白石县政协种茶兴业，茶园旁边建起了展示馆，客商边喝边谈。

今后，白石县政协将让更多茶农受益。
"""


def _remarks(first: str = "", second: str = "") -> list[tuple[str, list[str]]]:
    """Of each remark its last paragraph, and the codes of its doubts."""
    page = HEAD + FIRST.format(first=first) + SECOND.format(second=second) + THIRD
    return [
        (remark["paragraphs"][-1], [warning["code"] for warning in remark["warnings"]])
        for remark in report_of(import_page(page.encode(), name="p"))["remarks"]
    ]


def test_a_closing_that_names_the_next_remark_s_unit_goes_there_and_is_pointed_out() -> None:
    closing = "下一步，松涛区政协将把讲义送进学校，让手艺传下去。"
    first, second, _ = _remarks(first="\n" + closing + "\n")
    assert first[0].startswith("近年来，青溪县政协")
    assert first[1] == []
    assert second == (closing, ["moved-closing"])


def test_a_closing_that_names_its_own_unit_stays_though_it_names_the_next_one_too() -> None:
    closing = "下一步，青溪县政协将与松涛区政协一道巡渠护水。"
    first, second, _ = _remarks(first="\n" + closing + "\n")
    assert first == (closing, [])
    assert second[1] == []


def test_what_stands_behind_last_words_goes_to_the_next_remark_that_has_no_end() -> None:
    final, closing = "以上发言，不妥之处请批评指正。", "今后，将把课开到街巷里，让更多人来听。"
    first, second, _ = _remarks(first=f"\n{final}\n\n{closing}\n")
    assert first == (final, [])
    assert second == (closing, ["moved-closing"])


def test_it_stays_where_the_next_remark_has_a_closing_of_its_own() -> None:
    final, closing = "以上发言，不妥之处请批评指正。", "今后，将把课开到街巷里，让更多人来听。"
    own = "下一步，还要把夜校办到社区。"
    first, second, _ = _remarks(first=f"\n{final}\n\n{closing}\n", second=f"\n{own}\n")
    assert first[0] == closing
    assert second == (own, [])


def test_a_last_paragraph_that_only_names_a_neighbour_stays_and_is_doubted() -> None:
    last = "松涛区的老街也是一样，有人牵头，事情就好办。"
    first, second, _ = _remarks(first="\n" + last + "\n")
    assert first == (last, ["doubtful-closing"])
    assert second[1] == []


def test_a_closing_that_names_nobody_stays_and_is_not_doubted() -> None:
    closing = "下一步，我们将把好做法固定下来，让更多居民受益。"
    first, _, _ = _remarks(first="\n" + closing + "\n")
    assert first == (closing, [])


def test_a_closing_at_the_end_of_the_remark_behind_goes_back_to_its_own() -> None:
    final, closing = "以上汇报，谢谢大家。", "下一步，青溪县政协将把巡渠的好做法固定下来。"
    first, second, _ = _remarks(second=f"\n{final}\n\n{closing}\n")
    assert first == (closing, ["moved-closing"])
    assert second == (final, [])

"""Unit lines that share a block with the text behind them."""

from speeches.importing import import_page, report_of

HEAD = """同坐一条板凳

——全市协商工作现场会发言摘编

9月6日，全市协商工作现场会在临江召开，现将发言刊发如下。

"""


def _speakers(*blocks: str) -> list[tuple[str, str, str, str, list[str]]]:
    report = report_of(import_page((HEAD + "\n\n".join(blocks) + "\n").encode(), name="p"))
    return [
        (one["heading"], one["unit"], one["post"], one["speaker"], one["paragraphs"])
        for one in report["remarks"]
    ]


def test_unit_lines_before_a_colon_are_parted_from_their_texts() -> None:
    assert _speakers(
        "疏通断头渠",
        "青溪县政协主席　王小满：近年来，我们把长桌搬到渠边，淤堵的地方逐段标在图上。",
        "渠通了，树也活了。",
        "擦亮老街金招牌",
        "松涛区政协党组：换届以来，我们请老匠人把手艺写成讲义，冬闲时节开课。",
    ) == [
        (
            "疏通断头渠",
            "青溪县政协",
            "主席",
            "王小满",
            [
                "近年来，我们把长桌搬到渠边，淤堵的地方逐段标在图上。",
                "渠通了，树也活了。",
            ],
        ),
        (
            "擦亮老街金招牌",
            "松涛区政协党组",
            "",
            "",
            ["换届以来，我们请老匠人把手艺写成讲义，冬闲时节开课。"],
        ),
    ]


def test_one_such_line_alone_on_a_page_is_enough_with_office_and_name() -> None:
    (remark,) = _speakers("青溪县政协主席 王小满：近年来，我们把长桌搬到渠边，逐段勘察。")
    assert remark[1:4] == ("青溪县政协", "主席", "王小满")


def test_a_paragraph_that_opens_with_a_speaker_inside_a_remark_stays_whole() -> None:
    quoted = "市政协委员 王小满：“渠通了，树也活了，大家的劲头更足了。”"
    remarks = _speakers(
        "青溪县政协主席 李长河",
        "近年来，我们把长桌搬到渠边，淤堵的地方逐段标在图上。",
        quoted,
        "松涛区政协主席 赵大川",
        "换届以来，我们请老匠人把手艺写成讲义，冬闲时节开课。",
    )
    assert [remark[3] for remark in remarks] == ["李长河", "赵大川"]
    assert remarks[0][4][1] == quoted


def test_reported_speech_is_no_unit_line() -> None:
    said = "青溪县政协主席王小满说：渠通了，树也活了，大家的劲头更足了。"
    remarks = _speakers("市政协提案委员会", "近年来，我们逐段勘察。", said)
    assert [remark[1] for remark in remarks] == ["市政协提案委员会"]

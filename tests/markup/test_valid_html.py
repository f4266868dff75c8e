"""Every kind of public page is valid HTML, as html-validate reads the standard.

Asked for by `make test-markup`, which installs the validator beside the other tools.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from speeches.models import Byline, Meeting, Person, Phrase, Picture
from speeches.moderation.phrasing import keep_phrase
from tests.engine import engine
from tests.factories import (
    make_district,
    make_meeting,
    make_remark,
    make_theme,
    make_unit,
    publish,
)
from tests.feeds.changing import after, correct, take_back
from tests.public.addresses import list_addresses, row_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.markup]

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
VALIDATOR = BIN.parent / "markup/node_modules/html-validate/bin/html-validate.mjs"


@pytest.fixture(autouse=True, scope="session")
def _names_itself(
    django_db_setup: None,
    django_db_blocker: Any,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    version = json.loads((HERE / "package.json").read_text())["dependencies"]["html-validate"]
    with django_db_blocker.unblock():
        record_testsuite_property("ran on", f"html-validate {version} over {engine()}")


def news() -> None:
    """Publish a meeting with everything a page can show, and one that was taken back."""
    city = make_district("230100", "哈尔滨市")
    district = make_district()
    make_district("230181", "阿城市", successor=district)
    parent = make_theme("consultation", "协商议政")
    remark = {
        "heading": "把好事<办实> & “把实事办好”",
        "unit": "阿城区政协",
        "post": "主席",
        "district": district,
        "unit_link": make_unit("阿城区政协", district),
        "speakers": [Person.objects.create(name="王一"), "李二"],
        "themes": [make_theme("proposals", "提案工作", parent=parent)],
    }
    meeting = make_meeting(
        remarks=[remark, remark, {"heading": "", "unit": ""}],
        host=make_unit("哈尔滨市政协", city),
        kicker="引题",
        place="市政协会议室",
    )
    Byline.objects.create(meeting=meeting, position=1, name="张三", role="文")
    Picture.objects.create(meeting=meeting, position=1, caption="会场", credit="李四")
    publish(meeting)
    correct(meeting.remarks.in_order()[0], "更正后的标题", at=after(1))
    make_remark(meeting, heading="撤下的", position=9)
    publish(Meeting.objects.get(pk=meeting.pk), at=after(2))
    take_back(meeting.remarks.get(position=9), at=after(3))
    keep_phrase(Phrase(text="好事办实"), variants=["实事办好"], by=None, at=after(4))
    publish(make_meeting(remarks=[], held_from=None, held_on_text="", introduction=[]))


def faults(folder: Path) -> list[str]:
    """Return what the validator has against the pages in a folder: page, place, rule, words."""
    config = HERE / ".htmlvalidate.json"
    run = subprocess.run(
        [BIN / "node", VALIDATOR, "--config", config, "--formatter", "json", f"{folder}/*.html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return [
        f"{Path(page['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for page in json.loads(run.stdout)
        for one in page["messages"]
    ]


def test_every_kind_of_page_is_valid(client: Client, tmp_path: Path) -> None:
    news()
    filtered = [
        "/remarks/?district=230112&theme=proposals",
        "/remarks/?district=230112&year=1999",
        "/remarks/?unit=999&year=x",
        "/meetings/?year=2024",
        "/meetings/?year=x",
        "/units/?district=230112",
        "/remarks/?q=协商",
        "/search/",
        "/search/?q=把好事 建议&district=230112",
        "/search/?q=没有 这些词&district=230112",
        f"/meetings/{Meeting.objects.order_by('pk')[0].pk}/?view=full",
        "/matrix/?all=1&year=2024",
        "/compare/?unit=1&unit=999&theme=x",
        "/phrases/?p=好事",
        "/phrases/?p=好事&p=提案&p=<b>",
        "/phrases/?p=没有出现过的话",
        "/reading/",
        "/nothing/",
    ]
    addresses = [*list_addresses(), *row_addresses(), *filtered]

    for number, address in enumerate(addresses):
        (tmp_path / f"{number:02}.html").write_bytes(client.get(address).content)

    named = [f"{number:02}.html {address}" for number, address in enumerate(addresses)]
    assert faults(tmp_path) == [], "\n".join(named)


def test_the_validator_finds_a_fault(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!DOCTYPE html><p><div></div></p>", encoding="utf-8")

    assert faults(tmp_path) != []

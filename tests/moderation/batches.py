"""What the tests of batches share: made-up pages that differ, and a clock that moves."""

import datetime as dt
from unittest import mock

from django.core.management import call_command

from speeches.models import ImportBatch, User
from speeches.moderation.batching import Arrival, open_batch
from tests.factories import NOON
from tests.moderation.pages import ISSUE

HEADINGS = ("把好事办实", "发挥优势", "搭建平台", "凝聚共识")
UNITS = ("道里区政协", "道外区政协", "南岗区政协", "香坊区政协", "松北区政协", "呼兰区政协")
SUBJECTS = (
    "停车",
    "供暖",
    "养老",
    "托育",
    "绿化",
    "河道",
    "农田",
    "物流",
    "文旅",
    "冰雪",
    "中医",
    "种业",
)


def page(number: int) -> str:
    """Return a page of two remarks that no other number's page resembles."""
    subject, place = SUBJECTS[number % 12], number // 12
    return f"""\
{subject}工作座谈会发言摘编之{number}
——市政协{subject}座谈会发言摘编
8月13日，市政协召开{subject}座谈会。

{HEADINGS[number % 4]} {subject}先行
□{UNITS[number % 6]}
{subject}{place}关系千家万户，我们走访{subject}点{number}处，发现{subject}站布局不均，{subject}员培训不足。
建议把{subject}纳入{number}年规划，{subject}经费单列，由{subject}专班逐月通报{subject}进展。

落实{subject} 久久为功
□{UNITS[(number + 1) % 6]}
去年{subject}{place}提案共{number}件，其中{subject}设施类占七成，{subject}服务类占三成，均已答复。
下一步要盯住{subject}难点，组织{subject}专家下沉，把{subject}成果写进{subject}白皮书。
"""


def batch_of(*pages: str | bytes, by: User | None = None, hold: bool = True) -> ImportBatch:
    """Return a batch of these files, nothing read yet."""
    arrivals = [
        Arrival(f"page-{number}.txt", text.encode() if isinstance(text, str) else text)
        for number, text in enumerate(pages, start=1)
    ]
    return open_batch(arrivals, issue=ISSUE, by=by, at=NOON, hold=hold)


def drain() -> None:
    """Do what waits for the background worker, in the transaction of the test."""
    worker = "django_tasks_db.management.commands.db_worker"
    with mock.patch(f"{worker}.close_old_connections"):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


class Moving:
    """A clock that goes one second further whenever somebody looks at it."""

    def __init__(self, at: dt.datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=1)
        return self.at

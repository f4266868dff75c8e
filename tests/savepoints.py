"""A transaction inside a test's own, in which acts may run as if it were not there."""

from django.db import transaction
from django.db.transaction import Atomic


def savepoint() -> Atomic:
    """Return `transaction.atomic()`, marked as Django marks the transaction of a test.

    Acts refuse to run inside any other (`journal.together`).
    """
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block

"""What an act says when it cannot be done."""

from django.utils.translation import gettext as _

from speeches.models import User


class Refused(Exception):
    """An act was not allowed; the message tells the person why and what to do."""


def require(user: User | None, permission: str) -> None:
    """Refuse unless `user` holds `permission` (such as "speeches.review_text").

    None stands for a command run by the operator, who needs no permission.
    """
    if user is not None and not user.has_perm(permission):
        raise Refused(_("您的帐号不能做这项操作，请联系管理员。"))

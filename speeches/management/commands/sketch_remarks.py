"""`manage.py sketch_remarks`: makes the sketches by which known remarks are recognised anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from speeches.models import Remark
from speeches.moderation.likeness import sketch_remark


class Command(BaseCommand):
    """Needed once for remarks from before sketches were kept, and after their form changed."""

    help = _("为全部发言重建文本指纹；可以重复执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sketch every remark of the desk, each as it stands at that moment."""
        keys = list(Remark.objects.order_by("id").values_list("id", flat=True))
        for key in keys:
            with transaction.atomic():
                remark = Remark.objects.select_for_update().filter(pk=key).first()
                if remark is not None:
                    sketch_remark(remark)
        self.stdout.write(_("已为 %(number)d 篇发言建立文本指纹。") % {"number": len(keys)})

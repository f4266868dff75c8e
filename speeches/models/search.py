"""What is known of an index of search; the index itself stands in tables that differ by engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchIndex(models.Model):
    """An index, and the form in which its texts were folded (`speeches.text.searchable.form`)."""

    name = models.CharField(_("表名"), max_length=40, unique=True)
    form = models.CharField(_("归一规则"), max_length=16)

    class Meta:
        verbose_name = _("检索索引")
        verbose_name_plural = _("检索索引")

    def __str__(self) -> str:
        return self.name

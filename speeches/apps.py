"""The application: name, label and the system checks it registers."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class SpeechesConfig(AppConfig):
    """Meetings, units and remarks."""

    name = "speeches"
    verbose_name = _("发言摘编")

    def ready(self) -> None:
        """Register the checks of triggers, search index, kept counts and outbox."""
        from speeches.models.triggers import check_triggers
        from speeches.moderation.checks import check_counts
        from speeches.moderation.outbox_checks import check_outbox
        from speeches.search.checks import check_index

        register(check_triggers, Tags.database)
        register(check_index, Tags.database)
        register(check_counts, Tags.database)
        register(check_outbox, Tags.database)

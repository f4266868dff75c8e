"""The history of an import in words: what each editor did to the draft, and what was undone."""

from django.utils.translation import gettext as _

from speeches.admin.history import particulars
from speeches.importing.revising import apply
from speeches.importing.wording import in_words
from speeches.models import ImportRun, JournalEntry
from speeches.moderation.revising import first_arrangement


def steps_in_words(run: ImportRun) -> list[str]:
    """Return the particulars of every entry about a run, the newest first.

    A step is told with the draft that its editor had before them: the steps are done again in
    the order of the journal, and those that were undone are taken back where they were.
    """
    steps = {step.number: step for step in run.steps.all()}
    drafts = [first_arrangement(run)] if steps else []
    done: list[int] = []
    told = []
    for entry in reversed(JournalEntry.objects.about(run)):
        number, undone = entry.detail.get("number"), entry.detail.get("undone")
        if number in steps:
            step = steps[number]
            words = in_words(step.step, drafts[-1])
            told.append(_("%(words)s（后来撤销）") % {"words": words} if step.undone else words)
            drafts.append(apply(drafts[-1], step.step, run.source.text))
            done.append(number)
        elif done and undone == done[-1]:
            drafts.pop()
            words = in_words(steps[done.pop()].step, drafts[-1])
            told.append(_("撤销：%(words)s") % {"words": words})
        else:
            told.append(particulars(entry))
    return told[::-1]

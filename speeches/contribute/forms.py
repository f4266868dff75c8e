"""Forms of the units' pages: a remark that is being written, a file, contact details."""

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.doors.bodies import BodyField
from speeches.models import ContactDetails, Speaker, SubmissionDraft
from speeches.moderation.writing import Manuscript

LONGEST_NOTE = 1000
_BETWEEN_NAMES = re.compile(r"[、\r\n]+")


def _longest(model: type[models.Model], field: str) -> int:
    return model._meta.get_field(field).max_length or 0  # type: ignore[union-attr]


class SpeakersField(forms.CharField):
    """Names of speakers, one a line or with 、 between them."""

    def prepare_value(self, value: Any) -> Any:
        """Return the names as they are printed."""
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the names without empty ones."""
        typed = super().to_python(value) or ""
        names = [name.strip() for name in _BETWEEN_NAMES.split(typed) if name.strip()]
        for name in names:
            if len(name) > _longest(Speaker, "name_as_printed"):
                said = _("“%(name)s”太长，姓名之间请用顿号或换行隔开。") % {"name": name[:20] + "…"}
                raise forms.ValidationError(said)
        return names

    def run_validators(self, value: Any) -> None:
        """Names have been looked at already."""


class DraftForm(forms.Form):
    """A remark as a unit writes it; it may be saved with anything missing."""

    heading = forms.CharField(
        label=gettext_lazy("标题"), required=False, max_length=_longest(SubmissionDraft, "heading")
    )
    unit_as_printed = forms.CharField(
        label=gettext_lazy("单位"),
        required=False,
        max_length=_longest(SubmissionDraft, "unit_as_printed"),
        help_text=gettext_lazy("照发表时要印的写，例如“阿城区政协”。"),
    )
    post_as_printed = forms.CharField(
        label=gettext_lazy("职务"),
        required=False,
        max_length=_longest(SubmissionDraft, "post_as_printed"),
        help_text=gettext_lazy("例如“主席”；以单位名义发言可以不填。"),
    )
    speakers = SpeakersField(
        label=gettext_lazy("发言人"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text=gettext_lazy("几个人联名，用顿号或换行隔开；以单位名义发言可以不填。"),
    )
    body = BodyField(
        label=gettext_lazy("正文"),
        required=False,
        help_text=gettext_lazy("可以从 Word 中复制粘贴；字体、字号和颜色不保留。"),
    )
    note = forms.CharField(
        label=gettext_lazy("附言"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写给编辑部的话，不会发表。"),
    )
    # The number of the draft that this was typed over.
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the colon to the style, and tie the body to its length."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["body"].widget.attrs["aria-describedby"] = "id_body_helptext length"

    def manuscript(self) -> Manuscript:
        """Return the words that were typed."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Manuscript(**words)


def what_is_typed(draft: SubmissionDraft) -> dict[str, Any]:
    """Return what a form of the draft begins with."""
    words = ("heading", "unit_as_printed", "post_as_printed", "speakers", "body", "note")
    return {**{name: getattr(draft, name) for name in words}, "seen": draft.number}


class FileForm(forms.Form):
    """A file that holds one remark."""

    file = forms.FileField(
        label=gettext_lazy("稿件文件"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.html,.htm,.pdf,.ofd"}),
        help_text=gettext_lazy(
            "Word（.docx）、纯文本（.txt）、网页（.html）、有文字层的 PDF 或 OFD，"
            "一个文件一篇，不超过 20 MB。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the colon to the style."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ContactForm(forms.ModelForm):
    """How the newsroom reaches whoever writes."""

    class Meta:
        model = ContactDetails
        fields = ("name", "phone", "email")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the colon to the style."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})

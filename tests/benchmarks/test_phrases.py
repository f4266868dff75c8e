"""The benchmark of phrases measures every page and file, and leaves no phrase behind."""

import pytest

from benchmarks import phrases
from speeches.models import Phrase
from tests.factories import make_meeting, publish


@pytest.mark.django_db
def test_everything_is_measured_for_a_rare_a_usual_and_a_common_phrase(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(make_meeting(remarks=[{"paragraphs": ["两个确立。"]}, {"paragraphs": ["同心圆。"]}]))
    monkeypatch.setattr(phrases, "MOST_SAVING", 60.0)
    monkeypatch.setattr(phrases, "MOST_READING", 60.0)

    assert phrases.bench({"确立": 1, "同心圆": 1, "的": 0}, 2)

    said = capsys.readouterr().out
    assert said.count("saving it to be followed") == 3
    assert not Phrase.objects.exists()

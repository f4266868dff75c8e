"""Suggesting: cue phrases in a remark suggest themes; an editor confirms."""

from speeches.models import CuePhrase, Remark, ThemeSuggestion
from speeches.text.markup import plain_text
from speeches.text.sentences import split_sentences


def suggest_themes(remark: Remark) -> list[ThemeSuggestion]:
    """Store a suggestion for every theme with a cue phrase in the heading or the body.

    The strongest come first: most cue phrases, then most sentences with one. Each keeps the
    first sentence with its longest phrase, so that the editor sees why.
    """
    text = f"{remark.heading}\n{plain_text(remark.body)}"
    sentences = [part.strip() for line in text.split("\n") for part in split_sentences(line)]
    phrases: dict[int, list[str]] = {}
    for theme, phrase in CuePhrase.objects.values_list("theme_id", "phrase"):
        if phrase in text:
            phrases.setdefault(theme, []).append(phrase)
    found = []
    for theme, cues in phrases.items():
        longest = max(cues, key=lambda cue: (len(cue), cue))
        hits = sum(any(cue in sentence for cue in cues) for sentence in sentences)
        suggestion = ThemeSuggestion(
            remark=remark,
            theme_id=theme,
            phrase=longest,
            sentence=next((part for part in sentences if longest in part), longest),
        )
        found.append((-len(cues), -hits, theme, suggestion))
    return ThemeSuggestion.objects.bulk_create(
        suggestion for _cues, _hits, _theme, suggestion in sorted(found, key=lambda row: row[:3])
    )

"""Room: data. What the newsroom keeps, and what must always be true of it.

In: values from moderation/ (working rows, editions, review records, journal).
Out: querysets in newsroom words (`current()`, `in_district()`, `about()`), constraints and
triggers in the database.
May call: text/ only. Importing and moderation know the models; the models know neither.

Direction of dependency inside the room, lower files import only from higher ones:
addressing -> accounts, second_factor, freshness, searches, counts, places, themes, states ->
old_addresses, units -> people -> sources -> import_steps, batches -> meetings -> remarks ->
archive, calls -> schemes, versions -> submissions, reviews -> orders -> edition_base ->
meeting_editions -> editions -> phrases, waiting, search, chain -> journal.
"""

from speeches.models.accounts import User
from speeches.models.archive import RemarkSketch, Reprint, SamenessAnswer
from speeches.models.batches import BatchFile, ImportBatch, QualityReport
from speeches.models.calls import Call, ContactDetails, Contributor, Invitation
from speeches.models.counts import FacetCount
from speeches.models.editions import (
    EditionSpeaker,
    EditionTheme,
    RemarkEdition,
)
from speeches.models.freshness import PageStamp, Purge
from speeches.models.import_steps import ImportStep
from speeches.models.journal import Act, JournalEntry, JournalHead, Result
from speeches.models.meeting_editions import MeetingEdition
from speeches.models.meetings import Byline, Meeting, Picture
from speeches.models.old_addresses import OldAddress
from speeches.models.orders import PublicationOrder
from speeches.models.people import Membership, Person
from speeches.models.phrases import Phrase, PhraseCount, PhraseForm
from speeches.models.places import District
from speeches.models.remarks import Doubt, Remark, Speaker, ThemeSuggestion
from speeches.models.reviews import Decision, Outcome, ReviewRound, ReviewStep
from speeches.models.schemes import ReviewScheme
from speeches.models.search import SearchIndex
from speeches.models.searches import SearchCount
from speeches.models.second_factor import RecoveryCode
from speeches.models.sources import ImportRun, SourceDocument
from speeches.models.states import TextState
from speeches.models.submissions import Delivery, Submission, SubmissionDraft
from speeches.models.themes import CuePhrase, Theme
from speeches.models.units import Unit, UnitAlias
from speeches.models.versions import ReviewComment, TextVersion, VersionEditor, WordingChange

__all__ = [
    "Act",
    "BatchFile",
    "Byline",
    "Call",
    "ContactDetails",
    "Contributor",
    "CuePhrase",
    "Decision",
    "Delivery",
    "District",
    "Doubt",
    "EditionSpeaker",
    "EditionTheme",
    "FacetCount",
    "ImportBatch",
    "ImportRun",
    "ImportStep",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Meeting",
    "MeetingEdition",
    "Membership",
    "OldAddress",
    "Outcome",
    "PageStamp",
    "Person",
    "Phrase",
    "PhraseCount",
    "PhraseForm",
    "Picture",
    "PublicationOrder",
    "Purge",
    "QualityReport",
    "RecoveryCode",
    "Remark",
    "RemarkEdition",
    "RemarkSketch",
    "Reprint",
    "Result",
    "ReviewComment",
    "ReviewRound",
    "ReviewScheme",
    "ReviewStep",
    "SamenessAnswer",
    "SearchCount",
    "SearchIndex",
    "SourceDocument",
    "Speaker",
    "Submission",
    "SubmissionDraft",
    "TextState",
    "TextVersion",
    "Theme",
    "ThemeSuggestion",
    "Unit",
    "UnitAlias",
    "User",
    "VersionEditor",
    "WordingChange",
]

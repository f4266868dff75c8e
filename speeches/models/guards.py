"""Guards of the reviews, on SQLite and PostgreSQL alike.

三审: nobody passes two stages of one round, nobody passes what they have written, no stage comes
before the one ahead of it, and no edition without every stage that its round asks for. Acts of
moderation/ say all this in words first; here it also holds for superusers and for raw SQL.
"""

from speeches.models.trigger_kinds import Guard

_ROUND, _STEP = "speeches_reviewround", "speeches_reviewstep"
_ASKED = (_ROUND, _STEP, "speeches_reviewscheme", "speeches_textversion", "speeches_versioneditor")

# What the engines say differently: the stages of a round one by one, and a value of a stage.
_STAGES = {
    "sqlite": "json_each(r.stages) {0}",
    "postgresql": "jsonb_array_elements(r.stages) WITH ORDINALITY AS {0}(value, key)",
}
_VALUE = {
    "sqlite": "json_extract({0}.value, '$.{1}')",
    "postgresql": "({0}.value->>'{1}')",
}
_SAME_TEXT = (
    "COALESCE({0}.meeting_id, 0) = COALESCE({1}.meeting_id, 0) "
    "AND COALESCE({0}.remark_id, 0) = COALESCE({1}.remark_id, 0)"
)
# A required stage `s` of the round `r` that nobody has passed.
_LACKING = (
    "{s.required} AND NOT EXISTS (SELECT 1 FROM " + _STEP + " done WHERE done.round_id = r.id "
    "AND done.stage = {s.code} AND done.decision IN ('pass', 'proof'))"
)


def _guard(table: str, rule: str, message: str, condition: str, event: str = "INSERT") -> Guard:
    """Return the guard; `condition` may hold {stages:s}, {s.code}, {s.kind} and {s.required}."""
    return Guard(
        table,
        event,
        message,
        rule=rule,
        sqlite=_spelled(condition, "sqlite"),
        postgresql=_spelled(condition, "postgresql"),
        asked=_ASKED,
    )


def _spelled(condition: str, vendor: str) -> str:
    text = condition
    for alias in ("s", "mine"):
        text = text.replace(f"{{stages:{alias}}}", _STAGES[vendor].format(alias))
        for name in ("code", "kind", "required"):
            value = _VALUE[vendor].format(alias, name)
            if name == "required" and vendor == "postgresql":
                value = f"{value}::boolean"
            text = text.replace(f"{{{alias}.{name}}}", value)
    for name, (sqlite, postgresql) in {
        "{scheme}": ("json(stages)", "stages"),
        "{new stages}": ("json(NEW.stages)", "NEW.stages"),
        "{differs from}": ("IS NOT", "IS DISTINCT FROM"),
    }.items():
        text = text.replace(name, sqlite if vendor == "sqlite" else postgresql)
    return text


def _edition_guard(table: str, text: str) -> Guard:
    return _guard(
        table,
        "needs_every_stage",
        f"{table}: this wording has not passed every stage of its round",
        f"NOT EXISTS (SELECT 1 FROM {_ROUND} r, {{stages:s}} WHERE r.id = NEW.round_id "
        f"AND r.{text} = NEW.{text} AND r.fingerprint = NEW.fingerprint AND {{s.required}}) "
        f"OR EXISTS (SELECT 1 FROM {_ROUND} r, {{stages:s}} WHERE r.id = NEW.round_id "
        f"AND {_LACKING}) "
        f"OR EXISTS (SELECT 1 FROM {_STEP} t WHERE t.round_id = NEW.round_id "
        "AND t.decision IN ('return', 'reject'))",
    )


GUARDS: tuple[Guard, ...] = (
    _guard(
        _ROUND,
        "copies_the_scheme",
        f"{_ROUND}: a round asks for the stages as they are configured",
        "{new stages} {differs from} (SELECT {scheme} FROM speeches_reviewscheme "
        "ORDER BY id DESC LIMIT 1)",
    ),
    _guard(
        _ROUND,
        "of_a_version",
        f"{_ROUND}: a round is about a version of its text",
        "NOT EXISTS (SELECT 1 FROM speeches_textversion v WHERE v.id = NEW.version_id "
        f"AND v.fingerprint = NEW.fingerprint AND {_SAME_TEXT.format('v', 'NEW')})",
    ),
    _guard(
        _ROUND,
        "stays_closed",
        f"{_ROUND}: a round that is closed stays so",
        "OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.outcome <> OLD.outcome)",
        event="UPDATE",
    ),
    _guard(
        _STEP,
        "in_an_open_round",
        f"{_STEP}: the round is closed, or was about another wording",
        f"NOT EXISTS (SELECT 1 FROM {_ROUND} r WHERE r.id = NEW.round_id "
        "AND r.closed_at IS NULL AND r.fingerprint = NEW.fingerprint)",
    ),
    _guard(
        _STEP,
        "of_its_stage",
        f"{_STEP}: the round has no such stage, or the stage takes other decisions",
        f"NOT EXISTS (SELECT 1 FROM {_ROUND} r, {{stages:s}} WHERE r.id = NEW.round_id "
        "AND {s.code} = NEW.stage AND ({s.kind} = 'proof') = (NEW.decision = 'proof'))",
    ),
    _guard(
        _STEP,
        "in_order",
        f"{_STEP}: an earlier stage has not been passed",
        f"NEW.decision = 'pass' AND EXISTS (SELECT 1 FROM {_ROUND} r, {{stages:mine}}, "
        "{stages:s} WHERE r.id = NEW.round_id AND {mine.code} = NEW.stage "
        f"AND s.key < mine.key AND {_LACKING})",
    ),
    _guard(
        _STEP,
        "not_by_an_editor",
        f"{_STEP}: nobody passes a version that they have edited",
        f"NEW.decision = 'pass' AND EXISTS (SELECT 1 FROM {_ROUND} r WHERE r.id = NEW.round_id "
        "AND (EXISTS (SELECT 1 FROM speeches_versioneditor e WHERE e.version_id = r.version_id "
        "AND e.editor_id = NEW.reviewer_id) "
        "OR EXISTS (SELECT 1 FROM speeches_wordingchange c WHERE c.by_id = NEW.reviewer_id "
        f"AND c.fingerprint = r.fingerprint AND {_SAME_TEXT.format('c', 'r')})))",
    ),
    _guard(
        "speeches_invitation",
        "opens_once",
        "speeches_invitation: a link that was used stays used",
        "OLD.used_at IS NOT NULL AND NEW.used_at {differs from} OLD.used_at",
        event="UPDATE",
    ),
    _edition_guard("speeches_meetingedition", "meeting_id"),
    _edition_guard("speeches_remarkedition", "remark_id"),
)

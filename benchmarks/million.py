"""A made-up archive of a million remarks on PostgreSQL, filled by the database itself.

Remarks are short: what is looked at are plans, and a slim table tempts the planner to read all of
it sooner than a real one. Triggers and foreign keys are lifted meanwhile, which takes a superuser.
"""

from __future__ import annotations

from django.db import connection, transaction

from speeches.moderation.counting import recount
from speeches.search.storage import storage

REMARKS = 1_000_000
A_MEETING = 50
DISTRICTS, UNITS, PEOPLE, THEMES = 18, 600, 5_000, 24
# Each stands in about one remark of as many as its number says.
WORDS = {"社区": 3, "水渠": 20, "榫卯": 100, "麒麟": 1_000, "鹦鹉": 20_000}

_MEETINGS = """
INSERT INTO speeches_district (id, code, name, kind)
SELECT n, (990000 + n)::text, '第' || n || '区', 'district' FROM generate_series(1, {districts}) n;

INSERT INTO speeches_unit (id, name, kind, district_id)
SELECT n, '第' || n || '委员会', 'other', n % {districts} + 1 FROM generate_series(1, {units}) n;

INSERT INTO speeches_person (id, name, note)
SELECT n, '委员' || n, '' FROM generate_series(1, {people}) n;

INSERT INTO speeches_theme (id, slug, name, position, parent_id)
SELECT n, 'theme-' || n, '主题' || n, n, CASE WHEN n > {themes} / 4 THEN n % ({themes} / 4) + 1 END
FROM generate_series(1, {themes}) n;

INSERT INTO speeches_meeting (id, state, fingerprint, created_at, edited_at, kicker, title,
    subtitle, name, held_from, held_on_text, place, introduction, newspaper, page_number)
SELECT n, 'published', '', now(), now(), '', '第' || n || '次协商会', '', '',
    date '2005-01-01' + n * 7300 / {meetings}, '', '', '[]', '', ''
FROM generate_series(1, {meetings}) n;

INSERT INTO speeches_textversion (id, meeting_id, number, occasion, fingerprint, content,
    changes_until, made_at)
SELECT n, n, 1, 'review', '', '{{}}', 0, now() FROM generate_series(1, {meetings}) n;

INSERT INTO speeches_reviewround (id, meeting_id, version_id, fingerprint, stages, opened_at,
    outcome)
SELECT n, n, n, '', '["final"]', now(), '' FROM generate_series(1, {meetings}) n;

INSERT INTO speeches_meetingedition (id, number, fingerprint, round_id, responsibility, date,
    year, published_at, meeting_id, kicker, title, subtitle, name, held_from, held_on_text, place,
    host_id, introduction, bylines, pictures, newspaper, page_number)
SELECT id, 1, '', id, '[]', held_from, extract(year FROM held_from), held_from + time '12:00', id,
    '', title, '', '', held_from, '', '', id % {units} + 1,
    jsonb_build_array(repeat('会议在市政协召开。', 60)), '[]', '[]', '', ''
FROM speeches_meeting
"""

# Which unit, person and theme a remark has goes by a hash: neighbours do not resemble each other.
_REMARKS = """
CREATE TEMPORARY TABLE drawn AS
SELECT n, (n - 1) / {a_meeting} + 1 AS meeting, (n - 1) %% {a_meeting} + 1 AS place,
    abs(hashint8(n) %% {units}) + 1 AS unit, abs(hashint8(n + 7) %% {people}) + 1 AS person,
    {themes} / 4 + abs(hashint8(n + 11) %% ({themes} - {themes} / 4)) + 1 AS theme,
    (SELECT coalesce(string_agg(word, ''), '') FROM unnest(%s::text[], %s::int[]) w (word, often)
     WHERE hashint8extended(n, often) %% often = 0) AS words
FROM generate_series(1, {remarks}) n;

INSERT INTO speeches_remark (id, state, fingerprint, created_at, edited_at, meeting_id, position,
    heading, unit_as_printed, post_as_printed, unit_id, district_id, body)
SELECT n, 'published', '', now(), now(), meeting, place, '第' || n || '号发言', '第' || unit ||
    '委员会', '主任', unit, unit %% {districts} + 1, '[]' FROM drawn;

INSERT INTO speeches_remarkedition (id, number, fingerprint, round_id, responsibility, date, year,
    published_at, remark_id, meeting_id, meeting_edition_id, position, heading, unit_as_printed,
    post_as_printed, speakers_as_printed, paragraphs, text, html, excerpt, district_id, unit_id)
SELECT n, 1, '', meeting, '[]', m.date, m.year, m.published_at, n, meeting, meeting, d.place,
    '第' || n || '号发言', '第' || unit || '委员会', '主任', '委员' || person,
    jsonb_build_array('<p>提出建议' || words || '。</p>'), '提出建议' || words || '。',
    '<p id="p1">提出建议' || words || '。</p>', '提出建议' || words || '。',
    unit %% {districts} + 1, unit
FROM drawn d JOIN speeches_meetingedition m ON m.id = meeting;

INSERT INTO speeches_editionspeaker (edition_id, position, name_as_printed, person_id)
SELECT n, 1, '委员' || person, person FROM drawn;

INSERT INTO speeches_editiontheme (edition_id, theme_id, inherited)
SELECT n, theme, false FROM drawn
UNION ALL SELECT n, parent_id, true FROM drawn JOIN speeches_theme t ON t.id = theme;

INSERT INTO {index} (id, body, heading, unit, people, overlong, tokens)
SELECT n, '提出建议' || words, '第' || n || '号发言', '第' || unit || '委员会', '委员' || person,
    false, array_to_tsvector(ARRAY['提出', '出建', '建议', '号发', '发言', '委员', '员会'] ||
        regexp_split_to_array(trim(regexp_replace(words, '(..)', ' \\1', 'g')), ' +'))
FROM drawn WHERE words <> '';

INSERT INTO {index} (id, body, heading, unit, people, overlong, tokens)
SELECT n, '提出建议', '第' || n || '号发言', '第' || unit || '委员会', '委员' || person,
    false, array_to_tsvector(ARRAY['提出', '出建', '建议', '号发', '发言', '委员', '员会'])
FROM drawn WHERE words = '';

DROP TABLE drawn
"""


def fill(remarks: int = REMARKS) -> None:
    """Fill an empty database: remarks in meetings of fifty, over twenty years."""
    index = storage()
    sizes = {
        "remarks": remarks,
        "meetings": remarks // A_MEETING,
        "a_meeting": A_MEETING,
        "districts": DISTRICTS,
        "units": UNITS,
        "people": PEOPLE,
        "themes": THEMES,
        "index": index.name,
    }
    index.drop()
    index.create()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_MEETINGS.format(**sizes))
        cursor.execute(_REMARKS.format(**sizes), [list(WORDS), list(WORDS.values())])
    index.finish()
    recount()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

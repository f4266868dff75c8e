"""Room: the reading site.

Its one job: a page for every public address, one subject a file (`remarks.py`, `units.py`…);
`pages.py` has what all pages share, `paging.py` what all lists share.
In: anonymous readers, GET and HEAD requests; `reading.py` alone takes a form, the visitor's own
choice of type and colours.
Out: pages rendered from current editions and nothing else, the same for everybody; no session, no
cookie but that choice (seen by `/reading/` alone), and as many queries with a thousand remarks as
with ten.
May call: records/, filters, models/. Never moderation/ or admin/.
"""

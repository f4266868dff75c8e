"""Room: feeds, Atom and RSS, of everything and of every combination of filters.

In: anonymous feed readers, GET and HEAD requests only, with the filter's parameters.
Out: what was published, corrected and withdrawn, the latest change first, in pages (RFC 5005).
A withdrawn text leaves a tombstone (RFC 6721) with its id and the moment, and nothing of itself.
May call: answering, records/, filters, models/. Never moderation/ or admin/.
"""

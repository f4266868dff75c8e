"""Room: search. It finds the current remarks in which something stands, to the character.

Its one job: an index of what is public, and questions to it. The rules are in docs/search.md.
In: editions, from moderation/, in the transaction that makes them public or takes them back; what
a reader typed, as a string.
Out: which editions are found, in which order, and the passages in which the words stand.
May call: models/ and text/. `sqlite.py` and `postgresql.py` are the two back ends behind
`storage.py`; nothing else knows how an index is kept.
"""

"""Room: the only one that changes public state.

Its one job: one act a file (take in, edit, arrange, review, publish, withdraw, name), each a
keyword-only typed function that checks, changes and writes the journal in one transaction.
In: working rows, the acting user and the clock, as arguments.
Out: working rows, review records, editions and journal entries; `Refused` when an act is not
allowed, with a sentence for the person who tried it.
May call: models/, text/; intake also calls importing/. Admin, commands and later doors call it.
"""

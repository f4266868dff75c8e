"""Chinese text as plain Python.

Its one job: what every other room needs to know about Chinese text, with no thought of
newspapers' pages or databases. What comes in: strings (and a date, where a year has to be
supplied). What goes out: strings, dates, numbers and small frozen values. Whom it may call:
nobody; the standard library, and OpenCC for `searchable`. It is floor 0.
"""

"""Benchmarks: how fast the project is, always as a ratio or a growth measured in one run.

Nothing here is needed to run the site; ``make bench`` calls ``speed``, ``make bench-import`` calls
``importing``, ``make bench-search`` calls ``search``. ``archive`` writes the archives.
"""

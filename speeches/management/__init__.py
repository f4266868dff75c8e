"""Room: commands. They parse arguments and call one function of a room below.

In: command lines. Out: lines for people, JSON for programs, exit codes.
May call: every room below.
"""

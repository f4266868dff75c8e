"""Room: what the doors through which people write share, the desk and the units' pages.

In: requests and forms of signed-in people, versions of texts. Out: acts done or refused, clean
bodies, marked copies for templates, sign-outs in the journal. May call: moderation/, models/,
text/. Never a door itself.
"""

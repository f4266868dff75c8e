"""Room: the contributing units' own pages; they never enter the admin.

In: accounts of contributing units, signed in or with a link of the newsroom. Out: their pages;
what they write and hand in goes through the acts of moderation/.
May call: doors/, moderation/, importing/, models/, text/. Never admin/ or public/.
"""

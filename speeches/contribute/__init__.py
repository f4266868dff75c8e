"""Room: the contributing units' own pages; they never enter the admin.

In: accounts of contributing units, signed in. Out: their pages.
May call: moderation/, records/, models/. Never admin/ or public/.
"""

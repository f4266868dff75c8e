"""Room: the newsroom's desk, Django's admin in Chinese.

In: editors, moderators and administrators, signed in and with the permission of the act.
Out: calls of moderation/, one an act; nothing public is changed here directly.
May call: moderation/, records/, filters, importing/, models/, text/. Never public/.
"""

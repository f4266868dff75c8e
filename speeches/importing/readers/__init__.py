"""Readers: one file for each format, all giving the same shape.

Their one job: the text of a file and where on the page it stands, nothing about what it says.
What comes in: the bytes of one file and, for text and web pages, the encoding an editor named.
What goes out: a Reading, or UnreadableSource. Whom they may call: ``speeches.text``, the refusals,
and the library of their format.

``text`` runs where it is called. ``word``, ``web``, ``pdf`` and ``ofd`` run in a child process
under limits: ``speeches.importing.confinement`` starts it, ``__main__`` is what it runs. Only the
child imports the libraries of the formats. ``picture``, which runs there too, draws a page.
"""

# What the child is asked for in place of a format, and how its answer then begins.
DRAWING = "picture"
PNG = b"\x89PNG\r\n\x1a\n"

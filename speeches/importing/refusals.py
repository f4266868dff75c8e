"""The reasons for which a page is not imported, each with one line that tells an editor what to
do.
"""

from __future__ import annotations

TOO_COMPLEX = "文件过于复杂，读取时超出了时间或内存的限制，请拆分或另存为 .txt 后再导入。"


class ImportRefused(Exception):
    """The page cannot be imported; ``str(error)`` is one line in Chinese: what is wrong and what
    to do.
    """


class UnreadableSource(ImportRefused):
    """No text can be had of the file: empty, too large, damaged, protected, of a kind that has no
    reader or of another kind than its name says.
    """


class NotADigest(ImportRefused):
    """The text is readable, but no remark was found in it."""

"""Printing: a page of HTML as a PDF file, by a renderer that fetches nothing."""

from django.utils.translation import gettext as _

from speeches.moderation.refusals import Refused


def pdf_of(html: str, *, style: str) -> bytes:
    """Return the page as PDF, set by this style sheet and with the system's fonts.

    Refused, with what is to be installed, where the libraries of the renderer are missing. It is
    imported here, so that a site that prints nothing needs none of them. Whatever the page names
    outside itself (pictures, style sheets, files of the server) is left out.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as missing:
        raise Refused(
            _(
                "这台服务器还不能制作 PDF：缺少程序库。请系统管理员安装 Debian 软件包 "
                "libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0 之后再试。"
            )
        ) from missing
    nothing = URLFetcher(allowed_protocols=())
    page = HTML(string=html, url_fetcher=nothing)
    sheet = CSS(string=style, url_fetcher=nothing)
    pdf: bytes = page.write_pdf(stylesheets=[sheet], pdf_tags=True)
    return pdf

"""The rich-text editor: what its toolbar offers and what its client-side filter lets through.

The filter of the editor is a comfort, not a boundary: `speeches.text.markup` cleans everything
on the server. `divarea` keeps the editor inside the page, which lets it run under a
Content-Security-Policy without inline scripts (docs/decisions/0004-ckeditor-4.md).
"""

# Plugins that offer what a remark may not hold, or that ask other hosts.
_UNWANTED = (
    "about,autoembed,bidi,colorbutton,colordialog,contextmenu,copyformatting,"
    "dialogadvtab,div,elementspath,embed,embedbase,embedsemantic,exportpdf,filebrowser,"
    "filetools,find,flash,font,forms,horizontalrule,iframe,image,justify,language,"
    "liststyle,magicline,maximize,newpage,notificationaggregator,pagebreak,"
    "pastefromgdocs,preview,print,save,scayt,selectall,showblocks,smiley,sourcearea,"
    "specialchar,table,tableselection,tabletools,templates,uploadimage,uploadwidget,wsc"
)

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            ["Bold", "Italic", "-", "NumberedList", "BulletedList", "Blockquote"],
            ["Link", "Unlink", "-", "Format", "RemoveFormat", "-", "Undo", "Redo"],
        ],
        "format_tags": "p;h2;h3",
        "allowedContent": "p h2 h3 blockquote ul ol li strong em br; a[!href]",
        "disallowedContent": "script; iframe; *[on*]; *{*}; *(*)",
        "extra_plugins": ["divarea"],
        "removePlugins": _UNWANTED,
        # “ and ” stay characters, so that a search for a quoted phrase finds it.
        "entities": False,
        "basicEntities": True,
        "forcePasteAsPlainText": True,
        "disableNativeSpellChecker": True,
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
        "language": "zh-cn",
        "height": 320,
        "width": "100%",
    }
}

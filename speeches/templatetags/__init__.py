"""Room: words and marks for templates.

In: values of a template's context.
Out: their Chinese wording, addresses, and the one place where approved HTML is let through.
May call: records/, filters, models/, text/. No query is made here.
"""

# The front cache of one site. How and why: docs/front-cache.md, docs/decisions/0017-front-cache.md.
#
# Kept is only what says `s-maxage`, until the site says PURGE and for a day at most; nothing that
# was purged, or has expired, is ever served again. Needs Debian's varnish and varnish-modules.
vcl 4.1;

import cookie;
import std;
import var;

# The address that gunicorn listens at.
backend gunicorn {
    .host = "127.0.0.1";
    .port = "8000";
    # Reading an uploaded file takes up to 25 seconds.
    .first_byte_timeout = 60s;
}

# Where the site's background worker sends from.
acl site {
    "127.0.0.1";
    "::1";
}

sub vcl_init {
    # Changes with every purge. Only a start sets it: a reload must not bring an old value back.
    if (!var.global_get("purge")) {
        var.global_set("purge", "none");
    }
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # What nginx passes on comes from this machine too, but names the visitor's scheme.
        if (client.ip !~ site || req.http.X-Forwarded-Proto) {
            return (synth(405));
        }
        # First this: what is being fetched meanwhile is told by it, below.
        var.global_set("purge", req.xid);
        # The page with every query, under whatever name of the site it was asked for.
        if (!std.ban("obj.http.x-page == " + req.url)) {
            return (synth(503));
        }
        return (synth(200));
    }
    if (req.method != "GET" && req.method != "HEAD" && req.method != "POST") {
        return (synth(405));
    }
    # gunicorn would take these for the address itself.
    unset req.http.PATH_INFO;
    unset req.http.SCRIPT_NAME;
    if (req.url ~ "^/(admin|account|contribute)(/|\?|$)") {
        return (pass);
    }
    # Public pages are the same for everybody, but for the reader's own style sheet.
    if (req.url ~ "^/reading/") {
        cookie.parse(req.http.Cookie);
        cookie.keep("reading");
        set req.http.Cookie = cookie.get_string();
        if (req.http.Cookie == "") {
            unset req.http.Cookie;
        }
    } else {
        unset req.http.Cookie;
    }
    # A second spelling of an address, /%72emarks/, would outlive the purge of the first.
    if (req.url ~ "^[^?]*%") {
        return (pass);
    }
}

sub vcl_miss {
    var.set("fetches", "yes");
}

sub vcl_backend_fetch {
    var.set("purge", var.global_get("purge"));
    if (!bereq.uncacheable) {
        # Shorter than the outbox waits before it sends every purge a second time.
        set bereq.first_byte_timeout = 30s;
    }
}

sub vcl_backend_response {
    # Never an old page while a new one is made: it may be one that was withdrawn.
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.Content-Type ~ "^(text/|application/(atom|rss|xml|json|ld))") {
        set beresp.do_gzip = true;
    }
    if (beresp.http.Cache-Control !~ "(^|[ ,])s-maxage=[1-9]") {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
        return (deliver);
    }
    if (var.get("purge") != var.global_get("purge")) {
        # Something was purged while this was made, which may be from before the change.
        set beresp.ttl = 0s;
        return (deliver);
    }
    set beresp.http.x-page = regsub(bereq.url, "\?.*", "");
    set beresp.http.x-purge = var.get("purge");
}

sub vcl_deliver {
    # A purge may have come between the comparison above and the moment at which the page was
    # kept. By now it is kept, so that a ban reaches it.
    if (var.get("fetches") && resp.http.x-page && resp.http.x-purge != var.global_get("purge")) {
        ban("obj.http.x-page == " + resp.http.x-page);
    }
    # No cache further out hears of changes.
    if (resp.http.Cache-Control ~ "s-maxage") {
        set resp.http.Cache-Control = "no-cache";
    }
    unset resp.http.x-page;
    unset resp.http.x-purge;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    unset resp.http.Age;
}

sub vcl_synth {
    synthetic(resp.reason);
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    return (deliver);
}

sub vcl_backend_error {
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "10";
    set beresp.ttl = 0s;
    synthetic("网站暂时无法访问，请稍后再试。");
    return (deliver);
}

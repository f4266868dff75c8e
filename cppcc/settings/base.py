"""Settings shared by every environment; values come from the environment, see README.md."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from cppcc.release import release_of
from cppcc.settings import environment
from cppcc.settings.caching import caches
from cppcc.settings.databases import database
from cppcc.settings.editor import CKEDITOR_CONFIGS as CKEDITOR_CONFIGS

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(environment.text("VAR_DIR") or BASE_DIR / "var")

DEBUG = False
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
SITE_NAME = environment.text("SITE_NAME", "摘编")
# Where the site is seen from outside, for links in mails; its host is part of the ids of feeds.
SITE_URL = environment.web_address("SITE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "speeches.admin.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "ckeditor",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "speeches",
]

MIDDLEWARE = [
    "cppcc.origin.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "speeches.admin.second_factor_door.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cppcc.urls"
WSGI_APPLICATION = "cppcc.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    # The pages that readers see, by the names they have under templates/jinja2/; asked first.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"environment": "cppcc.jinja2.environment"},
    },
    # Everything that people write with: the desk, the contributing units' pages, accounts.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cppcc.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": database(
        environment.text("DATABASE_URL"), default_file=VAR_DIR / "zhaibian.sqlite3"
    ),
}

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Hashed names beside the plain ones: CKEditor asks for its plugins by unhashed names.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The import page answers for its own limit (20 MB); this bounds everything else that is posted.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# A folder of pages may be uploaded at once; the web server writes large files to the disk.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# --- Work in the background ------------------------------------------------------------------

# Tasks stand in the database, whichever it is; `manage.py db_worker` does them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Copies of pages -------------------------------------------------------------------------

# Caches in front of the site that are told with PURGE which addresses have changed; only with one
# of them may shared caches keep pages.
FRONT_CACHES = environment.origins("FRONT_CACHES")
# Enters every page's ETag: pages of another release may look different.
RELEASE = environment.text("RELEASE") or release_of(
    BASE_DIR / "requirements.txt",
    *(BASE_DIR / name for name in ("cppcc", "speeches", "static", "templates")),
    words=[SITE_NAME],
)

# Rendered pages are kept in Django's cache: the workers' own memory, or one Redis for all of them.
KEEP_PAGES = environment.flag("KEEP_PAGES", default=True)
CACHES = caches(environment.text("REDIS_URL"))

# --- Mail --------------------------------------------------------------------------------------

# Without a mail server, mails are printed by the background worker.
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = environment.number("EMAIL_PORT", default=587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# --- Accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "speeches.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = environment.number("SIGN_IN_FAILURE_LIMIT", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=environment.number("SIGN_IN_LOCKOUT_MINUTES", default=30))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_VERBOSE = False

# "required": whoever may approve or change accounts needs a code from a phone; "optional": nobody
# does. Whoever has set it up is asked for it either way.
SECOND_FACTORS = ("required", "optional")
SECOND_FACTOR = environment.one_of("SECOND_FACTOR", SECOND_FACTORS, default="required")
OTP_TOTP_ISSUER = SITE_NAME
# One step of 30 seconds before and after, always: phones know the time.
OTP_TOTP_SYNC = False

# Idle sign-out: every request of a signed-in person moves the end of the session forward.
SESSION_COOKIE_AGE = 60 * environment.number("IDLE_MINUTES", default=30)
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cppcc.errors.csrf_failure"

# How long the newsroom keeps the contact details of whoever writes for a unit, from the last remark
# they handed in; `manage.py clear_contact_details` deletes what is due.
CONTACT_DETAILS_DAYS = environment.number("CONTACT_DETAILS_DAYS", default=180)

# --- What a browser may load -----------------------------------------------------------------

# Proxies whose X-Forwarded-For tells the visitor's address; "" believes nobody.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

# The editor of bodies, for staff and contributors only: a form widget by its dotted name.
RICH_TEXT_WIDGET = "ckeditor.widgets.CKEditorWidget"
# CKEditor 4 is unmaintained; the controls that answer for it are in docs/decisions/.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}

"""Settings of the workspace. Whatever differs between two installations comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from bosett.basis.languages import LANGUAGE_NAMES
from bosett.documents.open_data import OpenDataHome
from bosett_web.config.logs import configure
from bosett_web.dispatch import choice_of
from bosett_web.operations.environment import CHECKOUT, Misconfigured, database, flag, hosts, in_checkout, secret_key
from bosett_web.operations.mailing import address_of, mail_way
from bosett_web.operations.sender import sender_of
from bosett_web.operations.settings_list import read_environment

ENVIRONMENT = read_environment()
if not ENVIRONMENT.get("BOSETT_VAR") and not in_checkout():
    raise Misconfigured("BOSETT_VAR is not set: name the folder in which the workspace keeps what it keeps")
VAR = Path(ENVIRONMENT.get("BOSETT_VAR") or CHECKOUT / "var")
os.umask(0o077)  # letters, keys and logs are for who runs the workspace alone

DEMO = flag("BOSETT_DEMO")
BEHIND_PROXY = flag("BOSETT_BEHIND_PROXY")
DEBUG = False
SECRET_KEY = secret_key(VAR, demo=DEMO, of=ENVIRONMENT)
ALLOWED_HOSTS = hosts(demo=DEMO, of=ENVIRONMENT)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "bosett_web.accounts",
    "bosett_web.records",
    "bosett_web.journal",
    "bosett_web.jobs",
    "bosett_web.screens",
    "bosett_web.operations",
]

MIDDLEWARE = [
    "bosett_web.config.transport.TransportMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bosett_web.api.middleware.OpenMiddleware",  # around all that may answer for the API
    "bosett_web.screens.site.middleware.NulMiddleware",  # before anything is looked up, the session too
    "bosett_web.screens.site.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bosett_web.screens.frame.SeatMiddleware",
    "bosett_web.screens.site.desk.DeskMiddleware",
]

ROOT_URLCONF = "bosett_web.config.urls"
WSGI_APPLICATION = "bosett_web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": {
        **database(ENVIRONMENT.get("DATABASE_URL") or "postgresql:///bosett"),
        "ATOMIC_REQUESTS": False,  # an action is its own transaction
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,  # else connections stay dead after a restart of the database
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO  # the demo alone is met without TLS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bosett_web.screens.site.faults.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A noun's templates lie beside its screens; what several share lies in `templates`.
        "DIRS": [Path(__file__).resolve().parents[1] / "screens"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bosett_web.screens.frame.frame",
            ],
            # A word that a page asks for and nobody gave: found by the tests.
            "string_if_invalid": "MISSING-IN-TEMPLATE:%s" if flag("BOSETT_TESTING") else "",
        },
    }
]

USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
LANGUAGE_CODE = "nb"
LANGUAGES = [*LANGUAGE_NAMES.items()]
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILE_UPLOAD_PERMISSIONS = 0o600
# A checkout has them from npm; a wheel carries them (tools/build_hook.py).
PARTS = {
    "designsystemet": "node_modules/@digdir/designsystemet-css/dist",
    "inter": "node_modules/@fontsource-variable/inter/files",
    "papaparse": "node_modules/papaparse",
}
CARRIED = Path(__file__).resolve().parents[1] / "parts"
STATICFILES_DIRS = [(name, CHECKOUT / place if in_checkout() else CARRIED / name) for name, place in PARTS.items()]
WHITENOISE_ALLOW_ALL_ORIGINS = False

DISPATCH = choice_of(ENVIRONMENT, VAR / "dispatch")

MAIL = mail_way(ENVIRONMENT, demo=DEMO)
MAIL_ON = MAIL.is_on
EMAIL_BACKEND, EMAIL_FILE_PATH, EMAIL_TIMEOUT = MAIL.backend, VAR / "mail", 20
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.host, MAIL.port, MAIL.starttls, MAIL.tls
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, DEFAULT_FROM_EMAIL = MAIL.user, MAIL.password, MAIL.sender
ADDRESS = address_of(ALLOWED_HOSTS, ENVIRONMENT.get("PORT", ""), demo=DEMO)

OPEN_DATA = OpenDataHome(
    address=f"{ADDRESS}/data",
    organisation="987879696",  # the directorate's, as in Enhetsregisteret
    contact="post@imdi.no",
    license_name="NLOD-2.0",
    license_title="Norsk lisens for offentlige data (NLOD) 2.0",
    license_address="https://data.norge.no/nlod/no/2.0",
)

SENDER = sender_of(ENVIRONMENT)

BORDERS = Path(ENVIRONMENT["BOSETT_BORDERS"]) if ENVIRONMENT.get("BOSETT_BORDERS") else None

ASK_PUBLISHERS = flag("BOSETT_ASK_PUBLISHERS", default=not DEMO)

OIDC_ISSUER = ENVIRONMENT.get("OIDC_ISSUER", "")
OIDC_CLIENT_ID = ENVIRONMENT.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = ENVIRONMENT.get("OIDC_CLIENT_SECRET", "")
OIDC_RESOURCE = ENVIRONMENT.get("OIDC_RESOURCE", "")  # an Altinn resource; empty asks for the employer's number
OIDC_ACR = ENVIRONMENT.get("OIDC_ACR") or "substantial"

METRICS_TOKEN = ENVIRONMENT.get("BOSETT_METRICS_TOKEN", "")

LOGGING_CONFIG = None
configure(ENVIRONMENT.get("BOSETT_LOG_LEVEL", "INFO"))

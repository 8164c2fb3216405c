"""One truth from the environment; production is the default (docs/deployment.md lists every name)."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from botocore.config import Config
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from liaison.settings.env import env_bool, env_database, env_int, env_list, env_redis, env_text
from liaison.settings.sms import env_gateways, env_sms

# ModelForm[…], ModelChoiceField[…] and their like at run time, as the type checker reads them.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- which installation this is -------------------------------------------------------------------
DEMO = env_bool("LIAISON_DEMO", default=False)
DEBUG = env_bool("LIAISON_DEBUG", default=False)
SECRET_KEY = env_text("LIAISON_SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("LIAISON_OLD_SECRET_KEYS", "")
PROXIES = env_int("LIAISON_PROXIES", 0, most=5)
"How many reverse proxies of ours stand before the web server; each adds one address to X-Forwarded-For."
ALLOWED_HOSTS = env_list("LIAISON_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO else None)
DATA_DIR = Path(env_text("LIAISON_DATA_DIR", str(BASE_DIR / "var") if DEMO else None))
PORTAL_URL = env_text("LIAISON_PORTAL_URL", "http://127.0.0.1:8000" if DEMO else None).rstrip("/")
ISSUE_NUMBER_PREFIX = env_text("LIAISON_ISSUE_PREFIX", "沿企诉")
SUPERVISOR_NUMBER_PREFIX = env_text("LIAISON_SUPERVISOR_PREFIX", "沿营监聘")
DISTRICT_NAME = env_text("LIAISON_DISTRICT", "沿滩区")
DISTRICT_NAME_EN = env_text("LIAISON_DISTRICT_EN", "Yantan District")
DESK_PHONE = env_text("LIAISON_DESK_PHONE", "0813-0000000")

MIN_SECRET_LENGTH = 50
if not DEMO:
    if DEBUG:
        message = "LIAISON_DEBUG shows source code to visitors; it is allowed only with LIAISON_DEMO=1. / 生产环境不得开启调试。"
        raise ImproperlyConfigured(message)
    if len(SECRET_KEY) < MIN_SECRET_LENGTH or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure"):  # noqa: PLR2004
        message = "LIAISON_SECRET_KEY must be at least 50 random characters. / 密钥须为至少 50 位随机字符。"
        raise ImproperlyConfigured(message)
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        message = "LIAISON_ALLOWED_HOSTS must name the portal's own hosts, not '*'. / 必须列出门户自己的域名。"
        raise ImproperlyConfigured(message)
    if not PORTAL_URL.startswith("https://"):
        message = "LIAISON_PORTAL_URL must start with https://. / 门户地址必须以 https:// 开头。"
        raise ImproperlyConfigured(message)
    if not validate_host(urlsplit(PORTAL_URL).hostname or "", ALLOWED_HOSTS):
        message = "LIAISON_PORTAL_URL must lead to one of LIAISON_ALLOWED_HOSTS. / 门户地址的域名必须列入允许的主机。"
        raise ImproperlyConfigured(message)

# --- applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "liaison.moments",
    "liaison.audit",
    "liaison.accounts",
    "liaison.parameters",
    "liaison.ui",
    "liaison.workdays",
    "liaison.files",
    "liaison.notifications",
    "liaison.clocks",
    "liaison.administration",
    "enterprises",
    "issues",
    "events",
    "supervision",
    "liaison.demo",
]
MIDDLEWARE = [
    "liaison.notifications.health.probe",
    "liaison.accounts.middleware.real_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "liaison.ui.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "liaison.accounts.middleware.session_limits",
    "liaison.accounts.middleware.language_of_user",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "liaison.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liaison.ui.middleware.LostRaceMiddleware",
    "liaison.audit.middleware.refusals",
]
ROOT_URLCONF = "liaison.urls"
WSGI_APPLICATION = "liaison.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liaison.ui.context.portal",
                "liaison.ui.context.portal_time",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- database, broker, cache ----------------------------------------------------------------------
DATABASES = {"default": env_database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CELERY_BROKER_URL = env_redis("REDIS_URL")
# The cache holds request limits: they must survive an emptied Redis, so it is a table (made by a migration of accounts).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "liaison_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["liaison.accounts.backends.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "liaison.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# accounts lies below notifications: the adapter that can write to people is the upper room's
ACCOUNT_ADAPTER = "liaison.notifications.adapter.AccountAdapter"
# The field also takes a confirmed e-mail address (SignInBackend); the address itself is ours, not allauth's.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "liaison.accounts.forms.sign_in.SignInForm",
    "signup": "liaison.accounts.forms.sign_in.SignUpForm",
    "change_password": "liaison.accounts.forms.sign_in.PasswordChangeForm",
    "reset_password": "liaison.accounts.forms.sign_in.PasswordResetForm",
    "reset_password_from_key": "liaison.accounts.forms.sign_in.NewPasswordForm",
    "reauthenticate": "liaison.accounts.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# The account lock of liaison.accounts.lockout is atomic; allauth's own counter is not.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "120/m/ip", "signup": "20/m/ip", "reset_password": "20/m/ip,5/m/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Liaison"
MFA_ADAPTER = "liaison.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are a little off; a code is good once all the same (accounts.second_factor)
MFA_FORMS = {
    "authenticate": "liaison.accounts.forms.sign_in.CodeForm",
    "reauthenticate": "liaison.accounts.forms.sign_in.CodeAgainForm",
    "activate_totp": "liaison.accounts.forms.sign_in.AppForm",
}
STAFF_SECOND_FACTOR = env_bool("LIAISON_STAFF_SECOND_FACTOR", default=not DEMO)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = env_int("LIAISON_SESSION_IDLE", 1800, least=60)
SESSION_ABSOLUTE_SECONDS = env_int("LIAISON_SESSION_ABSOLUTE", 12 * 3600, least=300)
SIGN_IN_FAILURES_PER_ACCOUNT = env_int("LIAISON_SIGN_IN_FAILURES", 5, least=3)
SIGN_IN_FAILURES_PER_ADDRESS = env_int("LIAISON_SIGN_IN_FAILURES_PER_ADDRESS", 50, least=10)
SIGN_IN_FAILURES_EVERYWHERE = env_int("LIAISON_SIGN_IN_FAILURES_EVERYWHERE", 300, least=20)
"So many failed tries from all addresses together within the window below are an attack: only known devices sign in."
SIGN_IN_LOCK_SECONDS = env_int("LIAISON_SIGN_IN_LOCK", 900, least=60)
DEVICE_COOKIE_NAME, DEVICE_COOKIE_SECONDS = "device", 180 * 24 * 3600

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "liaison" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
MOVABLE_CLOCK = DEMO
"Whether portal time can be moved (manage.py demo_clock): then one small row is read once a second."
FORMAT_MODULE_PATH = ["liaison.ui.formats"]

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = DEMO
MEDIA_ROOT = DATA_DIR / "files"
if not DEMO and MEDIA_ROOT.exists() and MEDIA_ROOT.stat().st_mode & 0o007:
    message = f"{MEDIA_ROOT} can be read by other users of this machine: chmod o= it. / 附件目录对其他用户可读,请收紧权限。"
    raise ImproperlyConfigured(message)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "liaison.files.uploads.BoundedUploadHandler"]
X_ACCEL = env_text("LIAISON_X_ACCEL", "")  # the internal nginx location that shows MEDIA_ROOT, such as /protected/
FONT_DIRS = [str(BASE_DIR / "fonts"), *env_list("LIAISON_FONT_DIRS", "")]
"Where documents find their fonts: what `make install` merged, then folders with fonts for rarer characters."
S3_BUCKET = env_text("LIAISON_S3_BUCKET", "")
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env_text("LIAISON_S3_ENDPOINT", "") or None,
            "region_name": env_text("LIAISON_S3_REGION", "us-east-1"),
            "access_key": env_text("LIAISON_S3_ACCESS_KEY"),
            "secret_key": env_text("LIAISON_S3_SECRET_KEY"),
            "file_overwrite": False,  # no default_acl: objects are private unless said otherwise, and newer buckets refuse any
            "max_memory_size": 2_621_440,  # a download rolls over to disk beyond this
            "client_config": Config(
                s3={"addressing_style": env_text("LIAISON_S3_ADDRESSING", "auto")},
                signature_version="s3v4",
                connect_timeout=5,
                read_timeout=30,
                request_checksum_calculation="when_required",  # other makers' servers know no newer check sums
                response_checksum_validation="when_required",
            ),
        },
    }

# --- mail -----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env_text("LIAISON_MAIL_FROM", "liaison@localhost" if DEMO else None)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
else:
    EMAIL_HOST = env_text("LIAISON_MAIL_HOST")
    EMAIL_PORT = env_int("LIAISON_MAIL_PORT", 587, least=1, most=65535)
    EMAIL_HOST_USER = env_text("LIAISON_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = env_text("LIAISON_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = env_bool("LIAISON_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 15

# --- other ways of messages -----------------------------------------------------------------------
SMS = env_sms()
ROBOT_GATEWAYS = env_gateways("LIAISON_ROBOT_GATEWAYS")
"Addresses that may take robots' posts beside the providers' own: private gateways."
QUIET_HOURS = env_bool("LIAISON_QUIET_HOURS", default=not DEMO)
"Nothing but urgent messages goes out when offices are closed; the inbox never waits. Who tries the portal out wants to see mail."

# --- what the browser is told ---------------------------------------------------------------------
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if not DEMO:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"
CSRF_FAILURE_VIEW = "liaison.ui.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

# --- work in the background -----------------------------------------------------------------------
# A Redis password must not stand in the log, and mail addresses must not either: only ids are logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"

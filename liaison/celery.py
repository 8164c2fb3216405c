"""The Celery application and the one schedule of the portal (UTC, intervals only)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")

app = Celery("liaison")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="UTC",
    task_ignore_result=True,
    # PostgreSQL is the queue of record: a lost message is found by the next sweep, so acking late costs nothing.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    task_soft_time_limit=60,
    task_time_limit=120,
    worker_max_tasks_per_child=1000,
    worker_soft_shutdown_timeout=10,
    worker_enable_soft_shutdown_on_idle=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 600,
        "socket_timeout": 10,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 25,
    },
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0},
    task_default_queue="fast",
    task_routes={"liaison.notifications.tasks.*": {"queue": "mail"}},
    beat_schedule={
        "purge-pending-files": {"task": "liaison.files.tasks.purge_pending", "schedule": 3600.0, "options": {"expires": 3600}},
        "tidy-accounts": {"task": "liaison.accounts.tasks.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
        "deliver": {"task": "liaison.notifications.tasks.deliver", "schedule": 5.0, "options": {"expires": 30}},
        "work-imports": {"task": "enterprises.tasks.work_imports", "schedule": 5.0, "options": {"expires": 30}},
        "forget-import-rows": {"task": "enterprises.tasks.forget_import_rows", "schedule": 3600.0, "options": {"expires": 3600}},
        "mail-invitations": {"task": "enterprises.tasks.mail_invitations", "schedule": 30.0, "options": {"expires": 60}},
        "climb": {"task": "liaison.clocks.tasks.climb", "schedule": 15.0, "options": {"expires": 30}},
        "climb-unacknowledged": {
            "task": "liaison.clocks.tasks.climb_unacknowledged",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
        "resume-suspended": {"task": "issues.tasks.resume_suspended", "schedule": 60.0, "options": {"expires": 60}},
    },
)
app.autodiscover_tasks()

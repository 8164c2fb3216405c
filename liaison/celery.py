"""The Celery application and the one schedule of the portal (UTC, intervals only)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")

app = Celery("liaison")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # Intervals only, reckoned in UTC: no change of a zone's clock can skip a run or double it.
    timezone="UTC",
    # What a task did stands in PostgreSQL; a result nobody asks for would only fill Redis.
    task_ignore_result=True,
    # PostgreSQL is the queue of record: a lost message is found by the next sweep, so acking late costs nothing.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # A process takes the next message when it is free: nothing waits behind a slow one while another process is idle.
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    # A task that hangs is asked to stop, then killed; every sweep ends itself well before.
    task_soft_time_limit=60,
    task_time_limit=120,
    # Whatever a library leaks goes with the process.
    worker_max_tasks_per_child=1000,
    # SIGTERM: what is begun may end, the rest goes back to the queue. Ten seconds and not thirty, because `make run` waits
    # fifteen for a worker; a task that is cut short all the same is safe to run again.
    worker_soft_shutdown_timeout=10,
    worker_enable_soft_shutdown_on_idle=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        # A message taken by a worker that vanished is seen again after ten minutes; longer than any task, and nothing is ever
        # published for later (no eta, no countdown), which is what makes a short one safe.
        "visibility_timeout": 600,
        # A frozen Redis is noticed and reconnected to; without these a worker may wait for ever on a dead connection.
        "socket_timeout": 10,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 25,
    },
    # The clock tries a publication once more and then goes on: the next one comes in seconds. Web requests publish nothing but
    # the doorbell, from a thread of its own with still less patience.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0},
    # Each queue has workers of its own: a list of ten thousand firms keeps no letter waiting and no sweep.
    task_default_queue="fast",
    task_routes={
        "liaison.notifications.tasks.*": {"queue": "mail"},
        "enterprises.tasks.mail_invitations": {"queue": "mail"},
        "enterprises.tasks.*": {"queue": "slow"},
        "events.tasks.purge_guest_details": {"queue": "slow"},
        "liaison.accounts.tasks.tidy": {"queue": "slow"},
        "liaison.files.tasks.purge_pending": {"queue": "slow"},
    },
    # Everything that happens by itself. A run that was not taken up in time is dropped: the next one finds the same work.
    beat_schedule={
        "deliver": {"task": "liaison.notifications.tasks.deliver", "schedule": 5.0, "options": {"expires": 30}},
        "mail-invitations": {"task": "enterprises.tasks.mail_invitations", "schedule": 30.0, "options": {"expires": 60}},
        "climb": {"task": "liaison.clocks.tasks.climb", "schedule": 15.0, "options": {"expires": 30}},
        "climb-unacknowledged": {
            "task": "liaison.clocks.tasks.climb_unacknowledged",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
        "keep-missing-clocks": {"task": "issues.tasks.keep_missing_clocks", "schedule": 3600.0, "options": {"expires": 3600}},
        "resume-suspended": {"task": "issues.tasks.resume_suspended", "schedule": 60.0, "options": {"expires": 60}},
        "remind-of-meetings": {"task": "events.tasks.send_reminders", "schedule": 60.0, "options": {"expires": 60}},
        "let-offers-lapse": {"task": "events.tasks.let_offers_lapse", "schedule": 60.0, "options": {"expires": 60}},
        "remind-supervisors": {
            "task": "supervision.tasks.remind_supervisors",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "follow-reports": {"task": "supervision.tasks.follow_reports", "schedule": 60.0, "options": {"expires": 60}},
        "purge-guest-details": {
            "task": "events.tasks.purge_guest_details",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "work-imports": {"task": "enterprises.tasks.work_imports", "schedule": 5.0, "options": {"expires": 30}},
        "forget-import-rows": {"task": "enterprises.tasks.forget_import_rows", "schedule": 3600.0, "options": {"expires": 3600}},
        "purge-pending-files": {"task": "liaison.files.tasks.purge_pending", "schedule": 3600.0, "options": {"expires": 3600}},
        "tidy-accounts": {"task": "liaison.accounts.tasks.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    },
)
app.autodiscover_tasks()

"""A bell for the worker: never blocks the request, may fail; the sweep finds the rows anyway."""

import logging
import threading

from celery import current_app

logger = logging.getLogger(__name__)
_ringing = threading.Lock()


def ring() -> None:
    """Wake the delivery worker from a thread of its own, one at a time."""
    if _ringing.acquire(blocking=False):
        threading.Thread(target=_publish, name="doorbell", daemon=True).start()


def _publish() -> None:
    try:
        current_app.send_task("liaison.notifications.tasks.deliver", queue="mail", expires=30, retry=False)
    except Exception as error:  # noqa: BLE001 - the broker may be away in many ways; the sweep will do the work
        logger.warning("Doorbell not heard: %s", type(error).__name__)
    finally:
        _ringing.release()

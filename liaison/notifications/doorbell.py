"""A bell for the worker: never blocks the request, may fail; the sweep finds the rows anyway."""

import logging
import threading
from typing import Final

from celery import current_app

logger = logging.getLogger(__name__)
_ringing = threading.Lock()
PATIENCE: Final = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0, "retry_on_timeout": False}
"A frozen broker is given up after a second; the worker's own, longer time-outs are not meant for a doorbell."


def ring() -> None:
    """Wake the delivery worker from a thread of its own, one at a time (a daemon: it never holds up a shutdown)."""
    if _ringing.acquire(blocking=False):
        try:
            threading.Thread(target=_publish, name="doorbell", daemon=True).start()
        except RuntimeError:  # no more threads, or the interpreter is going down
            _ringing.release()


def _publish() -> None:
    try:
        with current_app.connection_for_write(
            transport_options={**current_app.conf.broker_transport_options, **PATIENCE}
        ) as broker:
            current_app.send_task("liaison.notifications.tasks.deliver", queue="mail", expires=30, retry=False, connection=broker)
    except Exception as error:  # noqa: BLE001 - the broker may be away in many ways; the sweep will do the work
        logger.warning("Doorbell not heard: %s", type(error).__name__)
    finally:
        _ringing.release()

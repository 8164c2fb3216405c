"""Commands beside the demonstration of ``make run``: manage.py without any settings finds its servers and secrets."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from liaison.launch.bootstrap import ROOT
from liaison.launch.plan import Plan
from liaison.launch.postgres import Postgres
from liaison.launch.redis import Redis

TOLD = ("DATABASE_URL", "REDIS_URL", "LIAISON_SECRET_KEY")


def adopt(outside: MutableMapping[str, str], root: Path = ROOT) -> None:
    """Take over the demonstration's environment, if there is one; whoever names a server or a secret means another portal."""
    if any(name in outside or f"{name}_FILE" in outside for name in TOLD):
        return
    plan = Plan.of(root, outside)
    home, log = plan.var / "postgres", plan.var / "log"
    if home.exists() and (plan.var / "redis").exists():
        services = {
            "DATABASE_URL": Postgres(home, log / "postgres.log").url,
            "REDIS_URL": Redis(plan.var / "redis", log / "redis.log").url,
        }
        outside.update(plan.environment(services))

"""What the terminal shows when the portal is ready."""

from __future__ import annotations

PASSWORD = "liaison-demo"  # noqa: S105  # of the demonstration; production refuses to start with these accounts
ACCOUNTS = (
    ("firms", "企业", "firm1  firm2  firm2.staff  firm3  stranger"),
    ("desk, callers", "服务台、回访", "desk1  desk2  caller1"),
    ("tax office", "税务", "tax.liaison  tax.handler  tax.head"),
    ("environment", "环保", "env.liaison  env.handler  env.head"),
    ("finance", "金融", "finance.liaison  finance.handler  finance.head"),
    ("leaders, inspection", "领导、督查", "leader1  leader.main  inspect1"),
    ("meetings, supervisors", "活动、监督员", "events1  supervisor1  supervisor2"),
    ("discipline body", "纪检监察", "discipline.keeper"),
    ("administrators", "管理员", "admin.system  admin.security  admin.audit"),
)


def welcome(url: str, seconds: float) -> str:
    """Return the address and the accounts; the first line is for programs, too."""
    lines = [f"Ready: {url}", f"(after {seconds:.1f} s; stop with Ctrl-C / 用时 {seconds:.1f} 秒,按 Ctrl-C 停止)"]
    lines.append(f"Demonstration accounts, password {PASSWORD} / 演示账号,密码均为 {PASSWORD}:")
    lines += [f"  {names:<52} {chinese} / {english}" for english, chinese, names in ACCOUNTS]
    return "\n".join(lines)

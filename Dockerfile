# The portal without anything that only development needs.
FROM python:3.11-slim-bookworm AS front
WORKDIR /opt/liaison
COPY . .
RUN python3 -I liaison/launch/bootstrap.py demo \
 && .venv/bin/python -m liaison.launch.catalogue compile \
 && rm -rf .venv node_modules

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 liaison \
 && useradd --system --uid 10001 --gid liaison --home-dir /var/lib/liaison --shell /usr/sbin/nologin liaison \
 && install -d -o liaison -g liaison -m 0700 /var/lib/liaison
COPY requirements/run.txt /tmp/run.txt
RUN pip install --no-cache-dir --require-hashes --no-deps -r /tmp/run.txt && rm /tmp/run.txt
COPY --from=front /opt/liaison /opt/liaison
WORKDIR /opt/liaison
ENV DJANGO_SETTINGS_MODULE=liaison.settings.base LIAISON_DATA_DIR=/var/lib/liaison PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER liaison
VOLUME /var/lib/liaison
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "liaison.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--preload", "--no-control-socket", "--max-requests", "5000", "--max-requests-jitter", "500", "--graceful-timeout", "25"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", "import sys, urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8000/healthz', timeout=4).status != 200)"]

# One image for web, worker, beat and the migration; docker-compose.yml says which is which.

FROM node:22-slim AS assets
WORKDIR /planner
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --home-dir /planner planner
WORKDIR /planner
COPY requirements/runtime.txt requirements/
RUN pip install --require-hashes --requirement requirements/runtime.txt
COPY --from=assets /planner/node_modules node_modules
COPY . .
# the two values only let the settings load while files are laid out; the running planner has its own or does not start
RUN python -I config/setup.py vendor \
    && find locale -name '*.po' | while read -r po; do \
         python -m babel.messages.frontend --quiet compile --input-file "$po" --output-file "${po%.po}.mo" || exit 1; done \
    && python -m config.catalogs \
    && DEMO=1 SECRET_KEY=unused FIELD_KEYS=unused python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p var/files && chown -R planner var
USER planner
VOLUME /planner/var/files
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10s", "config.wsgi:application"]

# The image of the Home Assistant app and of the plain container. Built from the lock file; Debian gives PostgreSQL.

ARG NODE_IMAGE=docker.io/library/node:24-trixie-slim

# What tsc and Vite emit, and the packages that it runs with, less their declarations and source maps (17 MB that nothing reads).
FROM ${NODE_IMAGE} AS program
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build \
  && npm ci --ignore-scripts --omit=dev --omit=optional \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.[cm]ts' -o -name '*.map' \) -delete

# PostgreSQL unpacked rather than installed: its package would bring LLVM, Perl and cluster scripts, of which the program
# uses none (it makes and starts its cluster itself, without compiled queries).
FROM ${NODE_IMAGE} AS postgresql
WORKDIR /tmp/packages
RUN apt-get update \
  && apt-get download postgresql-17 postgresql-client-17 \
  && for package in *.deb; do dpkg-deb --extract "$package" /tmp/postgresql; done \
  && cd /tmp/postgresql/usr/lib/postgresql/17 \
  && rm -r lib/bitcode lib/llvmjit* lib/pgxs

FROM ${NODE_IMAGE}
ARG BUILD_VERSION=0.1.0
ARG BUILD_ARCH=amd64
LABEL io.hass.version="${BUILD_VERSION}" \
  io.hass.type="app" \
  io.hass.arch="${BUILD_ARCH}" \
  org.opencontainers.image.title="Linky Bridge" \
  org.opencontainers.image.description="Your Linky meter in Home Assistant, exact to the watt-hour" \
  org.opencontainers.image.version="${BUILD_VERSION}" \
  org.opencontainers.image.licenses="MIT"

# What the server, initdb and psql link to. The last line fails where Debian's PostgreSQL comes to need another library.
COPY --from=postgresql /tmp/postgresql/usr/lib/postgresql /usr/lib/postgresql
COPY --from=postgresql /tmp/postgresql/usr/share/postgresql /usr/share/postgresql
RUN apt-get update \
  && apt-get install -y --no-install-recommends libgssapi-krb5-2 libicu76 libldap2 liblz4-1 libpam0g libpq5 \
    libreadline8t64 libssl3t64 libsystemd0 libxml2 libzstd1 tzdata zlib1g \
  && apt-get clean \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log \
  && ln -s /usr/lib/postgresql/17/bin/psql /usr/local/bin/psql \
  && cd /usr/lib/postgresql/17/bin && ./postgres --version && ./initdb --version && ./psql --version

WORKDIR /app
COPY --from=program /app/package.json ./
COPY --from=program /app/src/bin.mjs src/
COPY --from=program /app/dist dist
COPY --from=program /app/dist-page dist-page
COPY --from=program /app/node_modules node_modules
COPY CHANGELOG.md LICENSE ./
COPY ha-addon/linky-bridge ha-addon/healthy /usr/local/bin/

# `node` is the base image's unprivileged user; linky-bridge becomes it where the container starts as root.
RUN install -d -o node -g node -m 755 /data
ENV NODE_ENV=production LINKY_DATA_DIR=/data
EXPOSE 8100 8181
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s CMD ["healthy"]
ENTRYPOINT ["linky-bridge"]
CMD ["start"]

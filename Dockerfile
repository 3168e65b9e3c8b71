# The service, and what `docker build .` needs and no more. How to run it: docs/deployment.md.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build -- --noEmitOnError
RUN npm ci --omit=dev
COPY deploy/otel ./deploy/otel
RUN npm ci --omit=dev --prefix deploy/otel
COPY deploy/healthcheck.mjs ./deploy/
COPY public ./public
COPY schema ./schema
COPY docs ./docs
COPY README.md ./
# A volume at /data takes over the owner from here.
RUN mkdir data

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="7digital-graphql" \
      org.opencontainers.image.description="One typed GraphQL graph over the whole 7digital REST/XML API" \
      org.opencontainers.image.licenses="MIT"
# Without a host of its own a container is reached from nowhere: it listens on all addresses of its own network.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=build /app/package.json /app/README.md ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/public ./public
COPY --from=build /app/schema ./schema
COPY --from=build /app/docs ./docs
COPY --from=build /app/deploy ./deploy
COPY --from=build --chown=1000:1000 /app/data /data
# By number, so that Kubernetes can see that it is not root. The files belong to root: the service cannot change its own code.
USER 1000:1000
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "/app/deploy/healthcheck.mjs"]
# Node itself is process 1, so signals reach it. The flags are those of `npm start`, and traces if OTEL_EXPORTER_OTLP_ENDPOINT is set.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--import", "/app/deploy/otel/otel.mjs", "/app/dist/main.js"]

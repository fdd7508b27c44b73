# Plimsoll in an image that holds one static binary and nothing else.
#
#   docker build -t plimsoll .
#   docker run --rm --read-only --network none -v "$PWD:/src:ro" plimsoll scan /src
#
# Tags can be moved, digests can't. To pin the base, look its digest up and append it to
# the FROM line, as rust:1.95.0-alpine3.22@sha256:…
#
#   docker buildx imagetools inspect rust:1.95.0-alpine3.22
#
# helm and kustomize are not in the image: charts and overlays are then reported as not
# covered. Render them first and pipe the manifests in (`plimsoll scan -`).

# On Alpine the default target is musl, which links statically.
FROM rust:1.95.0-alpine3.22 AS build
WORKDIR /build
COPY . .
RUN cargo build --release --locked --package plimsoll --bin plimsoll \
 && mkdir /out \
 && cp target/release/plimsoll /out/plimsoll

FROM scratch
LABEL org.opencontainers.image.title="Plimsoll" \
      org.opencontainers.image.description="Tells whether a Kubernetes cluster is safe, proves it and fixes what isn't" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/plimsoll/plimsoll"
COPY --from=build --chown=0:0 --chmod=0555 /out/plimsoll /plimsoll
COPY --from=build --chown=0:0 --chmod=0444 /build/LICENSE /LICENSE
# A number, so that runAsNonRoot can be verified without a user database.
USER 65532:65532
# Where `plimsoll admit` listens.
EXPOSE 8443
WORKDIR /src
# A scan runs once and ends, and the manifests of `plimsoll install` probe the server.
HEALTHCHECK NONE
ENTRYPOINT ["/plimsoll"]
CMD ["--help"]

#!/bin/sh
# Makes the secrets of compose.yaml in deploy/compose/secrets, each in a file of its own. It keeps those that exist, so it may run again.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

word() { openssl rand -hex 24; }
keep() { # keep NAME: writes standard input to the file, unless it exists
  if [ -e "$1" ]; then cat >/dev/null; else
    cat >"$1.new"
    # Containers read it as users of their own. On this machine the folder keeps others out.
    chmod 444 "$1.new"
    mv "$1.new" "$1"
  fi
}

word | keep postgres_password
printf 'postgres://facade:%s@postgres:5432/facade\n' "$(cat postgres_password)" | keep database_url
word | keep redis_password
printf 'requirepass %s\nsave ""\nappendonly no\nmaxmemory 256mb\nmaxmemory-policy allkeys-lru\n' "$(cat redis_password)" | keep redis_conf
printf 'redis://:%s@redis:6379\n' "$(cat redis_password)" | keep redis_url
printf '%s:%s\n' "$(date -u +%Y-%m-%d)" "$(openssl rand -base64 32)" | keep sealing_keys
word | keep operator_secret
word | keep metrics_secret
word | keep grafana_password
# The secret of your key. Empty on the sandbox, which does not read it.
printf '' | keep consumer_secret

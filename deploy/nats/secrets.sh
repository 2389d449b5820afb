#!/bin/sh
# Makes a password for each user of cupel.conf, in the folder that it is called in: secrets/USER for
# --nats-password-file, and secrets.conf, which the server reads. What is there already stays.
set -eu
umask 077
mkdir -p secrets
for user in sys controller worker viewer controller-team-a worker-team-a; do
  [ -s "secrets/$user" ] || openssl rand -hex 24 > "secrets/$user"
  name=$(echo "$user" | tr 'a-z-' 'A-Z_')
  echo "PASSWORD_$name: \"$(cat "secrets/$user")\""
done > secrets.conf

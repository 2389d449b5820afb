#!/bin/sh
# Makes a certificate for a try-out, and the authority that it is checked by, in the folder "certificates" of the
# folder that it is called in. Both end after 30 days.
#
#   sh certificates.sh DNS:localhost,IP:127.0.0.1
set -eu
umask 077
names=${1:-DNS:localhost,IP:127.0.0.1}
mkdir -p certificates
cd certificates
key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
openssl req -x509 $key -days 30 -subj "/CN=Cupel try-out" -keyout ca-key.pem -out ca.pem
openssl req -new $key -subj "/CN=nats-server" -keyout server-key.pem -out server.csr
echo "subjectAltName=$names" > names.txt
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 30 \
  -extfile names.txt -out server.pem
rm server.csr names.txt ca.srl
# Whoever connects needs it, and it is no secret.
chmod 644 ca.pem

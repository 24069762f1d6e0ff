#!/usr/bin/env bash
# One database per service and one role that owns it and nothing else; run by the postgres image when it is new.
set -euo pipefail

own_database() {
  psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name", postgres, template1 FROM PUBLIC;
SQL
}

own_database booking "$BOOKING_DATABASE_PASSWORD"
own_database payment "$PAYMENT_DATABASE_PASSWORD"
own_database notification "$NOTIFICATION_DATABASE_PASSWORD"

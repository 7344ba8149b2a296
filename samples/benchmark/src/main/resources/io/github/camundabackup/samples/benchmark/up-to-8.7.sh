#!/usr/bin/env bash
# The steps of Camunda's documentation for 8.5 to 8.7, with its requests and its loops:
# https://docs.camunda.io/docs/8.7/self-managed/operational-guides/backup-restore/backup/
# SLEEP is 5 there.
set -euo pipefail

start_backup() {
    curl --silent --show-error --fail -XPOST "$1/actuator/backups" \
        -H "Content-Type: application/json" -d "{\"backupId\": $BACKUP_ID}" >/dev/null
}

wait_for_backup() {
    while [[ "$(curl --silent "$1/actuator/backups/$BACKUP_ID" | jq -r .state)" != "COMPLETED" ]]; do sleep "$SLEEP"; done
}

start_backup "$OPTIMIZE_URL"
start_backup "$OPERATE_URL"
start_backup "$TASKLIST_URL"
wait_for_backup "$OPTIMIZE_URL"
wait_for_backup "$OPERATE_URL"
wait_for_backup "$TASKLIST_URL"

curl --silent --fail -XPOST "$ZEEBE_URL/actuator/exporting/pause?soft=true" >/dev/null
curl --silent --fail -XPUT \
    "$SEARCH_ENGINE_URL/_snapshot/$REPOSITORY/camunda_zeebe_records_backup_$BACKUP_ID?wait_for_completion=true" \
    -H "Content-Type: application/json" -d '{"indices": "zeebe-record*", "feature_states": ["none"]}' >/dev/null
start_backup "$ZEEBE_URL"
wait_for_backup "$ZEEBE_URL"
curl --silent --fail -XPOST "$ZEEBE_URL/actuator/exporting/resume" >/dev/null

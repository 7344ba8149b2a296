#!/usr/bin/env bash
# The steps of Camunda's documentation from 8.8 on, with its requests and its loops:
# https://docs.camunda.io/docs/8.8/self-managed/operational-guides/backup-restore/backup/
# SLEEP is 5 there.
set -euo pipefail

start_backup() {
    curl --silent --show-error --fail -XPOST "$1" \
        -H "Content-Type: application/json" -d "{\"backupId\": $BACKUP_ID}" >/dev/null
}

wait_for_backup() {
    while [[ "$(curl --silent "$1/$BACKUP_ID" | jq -r .state)" != "COMPLETED" ]]; do sleep "$SLEEP"; done
}

curl --silent --fail -XPOST "$ORCHESTRATION_URL/actuator/exporting/pause?soft=true" >/dev/null
start_backup "$ORCHESTRATION_URL/actuator/backupHistory"
start_backup "$OPTIMIZE_URL/actuator/backups"
wait_for_backup "$ORCHESTRATION_URL/actuator/backupHistory"
wait_for_backup "$OPTIMIZE_URL/actuator/backups"
curl --silent --fail -XPUT \
    "$SEARCH_ENGINE_URL/_snapshot/$REPOSITORY/camunda_zeebe_records_backup_$BACKUP_ID?wait_for_completion=true" \
    -H "Content-Type: application/json" -d '{"indices": "zeebe-record*", "feature_states": ["none"]}' >/dev/null
start_backup "$ORCHESTRATION_URL/actuator/backupRuntime"
wait_for_backup "$ORCHESTRATION_URL/actuator/backupRuntime"
curl --silent --fail -XPOST "$ORCHESTRATION_URL/actuator/exporting/resume" >/dev/null

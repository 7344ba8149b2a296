# How many ids have all parts of Optimize and of the web applications, and the records, each a SUCCESS. Nothing else is looked at.
set -eu -o pipefail
curl -sS --fail "$LIST_URL" | jq '
  [.snapshots[]
    | select(.state == "SUCCESS" and (.snapshot | startswith("camunda_backup_outcome_") | not))
    | (.snapshot | capture("^camunda_(?<c>[a-z_]+?)_(backup_)?(?<id>[0-9]+)(_(?<v>[^_]+)_part_(?<n>[0-9]+)_of_(?<of>[0-9]+))?$"))]
  | group_by(.id)
  | map(select((group_by(.c) | length) == 3 and (group_by(.c) | all(.[]; length == ((.[0].of // "1") | tonumber)))))
  | length'

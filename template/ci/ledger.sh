#!/usr/bin/env bash
# Keeps the ledger, and what was last seen of the cloud, on a git branch of their own.
#
#   ci/ledger.sh load    brings them into .cairn/
#   ci/ledger.sh save    pushes what a run has made of them
#
# A push onto a ledger that has moved on since it was loaded is refused, never forced. LEDGER_REMOTE and LEDGER_BRANCH name another
# remote than origin and another branch than cairn-ledger.
set -euo pipefail

remote=${LEDGER_REMOTE:-origin}
branch=refs/heads/${LEDGER_BRANCH:-cairn-ledger}
# The commit that was loaded.
loaded=refs/cairn/ledger

load() {
  if compgen -G ".cairn/ledger*.json" >/dev/null; then
    echo "there is a ledger in .cairn/ already; move it away first" >&2
    return 1
  fi
  local found=0
  git ls-remote --exit-code "$remote" "$branch" >/dev/null || found=$?
  case $found in
    0) unpack ;;
    # Only this proves that there is none: after any other failure, what is owned is unknown.
    2)
      git update-ref -d "$loaded"
      echo "there is no ledger yet: nothing is owned"
      ;;
    *)
      echo "cannot ask for the ledger (git ls-remote ended with $found)" >&2
      return 1
      ;;
  esac
}

# Everything or nothing reaches .cairn/.
unpack() {
  git fetch --quiet --no-tags "$remote" "+$branch:$loaded"
  local folder
  folder=$(mktemp -d)
  (cd "$(git rev-parse --show-toplevel)" && git archive "$loaded") | tar -x -C "$folder"
  mkdir -p .cairn
  mv "$folder"/* .cairn/
  rmdir "$folder"
  echo "loaded the ledger of $(git log -1 --format=%cd "$loaded")"
}

save() {
  shopt -s nullglob
  local files=(.cairn/ledger*.json .cairn/snapshot*.json) tree parent commit
  if [ ${#files[@]} = 0 ]; then
    echo "there is no ledger to save"
    return
  fi
  tree=$(entries "${files[@]}" | git mktree)
  parent=$(git rev-parse --quiet --verify "$loaded" || true)
  if [ -n "$parent" ] && [ "$(git rev-parse "$parent^{tree}")" = "$tree" ]; then
    echo "the ledger is as it was"
    return
  fi
  commit=$(git -c user.name=cairn -c user.email=cairn@localhost commit-tree "$tree" ${parent:+-p "$parent"} \
    -m "Ledger after $(git rev-parse --short HEAD)")
  if ! push "$commit"; then
    echo "the ledger could not be pushed: another run has saved one meanwhile, or $remote cannot be written to." >&2
    echo "Keep .cairn/ of this run; without it, what it made counts as adopted by the next apply." >&2
    return 1
  fi
  git update-ref "$loaded" "$commit"
}

entries() {
  local file blob
  for file in "$@"; do
    blob=$(git hash-object -w --no-filters "$file")
    printf '100644 blob %s\t%s\n' "$blob" "${file#.cairn/}"
  done
}

# Once more after a while: the network may fail at the worst moment.
push() {
  git push --quiet "$remote" "$1:$branch" && return
  sleep "${LEDGER_RETRY_SECONDS:-5}"
  git push --quiet "$remote" "$1:$branch"
}

case "${1-}" in
  load) load ;;
  save) save ;;
  *)
    echo "usage: ci/ledger.sh load | save" >&2
    exit 2
    ;;
esac

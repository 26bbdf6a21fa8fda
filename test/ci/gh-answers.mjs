// What `gh` reads from GitHub: the answers of the API, and what the workflow's jq expressions make of them, in JavaScript. A test
// holds the two against a real jq where there is one.

/** Each jq expression of the workflow, white space apart, as a function of the answer and the environment. */
export const expressions = {
  '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARKER))) | .id': (answer, env) =>
    answer
      .filter((one) => one.user.login === "github-actions[bot]" && one.body.startsWith(env.MARKER))
      .map(({ id }) => id),
  "[.[] | select(.merged_at != null)][0].head.sha // empty": (answer) =>
    answer
      .filter((one) => one.merged_at !== null)
      .slice(0, 1)
      .map(({ head }) => head.sha),
  "[.artifacts[] | select(.expired == false and .workflow_run.head_sha == env.HEAD) | select(.workflow_run.head_repository_id == .workflow_run.repository_id)][0].workflow_run.id // empty":
    ({ artifacts }, env) =>
      artifacts
        .filter((one) => !one.expired && one.workflow_run.head_sha === env.HEAD)
        .filter(({ workflow_run: run }) => run.head_repository_id === run.repository_id)
        .slice(0, 1)
        .map(({ workflow_run: run }) => run.id),
  ".[0].number // empty": (answer) => answer.slice(0, 1).map(({ number }) => number),
};

/** The document that GitHub answers, from the stub's state. */
export function documentOf(path, state) {
  const comments = /^repos\/shop\/infra\/issues\/(\d+)\/comments$/.exec(path);
  if (comments !== null) return state.comments[comments[1]] ?? [];
  const pulls = /^repos\/shop\/infra\/commits\/(\w+)\/pulls$/.exec(path);
  if (pulls !== null) return state.pulls[pulls[1]] ?? [];
  const artifacts = /^repos\/shop\/infra\/actions\/artifacts\?name=(.+)$/.exec(path);
  if (artifacts !== null) return { artifacts: state.artifacts.filter(({ name }) => name === artifacts[1]) };
  if (path === "issue list") return state.issues.filter((issue) => issue.state === "open");
  throw new Error(`${path} is not played here`);
}

/** What `gh --jq` prints. */
export function answersOf(path, jq, state, env) {
  const expression = expressions[jq.replace(/\s+/g, " ")];
  if (expression === undefined) throw new Error(`the jq expression ${jq} is not played here`);
  return expression(documentOf(path, state), env)
    .map((line) => `${line}\n`)
    .join("");
}

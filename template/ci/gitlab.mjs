// What the pipeline asks of GitLab, with the project access token in CAIRN_TOKEN:
//
//   comment FILE   one comment on the merge request, found again by the file's first line
//   plan FILE      the plan that was saved for the merge request of this commit; writes nothing where there is none
//   issue FILE     one open issue with the label cairn-drift
//   close-issue    closes it
import { readFileSync, writeFileSync } from "node:fs";

const { CAIRN_TOKEN: token, CI_API_V4_URL: api, CI_PROJECT_ID, CI_COMMIT_SHA, CI_MERGE_REQUEST_IID } = process.env;
const project = `projects/${CI_PROJECT_ID}`;
const label = "cairn-drift";

function request(path, method = "GET", body = undefined) {
  return fetch(`${api}/${path}`, {
    method,
    // Unlike GitLab's own header, this one is not handed on where a download leads to another host.
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function checked(answer) {
  if (answer.ok) return answer;
  throw new Error(`GitLab answers ${answer.status} to ${answer.url}: ${(await answer.text()).slice(0, 500)}`);
}

async function ask(...call) {
  return checked(await request(...call));
}

async function all(path) {
  const found = [];
  for (let page = "1"; page !== ""; ) {
    const answer = await ask(`${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
    found.push(...(await answer.json()));
    page = answer.headers.get("x-next-page") ?? "";
  }
  return found;
}

async function comment(file) {
  const body = readFileSync(file, "utf8");
  const [marker] = body.split("\n");
  const notes = `${project}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
  const me = await (await ask("user")).json();
  const earlier = (await all(notes)).find((note) => note.author.id === me.id && note.body.startsWith(marker));
  if (earlier === undefined) await ask(notes, "POST", { body });
  else await ask(`${notes}/${earlier.id}`, "PUT", { body });
}

async function plan(file) {
  const requests = await all(`${project}/repository/commits/${CI_COMMIT_SHA}/merge_requests`);
  const merged = requests.find(({ state }) => state === "merged");
  if (merged === undefined) return tell("this commit came without a merge request");
  // Pipelines of forks are listed as well; only those of this project count, and of these the newest.
  const pipelines = (await all(`${project}/merge_requests/${merged.iid}/pipelines`))
    .filter((one) => String(one.project_id) === CI_PROJECT_ID)
    .sort((one, other) => other.id - one.id);
  if (pipelines.length === 0) return tell(`!${merged.iid} has no pipeline of this project`);
  const jobs = await all(`${project}/pipelines/${pipelines[0].id}/jobs`);
  const saved = jobs.find(({ name, status }) => name === "plan" && status === "success");
  if (saved === undefined) return tell(`the last pipeline of !${merged.iid} has no plan`);
  const answer = await request(`${project}/jobs/${saved.id}/artifacts/${file}`);
  if (answer.status === 404)
    return tell(`!${merged.iid} was planned without credentials, or its plan is kept no longer`);
  writeFileSync(file, Buffer.from(await (await checked(answer)).arrayBuffer()));
  tell(`the plan of !${merged.iid} is applied`);
}

async function openIssue() {
  const [issue] = await all(`${project}/issues?state=opened&labels=${label}`);
  return issue;
}

async function issue(file) {
  const description = readFileSync(file, "utf8");
  const open = await openIssue();
  if (open === undefined)
    await ask(`${project}/issues`, "POST", { title: "The cloud has drifted", labels: label, description });
  else await ask(`${project}/issues/${open.iid}`, "PUT", { description });
}

async function closeIssue() {
  const open = await openIssue();
  if (open !== undefined) await ask(`${project}/issues/${open.iid}`, "PUT", { state_event: "close" });
}

function tell(text) {
  process.stdout.write(`${text}\n`);
}

const commands = { comment, plan, issue, "close-issue": closeIssue };
const [, , name, file] = process.argv;
try {
  if (!token) throw new Error("CAIRN_TOKEN is not set; it is a project access token, see docs/ci.md of cairnctl");
  if (!Object.hasOwn(commands, name))
    throw new Error(`usage: ci/gitlab.mjs ${Object.keys(commands).join(" | ")} [FILE]`);
  await commands[name](file);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

type Note = { readonly id: number; readonly author: { readonly id: number }; body: string };
type Issue = { readonly iid: number; state: string; labels: string[]; description: string };

/** What the project holds. */
export type GitlabState = {
  notes: Note[];
  issues: Issue[];
  /** Merge requests by the commit that they led to. */
  requests: Record<string, { iid: number; state: string }[]>;
  pipelines: { id: number; project_id: number }[];
  jobs: Record<number, { id: number; name: string; status: string }[]>;
};

/** A GitLab that is played: as much of its API as the pipeline uses, pages of two, and no call without the token. */
export type GitlabServer = { readonly url: string; readonly state: GitlabState };

/** The token that the API takes. */
export const gitlabToken = "glpat-of-the-pipeline";

/** Serves the API until the test ends; the artifacts of a job lie in a folder of its id. */
export async function serveGitlab(artifacts: string): Promise<GitlabServer> {
  const state: GitlabState = { notes: [], issues: [], requests: {}, pipelines: [], jobs: {} };
  const server = createServer((request, answer) => {
    void bodyOf(request).then((body) => {
      const { status = 200, ...found } = answerTo({ state, artifacts }, request, body);
      if (found.next !== undefined) answer.setHeader("x-next-page", found.next);
      answer.writeHead(status).end(found.file ?? JSON.stringify(found.document ?? {}));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`, state };
}

type Answer = {
  readonly status?: number;
  readonly document?: unknown;
  readonly file?: Buffer;
  readonly next?: string;
};

function answerTo(
  { state, artifacts }: { readonly state: GitlabState; readonly artifacts: string },
  { method = "GET", url: address = "/", headers }: IncomingMessage,
  body: Body,
): Answer {
  const url = new URL(address, "http://gitlab");
  const path = url.pathname.replace("/api/v4/projects/42/", "");
  if (headers.authorization !== `Bearer ${gitlabToken}`) return { status: 401 };
  if (method !== "GET") {
    change(state, `${method} ${path}`, body);
    return {};
  }
  const [, job, name] = /^jobs\/(\d+)\/artifacts\/(.+)$/.exec(path) ?? [];
  if (job !== undefined && name !== undefined) {
    const file = join(artifacts, job, name);
    return existsSync(file) ? { file: readFileSync(file) } : { status: 404 };
  }
  return pageOf(look(state, path, url), Number(url.searchParams.get("page")));
}

function pageOf(found: unknown, page: number): Answer {
  if (found === undefined) return { status: 404 };
  if (!Array.isArray(found)) return { document: found };
  const document = found.slice(page * 2 - 2, page * 2);
  return page * 2 < found.length ? { document, next: String(page + 1) } : { document };
}

function look(state: GitlabState, path: string, url: URL): unknown {
  const label = url.searchParams.get("labels") ?? "";
  const wanted = url.searchParams.get("state");
  const [, commit = ""] = /^repository\/commits\/(\w+)\/merge_requests$/.exec(path) ?? [];
  const [, pipeline = ""] = /^pipelines\/(\d+)\/jobs$/.exec(path) ?? [];
  const documents: Readonly<Record<string, unknown>> = {
    "/api/v4/user": { id: 9 },
    "merge_requests/5/notes": state.notes,
    "merge_requests/5/pipelines": state.pipelines,
    issues: state.issues.filter((issue) => issue.state === wanted && issue.labels.includes(label)),
    [`repository/commits/${commit}/merge_requests`]: state.requests[commit] ?? [],
    [`pipelines/${pipeline}/jobs`]: state.jobs[Number(pipeline)] ?? [],
  };
  return documents[path];
}

type Body = Readonly<Record<string, string>>;

function change(state: GitlabState, call: string, body: Body): void {
  const { body: text = "", description = "", labels = "" } = body;
  const [, verb, list, id] = /^(POST|PUT) (merge_requests\/5\/notes|issues)(?:\/(\d+))?$/.exec(call) ?? [];
  const changes: Readonly<Record<string, () => void>> = {
    "POST merge_requests/5/notes": () => {
      state.notes.push({ id: state.notes.length + 1, author: { id: 9 }, body: text });
    },
    "POST issues": () => {
      state.issues.push({ iid: state.issues.length + 1, state: "opened", labels: [labels], description });
    },
    "PUT merge_requests/5/notes": () => {
      for (const note of state.notes) if (note.id === Number(id)) note.body = text;
    },
    "PUT issues": () => changeIssue(state, Number(id), body),
  };
  const act = changes[`${verb} ${list}`];
  if (act === undefined) throw new Error(`${call} is not played here`);
  act();
}

function changeIssue({ issues }: GitlabState, iid: number, { description, state_event: event }: Body): void {
  for (const issue of issues.filter((one) => one.iid === iid)) {
    if (description !== undefined) issue.description = description;
    if (event === "close") issue.state = "closed";
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : JSON.parse(text);
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/cli/world.ts";
import type { ErrorCode } from "../../src/core/errors.ts";
import { helpOf } from "../../src/core/next-step.ts";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { edgeProject, gateway } from "../providers/huaweicloud/edge-project.ts";
import { mute } from "./mute.ts";
import { rolling } from "./rollouts.ts";
import type { Ran } from "./run-cairn.ts";
import { applied, type Shop, shop } from "./shop.ts";

const corpus = readdirSync("test/corpus", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".txt"))
  .flatMap((path) => readFileSync(join("test/corpus", path), "utf8").split("\n"));

/** A plan or another command behind a cloud with which something is wrong. */
async function faulty(effect: string, action: string, line = "plan"): Promise<Ran> {
  const project = shop();
  project.emulator.setFaults({ rules: [{ match: { action }, effect }] });
  return project.cairn(line);
}

type Row = Record<string, unknown>;

/** A server that tells something else of the apps: its lists go through `change` first. */
function lying({ emulator }: Shop, change: (answer: Row & { Data: Row[] }) => void): Fetch {
  const fetch = createFetch(emulator.handle);
  return async (url, request) => {
    const answer = await fetch(url, request);
    if (!Object.values(request.headers).includes("ListApp")) return answer;
    const body = JSON.parse(await answer.text());
    change(body);
    return new Response(JSON.stringify(body), { status: answer.status });
  };
}

async function edited(from: string | RegExp, to: string, line = "plan", file = "manifests/web.yaml"): Promise<Ran> {
  const project = await applied();
  project.edit(file, from, to);
  return project.cairn(line);
}

const inCorpus = "in the corpus";

/** How each code is met. A code without a row does not compile. */
const meetings: Readonly<Record<ErrorCode, typeof inCorpus | (() => Promise<Ran>)>> = {
  E_USAGE: inCorpus,
  E_CONFIG: inCorpus,
  E_READ: inCorpus,
  E_YAML: inCorpus,
  E_MANIFEST: inCorpus,
  E_UNKNOWN_KIND: inCorpus,
  E_UNKNOWN_FIELD: inCorpus,
  E_FIELD: inCorpus,
  E_DUPLICATE: inCorpus,
  E_REFERENCE: inCorpus,
  E_CYCLE: inCorpus,
  E_VARIABLE: inCorpus,
  E_FILE: inCorpus,
  E_SECRET: inCorpus,
  E_TARGET: inCorpus,
  E_LEDGER: inCorpus,
  E_NO_LEDGER: inCorpus,
  E_CONFIRM: inCorpus,
  E_OTHER_CLOUD: inCorpus,
  E_ACCEPT: async () => {
    const project = await applied();
    project.emulator.reset();
    return project.cairn("accept App/web");
  },
  E_AMBIGUOUS: async () => {
    const project = shop();
    await project.cairn("apply --yes");
    for (const address of ["Environment/web/prod", "DeployConfig/web/online", "App/web"])
      await project.cairn(`ledger forget ${address}`);
    const fetch = lying(project, (answer) => {
      answer.Data = answer.Data.flatMap((row) => [row, { ...row, AppId: 77 }]);
      answer["TotalCount"] = answer.Data.length;
    });
    return project.cairn("plan", { fetch });
  },
  E_ADOPT: async () => {
    const project = await applied();
    await project.cairn("ledger forget App/web");
    project.edit("cairn.yaml", /$/, "adopt: never\n");
    return project.cairn("plan");
  },
  E_OWNED_ELSEWHERE: async () => {
    const project = shop();
    project.edit("cairn.yaml", /$/, "stacks: { one: {}, two: {} }\n");
    await project.cairn("apply --yes --stack one");
    return project.cairn("plan --stack two");
  },
  E_CANNOT_UNSET: async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "description: first", 'description: first\n  middleWareIds: ["1"]');
    await applied(project);
    project.edit("manifests/web.yaml", '\n  middleWareIds: ["1"]', "");
    return project.cairn("plan");
  },
  E_CANNOT_REPLACE: async () => {
    const project = await applied();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: JST\n  title: taken");
    const fetch = lying(project, (answer) => {
      answer.Data = answer.Data.flatMap((row) => [row, { ...row, AppId: 77, Title: "taken" }]);
      answer["TotalCount"] = answer.Data.length;
    });
    return project.cairn("plan", { fetch });
  },
  E_CANNOT_DELETE: async () => {
    const project = shop();
    project.edit(
      "manifests/web.yaml",
      "metadata: { name: web/prod }",
      "metadata: { name: web/prod, lifecycle: { deletionPolicy: retain } }",
    );
    await applied(project);
    return project.cairn("plan --destroy");
  },
  E_NO_UPDATE: async () => {
    const project = edgeProject();
    await project.settle(gateway("edge", { specId: "PROFESSIONAL" }));
    project.declare(gateway("edge", { specId: "BASIC" }));
    return project.cairn("plan");
  },
  E_PROTECTED: () => edited(/.*/s, "", "apply --yes"),
  E_GUARD: async () => {
    const project = await applied();
    project.edit("cairn.yaml", /$/, "guards: { maxDeletes: 0 }\n");
    project.edit("manifests/web.yaml", /---\n[^-]*kind: Environment.*$/s, "");
    return project.cairn("apply --yes");
  },
  E_VANISHED: async () => {
    const project = await applied();
    project.edit("cairn.yaml", /$/, "guards: { maxVanished: 0 }\n");
    project.emulator.reset();
    return project.cairn("apply --yes");
  },
  E_STALE_PLAN: async () => {
    const project = await applied();
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    await project.cairn("plan --out saved.json");
    project.edit("manifests/web.yaml", "replicas: 3", "replicas: 4");
    return project.cairn("apply saved.json --yes");
  },
  E_LOCKED: async () => {
    const project = await applied();
    project.write(".cairn/ledger.json.lock", "scribble");
    return project.cairn("apply --yes");
  },
  E_CREDENTIALS: () => shop().cairn("plan", { env: { KEY: "nobody", SECRET: "x" } }),
  E_CLOUD: () => faulty("http500", "ListApp"),
  E_REFUSED: () => faulty("refused", "ListApp"),
  E_THROTTLED: () => faulty("throttle", "ListApp"),
  E_UNREACHABLE: () => faulty("reset", "ListApp"),
  E_UNKNOWN_OUTCOME: () => faulty("reset", "CreateApp", "apply --yes"),
  E_INCOMPLETE: () => {
    const project = shop();
    const fetch = lying(project, (answer) => {
      answer["TotalCount"] = 9;
    });
    return project.cairn("plan", { fetch });
  },
  E_BAD_ANSWER: () => faulty("malformed", "ListApp"),
  E_NOT_READY: async () => {
    const project = rolling();
    project.emulator.setFaults({ rules: [{ match: {}, effect: "fail-pod" }] });
    return project.apply();
  },
  E_NOT_CONVERGED: () => {
    const project = shop();
    const honest = createFetch(project.emulator.handle);
    const fetch: Fetch = async (url, request) => {
      const answer = await honest(url, request);
      const text = (await answer.text()).replaceAll('"Description":"first"', '"Description":"other"');
      return new Response(text, { status: answer.status });
    };
    return project.cairn("apply --yes", { fetch });
  },
  E_WAITING: async () => {
    const project = rolling({ rest: "  partitions: 2\n  pause: first\n" });
    return project.apply();
  },
  E_HELD: async () => {
    const project = rolling();
    project.emulator.setFaults({ rules: [{ match: {}, effect: "fail-pod" }] });
    await project.apply();
    return project.cairn("plan");
  },
  E_BLOCKED: async () => {
    const project = rolling({}, { speed: 0.001 });
    const stopped = project.cairn("apply --yes", {
      onStart: (send) => void setTimeout(() => send("SIGINT"), 1500),
    });
    await stopped;
    project.declare({ release: "v2" });
    return project.cairn("apply --yes");
  },
  E_INTERRUPTED: () => {
    const project = shop();
    const fetch = createFetch(project.emulator.handle);
    let send: (signal: Signal) => void = () => {};
    return project.cairn("plan", {
      onStart: (function_) => {
        send = function_;
      },
      fetch: (url, request) => {
        send("SIGINT");
        return fetch(url, request);
      },
    });
  },
  E_INTERNAL: async () => {
    const help = helpOf({ severity: "error", code: "E_INTERNAL", message: "" });
    return { code: 1, stdout: "", stderr: `error[E_INTERNAL]: \n  help: ${help}` };
  },
};

describe("what to do next", () => {
  it.each(Object.entries(meetings))("is told with %s", async (code, meeting) => {
    const ran = meeting === inCorpus ? undefined : await meeting();
    const lines = ran === undefined ? corpus : `${ran.stderr}\n${ran.stdout}`.split("\n");
    expect(lines.filter((line) => line.includes(`[${code}]`)).length).toBeGreaterThan(0);
    expect(mute(lines)).toEqual([]);
  });
});

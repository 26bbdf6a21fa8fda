import { describe, expect, it } from "vitest";
import { planDocument } from "../../src/render/plan-json.ts";
import { change } from "../render/changes.ts";
import { documentedShape, mismatches } from "../render/documented-shape.ts";
import { hostilePlan } from "../render/hostile-plan.ts";
import { kinds } from "../render/kinds.ts";
import { rolling } from "./rollouts.ts";
import { shop } from "./shop.ts";

const shape = documentedShape("docs/plan-json.md");

/** A plan in which even what is rare happens. */
const rare = planDocument(
  {
    ...hostilePlan,
    base: { ref: "main", commit: "0123456789abcdef" },
    changes: [
      ...hostilePlan.changes,
      change("App/assumed", { action: "adopt", adopts: true, id: "5", assumed: ["description"] }),
    ],
    operations: hostilePlan.operations.map((one) => ({ ...one, batch: "a batch", serial: "a serial" })),
    errors: hostilePlan.warnings.map((one) => ({ ...one, severity: "error" as const })),
  },
  { kinds, cairnVersion: "0.1.0" },
);

/** Documents of runs that end in every way, as programs get them. */
async function documents(): Promise<Readonly<Record<string, unknown>>> {
  const project = shop();
  const print = async (line: string): Promise<unknown> =>
    JSON.parse((await project.cairn(`${line} --format json`)).stdout);
  const create = await print("plan --out saved.json");
  const saved = JSON.parse(project.read("saved.json"));
  const applied = await print("apply --yes");
  const nothing = await print("plan");
  project.emulator.reset(JSON.parse(JSON.stringify(project.emulator.state()).replace('"Replicas":2', '"Replicas":9')));
  project.edit("manifests/web.yaml", "codePath: /srv/app", "codePath: /srv/new");
  const drifted = await print("plan --target Environment/web/prod");
  const declined = await print("apply");
  project.emulator.setFaults({ seed: 1, rules: [{ match: { action: "UpdateDeployConfig" }, effect: "http500" }] });
  const failed = await print("apply --yes");
  project.emulator.setFaults({ seed: 1, rules: [] });
  project.edit("manifests/web.yaml", "description: first", "description: later");
  project.edit("manifests/web.yaml", "replicas: 2", "replicas: 4");
  await print("plan --out old.json");
  project.emulator.reset(JSON.parse(JSON.stringify(project.emulator.state()).replace('"first"', '"else"')));
  const refused = await print("apply old.json --yes");
  const destroyed = await print("destroy --yes");
  project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
  const broken = await print("plan");
  return {
    create,
    saved,
    applied,
    nothing,
    drifted,
    declined,
    failed,
    refused,
    destroyed,
    broken,
    rare,
    ...(await rolloutDocuments()),
  };
}

/** Documents of a rollout that waits, of one that fails, and of a plan that holds it. */
async function rolloutDocuments(): Promise<Readonly<Record<string, unknown>>> {
  const project = rolling({ rest: "  pause: first\n" });
  const print = async (line: string): Promise<unknown> =>
    JSON.parse((await project.cairn(`${line} --format json`)).stdout);
  const waiting = await print("apply --yes");
  project.emulator.setFaults({ rules: [{ match: { action: "ResumeDeploy" }, effect: "fail-pod" }] });
  const resuming = await print("plan --resume");
  const failing = await print("apply --resume --yes");
  return { waiting, resuming, failing, held: await print("plan") };
}

/** The same of a release that waits in its middle, one that fails, and one that is held for it. */
async function rollouts(): Promise<Readonly<Record<string, unknown>>> {
  const project = rolling({ rest: "  partitions: 2\n  pause: first\n" });
  const print = async (line: string): Promise<unknown> =>
    JSON.parse((await project.cairn(`${line} --format json`)).stdout);
  const waiting = await print("apply --yes");
  const resumed = await print("apply --yes --resume");
  project.declare({ release: "v2" });
  project.emulator.setFaults({ rules: [{ match: { action: "DeployApp" }, effect: "fail-pod" }] });
  const unready = await print("apply --yes");
  const held = await print("plan");
  return { waiting, resumed, unready, held };
}

describe("the plan as JSON", () => {
  it("is as docs/plan-json.md says, key by key, whatever the outcome; and every documented key is met", async () => {
    const seen = new Set<string>();
    for (const [name, document] of Object.entries({ ...(await documents()), ...(await rollouts()) })) {
      const plain: unknown = JSON.parse(JSON.stringify(document));
      expect(mismatches(shape, "document", plain, seen), name).toEqual([]);
    }
    const documented = [...shape].flatMap(([table, rows]) => rows.map(({ key }) => `${table}.${key}`));
    expect(documented.length).toBeGreaterThan(100);
    expect(documented.filter((key) => !seen.has(key))).toEqual([]);
  });

  it("would not pass with a key that nobody documented, or one that is missing", () => {
    const { errored: _, ...rest } = rare;
    expect(mismatches(shape, "document", { ...rest, novelty: 1 }, new Set())).toEqual([
      "document.novelty: not documented",
      "document.errored: missing",
    ]);
  });
});

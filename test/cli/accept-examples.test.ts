import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { to } from "./accept-cases.ts";
import { moveCloud } from "./second-hand.ts";
import { example, type Shop } from "./shop.ts";

type Edits = Readonly<Record<string, (text: string) => string>>;

/** An example after its first apply, in one of its stacks if it has any. */
async function built(name: string, stack: readonly string[]): Promise<Shop> {
  const at = example(name, { speed: 100_000 });
  const ran = await at.run(["apply", "--yes", ...stack]);
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return at;
}

function textsOf(at: Shop): Readonly<Record<string, string>> {
  const names = readdirSync(join(at.folder, "manifests"), { recursive: true, encoding: "utf8" });
  const files = names.filter((file) => file.endsWith(".yaml")).map((file) => `manifests/${file}`);
  return Object.fromEntries(files.map((file) => [file, at.read(file)]));
}

test.each<[string, readonly string[], Edits]>([
  [
    "edge",
    ["--stack", "staging"],
    {
      "manifests/gateway.yaml": (text) =>
        [
          to("Where the world comes in.", "Where others come in."),
          to("bandwidthSize: 5\n", "bandwidthSize: 8\n"),
          to("team: platform }\n  # Beside", "team: edge }\n  # Beside"),
          to("ingressPort: 8443 }\n", "ingressPort: 8443 }\n    - protocol: HTTP\n      ingressPort: 9080\n"),
        ].reduce((rest, edit) => edit(rest), text),
      "manifests/blue.yaml": (text) =>
        [
          to("logLevel: 4", "logLevel: 6"),
          to("replicas: 2 }", "replicas: 3 }"),
          to("[10.0.0.53]", "[10.0.0.53, 10.0.0.54]"),
        ].reduce((rest, edit) => edit(rest), text),
    },
  ],
  ["platform", [], { "manifests/labels.yaml": to("instances: [shops/1, shops/2]", "instances: [shops/1]") }],
])("cairn accept writes what drifted in the example %s, and nothing else", async (name, stack, edits) => {
  const at = await built(name, stack);
  const before = textsOf(at);
  await moveCloud(at, edits, {}, stack);
  const { code, stderr } = await at.run(["accept", "--all", ...stack]);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  expect(textsOf(at)).toEqual({
    ...before,
    ...Object.fromEntries(Object.entries(edits).map(([file, edit]) => [file, edit(before[file] ?? "")])),
  });
  const planned = await at.run(["plan", "--detailed-exitcode", ...stack]);
  expect([planned.code, planned.stdout]).toEqual([0, expect.stringContaining("No changes.")]);
});

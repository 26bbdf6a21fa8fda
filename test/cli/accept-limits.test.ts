import { describe, expect, it } from "vitest";
import { to } from "./accept-cases.ts";
import { moveCloud } from "./second-hand.ts";
import { type Shop, shop } from "./shop.ts";

const file = "manifests/web.yaml";

/** The shop with other texts in its manifest or configuration, applied. */
async function applied(edits: Readonly<Record<string, (text: string) => string>> = {}, line = "apply --yes") {
  const at = shop();
  for (const [path, edit] of Object.entries(edits)) at.write(path, edit(at.read(path)));
  const ran = await at.cairn(line);
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return at;
}

/** What `accept` says where it writes nothing. */
async function refused(at: Shop, line = "accept --all"): Promise<string> {
  const before = at.read(file);
  const { code, stderr } = await at.cairn(line);
  expect([code, at.read(file)]).toEqual([1, before]);
  return stderr;
}

describe("cairn accept says of what comes from elsewhere where to change it, and writes nothing:", () => {
  const replicas = (text: string) => (manifest: string) => to("replicas: 2", `replicas: ${text}`)(manifest);
  const vars = { "cairn.yaml": (text: string) => `${text}vars: { replicas: 2, name: first }\n` };
  const inVars = /change vars\.replicas at cairn\.yaml:\d+ for everything that says \$\{var\.replicas\}/;

  it("a variable", async () => {
    const at = await applied({ ...vars, [file]: replicas('"${var.replicas}"') });
    await moveCloud(at, { "cairn.yaml": to("replicas: 2", "replicas: 7") });
    const said = await refused(at);
    expect(said).toMatch(
      /error\[E_ACCEPT\] manifests\/web\.yaml:\d+:\d+ Environment\/web\/prod replicas: comes from \$\{var\.replicas\}; the cloud has 7\n/,
    );
    expect(said).toMatch(inVars);
  });

  it("a variable that --var gave", async () => {
    const at = await applied({ ...vars, [file]: replicas('"${var.replicas}"') }, "apply --yes --var replicas=3");
    await moveCloud(at, { [file]: to('"${var.replicas}"', "9") });
    expect(await refused(at, "accept --all --var replicas=3")).toContain("give another value with --var replicas=…");
  });

  it("a text of which a variable is a part", async () => {
    const at = await applied({ ...vars, [file]: to("description: first", "description: the ${var.name} one") });
    await moveCloud(at, { [file]: to("the ${var.name} one", "another") });
    const said = await refused(at);
    expect(said).toContain('description: comes from ${var.name}; the cloud has "another"');
    expect(said).toContain("change vars.name at cairn.yaml:");
  });

  it("the environment", async () => {
    const at = await applied({ [file]: to("description: first", "description: ${env.KEY}") });
    await moveCloud(at, { [file]: to("${env.KEY}", "another") });
    expect(await refused(at)).toContain("help: set the environment variable KEY where cairn runs");
  });

  it("a field that the cloud has no more", async () => {
    const at = await applied({ ...vars, [file]: to("description: first", "description: ${var.name}") });
    await moveCloud(at, { [file]: to("  description: ${var.name}\n", "") });
    expect(await refused(at)).toContain("comes from ${var.name}; the cloud has nothing there");
  });

  it("an alias, and the anchor that it shares its value with", async () => {
    const anchored = to("  description: first", "  bizTitle: &t first\n  description: *t");
    const at = await applied({ [file]: anchored });
    await moveCloud(at, { [file]: to("description: *t", "description: second") });
    expect(await refused(at)).toMatch(
      /web\.yaml:10:16 App\/web description: comes from the anchor &t; the cloud has "second"\n {2}help: change it at manifests\/web\.yaml:9 for everything that says \*t/,
    );
    const other = await applied({ [file]: anchored });
    await moveCloud(other, {
      [file]: to("bizTitle: &t first\n  description: *t", "bizTitle: second\n  description: first"),
    });
    expect(await refused(other)).toMatch(
      /bizTitle: carries the anchor &t, and \*t uses it elsewhere[\s\S]*web\.yaml:10,/,
    );
  });

  it("a leaf of an object, of which the rest is written", async () => {
    const object =
      "  deployment:\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec:\n      replicas: 1\n      strategy: { type: Recreate }\n      image: ${var.name}:1\n";
    const at = await applied({ ...vars, [file]: to("  codePath: /srv/app\n", object) });
    const before = at.read(file);
    const scaled = to("replicas: 1", "replicas: 4");
    await moveCloud(at, { [file]: (text) => scaled(to("image: ${var.name}:1", "image: other:2")(text)) });
    const { code, stdout, stderr } = await at.cairn("accept --all");
    expect([code, at.read(file)]).toEqual([1, scaled(before)]);
    expect(stderr).toMatch(/deployment\.spec\.image: comes from \$\{var\.name\}; the cloud has "other:2"/);
    expect(stdout).toContain("    deployment.spec.replicas\n");
    expect(stdout).toContain("Accepted: 1 value of 1 resource, in 1 file. 1 not accepted.");
  });

  it("a merge key", async () => {
    const merged = to(
      'userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]',
      'userRoles:\n    - &o { roleName: Owner, userId: "1", userType: TAOBAO }\n    - { <<: *o, userId: "2" }',
    );
    const at = await applied({ [file]: merged });
    await moveCloud(at, {
      [file]: to('{ <<: *o, userId: "2" }', '{ roleName: Owner, userId: "2", userType: DING_TALK }'),
    });
    expect(await refused(at)).toMatch(
      /comes by a merge key from the anchor &o; the cloud has "DING_TALK"\n {2}help: change it at manifests\/web\.yaml:11 /,
    );
  });
});

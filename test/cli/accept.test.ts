import { describe, expect, it } from "vitest";
import { acceptCases, manifest } from "./accept-cases.ts";
import { moveCloud } from "./second-hand.ts";
import { type Shop, shop } from "./shop.ts";

const file = "manifests/web.yaml";

async function applied(text = manifest): Promise<Shop> {
  const at = shop();
  at.write(file, text);
  const ran = await at.cairn("apply --yes", { env });
  expect(ran.stderr).not.toContain("error[");
  expect(ran.code).toBe(0);
  return at;
}

const env = { KEY: "cairn", SECRET: "cairn-secret", API_TOKEN: "t0ken-4711" };

describe("cairn accept --all", () => {
  it.each(acceptCases)("$name", async ({ cloud, git = cloud }) => {
    const at = await applied();
    await moveCloud(at, { [file]: cloud }, { env });
    const { stdout, stderr, code } = await at.cairn("accept --all", { env });
    expect(at.read(file)).toBe(git(manifest));
    expect([code, stderr]).toEqual([0, expect.stringContaining("the next apply records this")]);
    expect(stdout).toContain("= accepted ");
    const planned = await at.cairn("plan --detailed-exitcode", { env });
    expect([planned.code, planned.stdout]).toEqual([0, expect.stringContaining("No changes.")]);
  });
});

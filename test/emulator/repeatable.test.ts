import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/emulator/index.ts";
import type { EmulatorRequest } from "../../src/emulator/request.ts";
import { GATEWAYS } from "./huaweicloud/cloud.ts";
import { creation } from "./huaweicloud/seed.ts";
import { signedCall } from "./huaweicloud/signed-call.ts";
import { APP, SEED } from "./seed.ts";
import { signedRequest } from "./signed-request.ts";

const [, table = ""] = /### Faults\n(.*)/s.exec(readFileSync("docs/emulator.md", "utf8")) ?? [];
const effects = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = ""]) =>
  [...names.matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name),
);

/** Creations, lists, a change, work that goes on after its answer, and a removal, on both clouds. */
const story: readonly (() => EmulatorRequest)[] = [
  ...["a", "b", "c", "d", "e", "f"].flatMap((Title) => [
    () => signedRequest({ action: "CreateApp", params: { ...APP, Title } }),
    () => signedRequest({ action: "ListApp", params: { PageSize: "100" } }),
  ]),
  ...["v1", "v2", "v3", "v4", "v5", "v6"].map((Name) => () => {
    return signedRequest({
      action: "DeployApp",
      params: { EnvId: "13", Name, PackageUrl: "https://packages.example/a.jar" },
    });
  }),
  ...["g1", "g2", "g3", "g4", "g5", "g6"].flatMap((name) => [
    () => signedCall({ method: "POST", path: GATEWAYS, body: creation(name) }),
    () => signedCall({ method: "GET", path: GATEWAYS }),
  ]),
  () => signedRequest({ action: "DeleteSlbAP", params: { SlbAPId: "15" } }),
];

type Chapter = { readonly answer: unknown; readonly faulted: unknown };

/** Plays the story under one effect that strikes half of the calls that it may strike. */
async function play(effect: string, seed: number, now: number): Promise<{ chapters: Chapter[]; emulator: Emulator }> {
  const emulator = createEmulator({ seed: SEED, clock: () => now });
  emulator.setFaults({ seed, rules: [{ match: { probability: 0.5 }, effect, ms: effect === "latency" ? 1 : 60_000 }] });
  const chapters: Chapter[] = [];
  for (const request of story) {
    const answer = await emulator.handle(request());
    emulator.advance(5000);
    chapters.push({ answer, faulted: emulator.calls().at(-1)?.faulted });
  }
  return { chapters, emulator };
}

test("the manual names effects", () => expect(effects.length).toBeGreaterThanOrEqual(13));

test.each(effects)(
  "%s strikes the same calls in the same way for the same seed, and others for another",
  async (effect) => {
    const now = Date.now();
    const first = await play(effect, 1, now);
    const again = await play(effect, 1, now);
    expect(again.chapters).toEqual(first.chapters);
    expect(again.emulator.state()).toEqual(first.emulator.state());
    const marks = (of: typeof first): unknown[] => of.chapters.map(({ faulted }) => faulted);
    expect(marks(first)).toContain(effect);
    expect(marks(first)).toContain(false);
    expect(marks(await play(effect, 2, now))).not.toEqual(marks(first));
  },
);

import fc from "fast-check";
import { it } from "vitest";
import { wishes } from "./wishes.ts";
import { openSite } from "./site.ts";
it("x", async () => {
  const seen: Record<string, number> = {};
  if (process.env["TRACE"]) {
    const real = globalThis.setTimeout;
    (globalThis as any).setTimeout = (f: any, ms: any, ...r: any[]) => {
      const at = (new Error().stack ?? "").split("\n").slice(2, 5).map((l) => l.trim().split("/").slice(-2).join("/")).join(" < ");
      seen[`${ms} ${at}`] = (seen[`${ms} ${at}`] ?? 0) + 1;
      return real(f, ms, ...r);
    };
  }
  const N = Number(process.env["N"] ?? 20);
  const seed = Number(process.env["S"] ?? 1);
  const all = fc.sample(wishes(), { numRuns: N, seed });
  let ms = 0;
  const codes: Record<string, number> = {};
  const site = openSite({ pageLimit: 3 }, 1);
  for (const [i, w] of all.entries()) {
    site.declare(w);
    const t = performance.now();
    const ran = await site.cairn("apply --yes --allow destroy=**");
    ms += performance.now() - t;
    codes[ran.code] = (codes[ran.code] ?? 0) + 1;
    console.log(i, Math.round(performance.now() - t), w.length, site.emulator.calls().length); site.emulator.clearCalls();
    if (ran.code !== 0 || ran.declined.length) console.log(i, ran.code, ran.stderr.split("\n").filter(l => /error|help/.test(l)).join("\n"), ran.declined);
    const p = await site.cairn("plan --detailed-exitcode");
    if (ran.code === 0 && p.code !== 0) console.log(i, "PLAN NOT EMPTY", p.stdout, p.stderr);
  }
  console.log(ms / N, codes);
  console.log(seen);
  site.close();
}, 600000);

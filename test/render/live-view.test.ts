import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../src/core/address.ts";
import type { ApplyEvent } from "../../src/core/event.ts";
import { advance, emptyView, estimatedRest } from "../../src/render/apply-view.ts";
import { frameLines } from "../../src/render/frame.ts";
import { liveView } from "../../src/render/live-view.ts";
import { paintWith } from "../../src/render/paint.ts";
import { displayWidth } from "../../src/render/width.ts";
import { events } from "./event-fixture.ts";

const paint = paintWith(false);
const up = new RegExp(`\\r${String.fromCharCode(27)}\\[(\\d+)A${String.fromCharCode(27)}\\[J`);

const start = (address: Address): ApplyEvent => ({ type: "started", at: 5, key: address, address, action: "create" });

/** What a terminal shows after these texts: cursor-up with clearing is all that it understands. */
function screen(texts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const rows = Number(up.exec(text)?.[1] ?? 0);
    lines.splice(lines.length - rows, rows);
    lines.push(...text.replace(up, "").split("\n").slice(0, -1));
  }
  return lines;
}

describe("liveView()", () => {
  it("draws running steps with their time, counts and an estimate, and lets ended steps scroll by", async () => {
    const view = liveView({ rows: 24, columns: 80, paint });
    const frames: string[] = [];
    const written: string[] = [];
    for (const event of events) {
      written.push(view.next(event));
      frames.push(`--- ${event.type}`, ...screen(written));
    }
    await expect(`${frames.join("\n")}\n`).toMatchFileSnapshot("golden/progress-live.txt");
  });

  it("leaves only what scrolled by after the end", () => {
    const view = liveView({ rows: 24, columns: 80, paint });
    const shown = screen(events.map((event) => view.next(event)));
    expect(shown.map((line) => line.split(":")[0])).toEqual([
      "record App/pay",
      "create App/店铺",
      "create Environment/storefront/prod",
      "create SlbAP/storefront/web",
    ]);
    expect(view.next({ type: "tick", at: 99_000 })).toBe("");
  });

  it("moves elapsed times on with ticks, and never backwards", () => {
    const view = liveView({ rows: 24, columns: 80, paint });
    const written = events.slice(0, 2).map((event) => view.next(event));
    written.push(view.next({ type: "tick", at: 31_000 }), view.next({ type: "tick", at: 2_000 }));
    expect(screen(written)).toEqual(["  create App/店铺  30s", "0/4 done · 30s"]);
  });

  it("takes its frame away on demand, once", () => {
    const view = liveView({ rows: 24, columns: 80, paint });
    view.next({ type: "begin", at: 0, steps: [] });
    expect(view.clear()).toBe("\r\u001b[1A\u001b[J");
    expect(view.clear()).toBe("");
  });

  it("erases the rows that a narrowed terminal made of a line", () => {
    const view = liveView({ rows: 24, columns: 80, paint });
    const begun = view.next({ type: "begin", at: 0, steps: [] });
    expect(begun).toBe("0/0 done · 0.0s\n");
    expect(view.resize({ rows: 24, columns: 6 })).toBe("\r\u001b[3A\u001b[J0/0 …\n");
    expect(view.resize({ rows: 24, columns: 2 })).toBe("\r\u001b[3A\u001b[J…\n");
  });

  it("never needs more rows or columns than the terminal has", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "店", "\u001b", "\n", " "), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 60 }),
        (names, rows, columns) => {
          const view = names.reduce((before, name) => advance(before, start(`App/${name}`)), emptyView);
          const lines = frameLines(view, { rows, columns });
          expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(1, columns - 1));
        },
      ),
    );
  });

  it("counts the running steps that have no row", () => {
    const view = ["a", "b", "c", "d"].map((name) => start(`App/${name}`)).reduce(advance, emptyView);
    const size = (rows: number) => frameLines(view, { rows, columns: 60 }).map((line) => line.trim().split("  ")[0]);
    expect(size(6)).toEqual(["create App/a", "create App/b", "create App/c", "create App/d", "0/0 done · 0.0s"]);
    expect(size(5)).toEqual(["create App/a", "create App/b", "… and 2 more", "0/0 done · 0.0s"]);
    expect(size(3)).toEqual(["… and 4 more", "0/0 done · 0.0s"]);
    expect(size(2)).toEqual(["0/0 done · 0.0s"]);
  });
});

describe("estimatedRest()", () => {
  it("goes on at the pace so far, and says nothing before there is one", () => {
    const view = { ...emptyView, total: 10, startedAt: 1_000, now: 21_000 };
    expect(estimatedRest(view)).toBeUndefined();
    expect(estimatedRest({ ...view, done: 3, failed: 1, skipped: 2 })).toBe(20_000);
    expect(estimatedRest({ ...view, done: 10 })).toBeUndefined();
  });
});

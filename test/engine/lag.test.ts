import { expect, test } from "vitest";
import { openLag } from "../../src/engine/lag.ts";

const boxes = { provider: "fake", kind: "Box", scope: {} };
const lids = { provider: "fake", kind: "Lid", scope: { box: "id-1" } };

function ids(...shown: string[]): ReadonlySet<string> {
  return new Set(shown);
}

test("openLag() measures how long lists hide what was made, and still show what was deleted", () => {
  const lag = openLag();
  lag.wrote({ ...boxes, id: "a", makes: "there", sentAt: 90, answeredAt: 100 });
  expect(lag.longestMs()).toBe(0);
  lag.listed(boxes, ids(), 400);
  expect(lag.longestMs()).toBe(300);
  lag.listed(boxes, ids("a"), 900);
  expect(lag.longestMs()).toBe(300);
  lag.wrote({ ...boxes, id: "a", makes: "gone", sentAt: 900, answeredAt: 1000 });
  lag.listed(boxes, ids("a"), 2000);
  expect(lag.longestMs()).toBe(1000);
});

test("openLag() takes what is hidden for more than a minute for undone by somebody else", () => {
  const lag = openLag();
  lag.wrote({ ...boxes, id: "a", makes: "there", sentAt: 0, answeredAt: 0 });
  lag.listed(boxes, ids(), 60_000);
  expect(lag.longestMs()).toBe(0);
});

test("openLag() knows what the newest list of a scope covers: everything before a write that it shows", () => {
  const lag = openLag();
  expect(lag.covers(boxes, 0)).toBe(false);
  lag.wrote({ ...boxes, id: "a", makes: "there", sentAt: 50, answeredAt: 60 });
  lag.listed(lids, ids("a"), 100);
  expect(lag.covers(boxes, 0)).toBe(false);
  lag.listed(boxes, ids("a"), 100);
  expect([lag.covers(boxes, 50), lag.covers(boxes, 51), lag.covers(lids, 0)]).toEqual([true, false, false]);
  lag.listed(boxes, ids(), 200);
  expect(lag.covers(boxes, 0)).toBe(false);
});

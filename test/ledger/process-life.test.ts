import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { isDead, ownMark, ownUser } from "../../src/ledger/process-life.ts";

const hasProc = existsSync("/proc/self/stat");

test("ownUser() names the user", () => {
  expect(ownUser()).toBe(userInfo().username);
});

test("ownMark() is the same each time, and this process lives", async () => {
  const own = await ownMark();
  expect(await ownMark()).toEqual(own);
  expect(own.pid).toBe(process.pid);
  expect(await isDead(own, own)).toBe(false);
});

test("isDead() knows a killed process", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const own = await ownMark();
  const mark = { ...own, pid: child.pid ?? 0, started: "" };
  expect(await isDead(mark, own)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await isDead(mark, own)).toBe(true);
});

test("isDead() knows a zombie, which still answers to its pid", async () => {
  // The shell's child ends and is not waited for, because the shell has become a sleep.
  const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [line] = await once(parent.stdout, "data");
  const own = await ownMark();
  const mark = { ...own, pid: Number(String(line)), started: "" };
  await expect.poll(() => isDead(mark, own), { timeout: 5000 }).toBe(hasProc);
});

test("isDead() knows that a pid is in use again, or that the machine was booted since", async () => {
  const own = await ownMark();
  expect(await isDead({ ...own, boot: "b1" }, { ...own, boot: "b2" })).toBe(true);
  expect(await isDead({ ...own, started: "1" }, own)).toBe(hasProc);
});

test("isDead() never claims what it cannot know", async () => {
  const own = await ownMark();
  const gone = { ...own, pid: 2 ** 22 + 1, started: "1" };
  expect(await isDead(gone, own)).toBe(true);
  expect(await isDead({ ...gone, host: "elsewhere", boot: "b2" }, own)).toBe(false);
  expect(await isDead({ ...gone, namespace: "pid:[1]" }, own)).toBe(false);
  expect(await isDead({ ...own, started: "", boot: "" }, own)).toBe(false);
});

test("isDead() takes a process of another user for alive", async () => {
  const own = await ownMark();
  expect(await isDead({ ...own, pid: 1, started: "" }, own)).toBe(false);
});

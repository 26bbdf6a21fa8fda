import { readFile, readlink } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { fileCode } from "./file-fault.ts";

/** What tells one process from every other; "" where the system does not say. */
export type ProcessMark = {
  readonly pid: number;
  readonly host: string;
  /** The machine's boot id. */
  readonly boot: string;
  /** The namespace that the pid counts in: containers of one host have their own. */
  readonly namespace: string;
  /** When the process began, in the kernel's ticks since boot: a pid is used again, a pid with its start is not. */
  readonly started: string;
};

/** The mark of this process. */
export async function ownMark(): Promise<ProcessMark> {
  const [boot, namespace, started] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8").then((text) => text.trim(), unsaid),
    readlink("/proc/self/ns/pid").catch(unsaid),
    startOf(process.pid),
  ]);
  return { pid: process.pid, host: hostname(), boot, namespace, started: started ?? "" };
}

/** The name of this user; its number where the system has no name for it. */
export function ownUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/**
 * True only where it is certain that the process is gone: it ran on this host, and the host has been booted since, or its
 * pid is free, a zombie's, or in use by a process that began at another time. False where this machine cannot tell.
 */
export async function isDead(mark: ProcessMark, own: ProcessMark): Promise<boolean> {
  if (mark.host !== own.host) return false;
  if (differ(mark.boot, own.boot)) return true;
  if (mark.namespace !== own.namespace) return false;
  const started = await startOf(mark.pid);
  return started === undefined || differ(mark.started, started);
}

/** When a process began; "" where the system does not say, undefined for one that is gone or a zombie. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Anything else, such as EPERM, means that there is one.
    if (fileCode(error) === "ESRCH") return undefined;
  }
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(unsaid);
  // The second field is the command in parentheses and may hold spaces; the state is the third, the start the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : (fields[19] ?? "");
}

function differ(left: string, right: string): boolean {
  return left !== "" && right !== "" && left !== right;
}

function unsaid(): string {
  return "";
}

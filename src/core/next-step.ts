import type { Diagnostic, ErrorCode } from "./errors.ts";

/** What to do next about a fault that does not say it itself, by code. Faults of manifests have their cure in the sentence. */
const nextSteps: Readonly<Partial<Record<ErrorCode, string>>> = {
  E_USAGE: "see cairn --help",
  E_READ: "correct the path; relative ones begin at the folder that -C names",
  E_LEDGER: "cairn ledger check tells whether it is sound",
  E_CONFIRM: "run the same command again and answer yes, or add --yes",
  E_CREDENTIALS: "check the keys under `providers` in cairn.yaml, and the environment variables that they name",
  E_CLOUD: "settle what the cloud says, then run the same command again; cairn plan shows what is left to do",
  E_THROTTLED: "wait a while, then run the same command again; --parallelism 1 sends one call at a time",
  E_UNREACHABLE: "check `endpoint` in cairn.yaml and the way to it, then run the same command again",
  E_BAD_ANSWER: "run the same command again; if it stays so, check `endpoint` in cairn.yaml",
  E_INCOMPLETE: "run the same command again; nothing is concluded from what is not whole",
  E_NOT_READY: "look at it in the cloud, then run the same command again; cairn plan shows what is left to do",
  E_INTERRUPTED: "run the same command again to go on",
  E_UNKNOWN_OUTCOME: "run the same command again: cairn looks at the object before it sends anything",
  E_INTERNAL: "this is a fault of cairn's own; --log-level debug shows where it happened",
};

/** The help of a diagnostic: its own, else for an error what its code calls for. */
export function helpOf({ help, severity, code }: Diagnostic): string | undefined {
  return help ?? (severity === "error" ? nextSteps[code] : undefined);
}

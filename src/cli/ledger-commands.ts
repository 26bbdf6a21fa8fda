import { Option } from "commander";
import type { CommandSpec } from "./command-spec.ts";
import { plainValue } from "./option-values.ts";

/** The commands about the ledger, in the order of the help. */
export const ledgerCommands: readonly CommandSpec[] = [
  {
    name: "ledger list",
    summary: "list what is owned",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-list.ts")).runLedgerList,
  },
  {
    name: "ledger show",
    summary: "show the entry of one object",
    arguments: { "<address>": "Kind/name" },
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-show.ts")).runLedgerShow,
  },
  {
    name: "ledger forget",
    summary: "give up the ownership of one object; the object stays",
    arguments: { "<address>": "Kind/name" },
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-forget.ts")).runLedgerForget,
  },
  {
    name: "ledger move",
    summary: "give what is owned behind one provider alias to another one; the objects stay",
    options: [
      new Option(
        "--provider <old=new>",
        "what belonged to OLD belongs to NEW; one name twice where it leads elsewhere now",
      ).argParser(plainValue),
    ],
    takes: "all",
    load: async () => (await import("./commands/ledger-move.ts")).runLedgerMove,
  },
  {
    name: "ledger check",
    summary: "tell whether the ledger is sound, what a dead run left open, and who holds the lock",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-check.ts")).runLedgerCheck,
  },
  {
    name: "ledger unlock",
    summary: "remove the lock that a dead run left",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-unlock.ts")).runLedgerUnlock,
  },
];

import type { CommandSpec } from "./command-spec.ts";

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
    name: "ledger unlock",
    summary: "remove the lock that a dead run left",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-unlock.ts")).runLedgerUnlock,
  },
];

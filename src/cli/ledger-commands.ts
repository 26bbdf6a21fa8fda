import { Option } from "commander";
import { ledgerGuards } from "../core/ledger-guards.ts";
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
    name: "ledger pull",
    summary: "print the stored ledger, as it would stand in a file",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-pull.ts")).runLedgerPull,
  },
  {
    name: "ledger push",
    summary: "put the ledger in a file in the place of the stored one",
    arguments: { "<file>": "what ledger pull wrote, or a copy; - reads standard input" },
    options: [],
    takes: "all",
    guards: ledgerGuards,
    load: async () => (await import("./commands/ledger-push.ts")).runLedgerPush,
  },
  {
    name: "ledger history",
    summary: "list the versions that are kept: the ledger before each of the last runs that changed it",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-history.ts")).runLedgerHistory,
  },
  {
    name: "ledger restore",
    summary: "put a kept version in the place of the stored ledger",
    arguments: { "<serial>": "of a version that ledger history lists" },
    options: [],
    takes: "all",
    guards: ["lineage", "intents", "damaged"],
    load: async () => (await import("./commands/ledger-restore.ts")).runLedgerRestore,
  },
  {
    name: "ledger migrate",
    summary: "move the ledger to where cairn.yaml has it now",
    options: [
      new Option(
        "--from <settings>",
        "what stood under `ledger` before: '{ backend: file, path: old/ledger.json }'; ${env.X} keeps secrets out of it",
      ).argParser(plainValue),
    ],
    takes: "all",
    load: async () => (await import("./commands/ledger-migrate.ts")).runLedgerMigrate,
  },
  {
    name: "ledger unlock",
    summary: "remove the lock that a dead run left",
    options: [],
    takes: "all",
    load: async () => (await import("./commands/ledger-unlock.ts")).runLedgerUnlock,
  },
];

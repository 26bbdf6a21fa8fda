import { CairnError, failure } from "../../core/errors.ts";
import type { LedgerBackend } from "../../ledger/backend.ts";
import { ledgerFromText } from "../../manifest/choose-ledger.ts";
import { filesOnDisk } from "../../manifest/files.ts";
import { amount } from "../../render/amount.ts";
import { projectText } from "../../render/project-text.ts";
import { safeLine } from "../../render/safe-text.ts";
import { commandText } from "../command-text.ts";
import { ledgerSettings, openLedger } from "../ledger-of.ts";
import { type LedgerMove, moveLedger, requireStored } from "../move-ledger.ts";
import type { Project } from "../project.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn ledger migrate --from SETTINGS`: the ledger moves from where it was to where cairn.yaml has it now. */
export function runLedgerMigrate(context: RunContext): Promise<number> {
  const { options } = context;
  const text = requireFrom(options.from);
  const migrate = async ({ project, backend: to }: Session): Promise<number> => {
    const from = await openLedger({ ...project, ledger: await settingsIn(context, project, text) }, context);
    try {
      requireOtherPlace(from, to);
      // A place that was misspelt gets no folder and no lock.
      const there = await from.look();
      if (there.type !== "moved") await requireStored(from);
      tell(context, from, to, await moveLocked(context, from, to));
      return 0;
    } finally {
      await from.close();
    }
  };
  return withSession(context, options, migrate, { manifests: false });
}

function requireFrom(text: string | undefined): string {
  if (text !== undefined) return text;
  throw failure("E_USAGE", "ledger migrate needs to know where the ledger was", {
    help: "write cairn ledger migrate --from '{ backend: file, path: old/ledger.json }', with what stood under `ledger` in cairn.yaml before",
  });
}

async function settingsIn({ world, output }: RunContext, project: Project, text: string): Promise<Project["ledger"]> {
  const { root, variables } = project;
  const { settings, diagnostics } = ledgerFromText(text, "--from", {
    backends: ledgerSettings,
    credentials: true,
    world: { variables, env: world.env, files: filesOnDisk(root) },
  });
  const isWrong = diagnostics.some(({ severity }) => severity === "error");
  if (settings === undefined || isWrong) throw new CairnError(diagnostics);
  await output.diagnostics(diagnostics);
  return settings;
}

function requireOtherPlace(from: LedgerBackend, to: LedgerBackend): void {
  if (from.place !== to.place) return;
  throw failure("E_USAGE", `--from and cairn.yaml name the same place: ${to.location}`, {
    help: "cairn.yaml has to name the new place already, and --from the old one",
  });
}

async function moveLocked(context: RunContext, from: LedgerBackend, to: LedgerBackend): Promise<LedgerMove> {
  const { options } = context;
  const command = commandText("ledger migrate", options);
  const lock = await to.lock(command, options.lockTimeout);
  try {
    const old = await from.lock(command, options.lockTimeout);
    try {
      return await moveLedger({ backend: from, lock: old }, { backend: to, lock });
    } finally {
      await old.release();
    }
  } finally {
    await lock.release();
  }
}

function tell({ output }: RunContext, from: LedgerBackend, to: LedgerBackend, { ledger, outcome }: LedgerMove): void {
  const { lineage, serial, entries } = ledger;
  const owned = Object.keys(entries).length;
  output.json({ from: from.location, to: to.location, outcome, lineage, serial, owned });
  const what = `the ledger of ${projectText(ledger)} (${amount(owned, "resource")}, serial ${serial})`;
  const [old, now] = [safeLine(from.location), safeLine(to.location)];
  if (outcome === "already moved") output.text(`${what} was moved to ${now} before: nothing was left to do\n`);
  else {
    const done = outcome === "finished" ? "lies, finishing what an earlier run began," : "lies";
    output.text(`${what} ${done} at ${now}; ${old} refuses whoever still looks there, and keeps its history\n`);
  }
}

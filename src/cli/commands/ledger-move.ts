import { changeProvider } from "../../core/change-provider.ts";
import { describeCloud } from "../../core/clouds.ts";
import { failure } from "../../core/errors.ts";
import type { Cloud, LedgerState } from "../../core/ledger.ts";
import { didYouMean } from "../../core/suggest.ts";
import { amount } from "../../render/amount.ts";
import { safeLine } from "../../render/safe-text.ts";
import { commandText } from "../command-text.ts";
import { requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn ledger move --provider OLD=NEW`: what is owned behind one provider alias is owned behind another one. No call is made. */
export function runLedgerMove(context: RunContext): Promise<number> {
  const { options, output } = context;
  const [from, to] = aliasesIn(options.provider);
  const move = async ({ project, backend }: Session): Promise<number> => {
    const cloud = requireAlias(project.clouds, to);
    requireOwned(await requireLedger({ backend }), from, cloud);
    const lock = await backend.lock(commandText("ledger move", options), options.lockTimeout);
    try {
      const ledger = await requireLedger({ backend });
      requireOwned(ledger, from, cloud);
      const moved = changeProvider(ledger, { from, to, cloud });
      await lock.write({ ...moved.ledger, serial: ledger.serial + 1 });
      const where = safeLine(describeCloud(cloud));
      output.text(
        `${amount(moved.entries, "resource")} of ${from} belong to ${to} now: ${where}; no object was touched\n`,
      );
      output.json({ from, to, cloud, moved: moved.entries, intents: moved.intents });
      return 0;
    } finally {
      await lock.release();
    }
  };
  return withSession(context, options, move, { manifests: false });
}

function aliasesIn(text = ""): readonly [string, string] {
  const [, from, to] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return [from, to];
  throw failure("E_USAGE", "ledger move needs to know what belongs where", {
    help: "write cairn ledger move --provider OLD=NEW, two names under `providers` (or one twice, where it leads elsewhere now)",
  });
}

function requireAlias(clouds: ReadonlyMap<string, Cloud>, alias: string): Cloud {
  const cloud = clouds.get(alias);
  if (cloud !== undefined) return cloud;
  const names = [...clouds.keys()];
  throw failure("E_CONFIG", `no provider is named "${alias}"`, {
    place: { file: "cairn.yaml" },
    help: didYouMean(alias, names, `known are ${names.join(", ")}`),
  });
}

/** Something has to live behind the alias, and it has to be of the provider that it is to belong to. */
function requireOwned({ entries, intents }: LedgerState, from: string, to: Cloud): void {
  const all = [...Object.values(entries), ...intents.map(({ entry }) => entry)];
  const held = all.filter(({ provider }) => provider === from);
  const [first] = held;
  if (first === undefined) {
    const names = [...new Set(all.map(({ provider }) => provider))].sort();
    const help = names.length === 0 ? "nothing is owned" : `objects are owned behind ${names.join(", ")}`;
    throw failure("E_TARGET", `nothing is owned behind the provider ${from}`, {
      help: `${help}; see cairn ledger list`,
    });
  }
  const strange = held.find(({ cloud }) => cloud.provider !== to.provider);
  if (strange === undefined) return;
  throw failure("E_OTHER_CLOUD", `lives in ${strange.cloud.provider}, and cannot belong to ${to.provider}`, {
    address: strange.address,
    help: "name a provider of the same kind; cairn ledger show tells where an object lives",
  });
}

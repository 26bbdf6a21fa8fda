import { applied, type Shop } from "./shop.ts";

/** Where the small project keeps its ledger. */
export const file = ".cairn/ledger.json";

/** The small project after a first apply and a second one that changed its app: the ledger of the first is kept. */
export async function grown(): Promise<Shop & { readonly first: string; readonly serial: number }> {
  const project = await applied();
  const first = project.read(file);
  project.edit("manifests/web.yaml", "description: first", "description: second");
  await applied(project);
  return { ...project, first, serial: JSON.parse(first).serial };
}

/** The stored ledger. */
export function ledgerIn(project: Shop) {
  return JSON.parse(project.read(file));
}

/** A ledger with an open intent, as a killed run leaves it. */
export function withIntent(text: string): string {
  const ledger = JSON.parse(text);
  const { id: _, ...entry } = ledger.entries["App/web"];
  const intents = [{ action: "create", entry: { ...entry, address: "App/shop" }, since: "2026-01-01T00:00:00.000Z" }];
  return JSON.stringify({ ...ledger, intents });
}

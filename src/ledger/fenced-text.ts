import { randomUUID } from "node:crypto";
import { z } from "zod";

/** A ledger as a store holds it: the text that a file would hold, and who may replace it. */
export type FencedText = {
  /** The token of the lock that it was written under; absent in a ledger file that somebody has copied there. */
  readonly fence?: string;
  /** Absent where nothing has been written yet under any lock. */
  readonly ledger?: string;
};

const header = z.object({ cairn: z.literal("ledger"), fence: z.string() });

/**
 * The text under one line of JSON that names the lock. Whoever takes the lock writes the ledger anew under its own name, so that
 * what a former holder still has under way no longer finds what it was to replace. Never the same text twice.
 */
export function fencedText(fence: string, ledger: string | undefined): string {
  return `${JSON.stringify({ cairn: "ledger", fence, write: randomUUID() })}\n${ledger ?? ""}`;
}

/** Takes apart what `fencedText` has put together; any other text is taken for a ledger without a fence. */
export function readFenced(text: string): FencedText {
  const end = text.indexOf("\n");
  const fence = end < 0 ? undefined : fenceIn(text.slice(0, end));
  if (fence === undefined) return { ledger: text };
  const ledger = text.slice(end + 1);
  return ledger === "" ? { fence } : { fence, ledger };
}

function fenceIn(line: string): string | undefined {
  if (!line.startsWith('{"cairn":')) return undefined;
  try {
    return header.safeParse(JSON.parse(line)).data?.fence;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

import { byText } from "../core/values.ts";

/** A version of a ledger that was kept when a run replaced it. */
export type KeptLedger = {
  readonly serial: number;
  /** How many objects it owned. */
  readonly owned: number;
  /** When it was kept, which is when the run that replaced it began to write; ISO time. */
  readonly keptAt: string;
};

/** So many versions are kept of each ledger; what is older is removed. */
export const keptVersions = 50;

const pattern = /^(\d{10,})\.(\d+)\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.json$/;

/**
 * The name that a version is kept under. It says all that the history tells, so that a listing of names is enough; it
 * suits every file system, and names sort by serial.
 */
export function keptName({ serial, owned, keptAt }: KeptLedger): string {
  return `${String(serial).padStart(10, "0")}.${owned}.${keptAt.replaceAll(/[-:.]/g, "")}.json`;
}

/** The versions behind the names of a listing, newest first; other names are left out. */
export function keptLedgers(names: readonly string[]): readonly (KeptLedger & { readonly name: string })[] {
  const kept = names.flatMap((name) => {
    const [, serial, owned, year, month, day, hour, minute, second, ms] = pattern.exec(name) ?? [];
    if (serial === undefined) return [];
    const keptAt = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
    return [{ name, serial: Number(serial), owned: Number(owned), keptAt }];
  });
  return kept.sort((one, other) => byText(other.keptAt, one.keptAt) || other.serial - one.serial);
}

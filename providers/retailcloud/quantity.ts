const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal = ["", "k", "M", "G", "T", "P", "E"];
const small: Readonly<Record<string, bigint>> = { n: 1n, u: 1_000n, m: 1_000_000n };
const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/;
const unit = 1_000_000_000n;

/**
 * The shortest canonical text of a Kubernetes quantity, so that equal amounts are equal texts: `1024Mi` and `1Gi` give
 * `1Gi`, `129e6` gives `129M`, `1000m` gives `1`. What is no quantity comes back as it is.
 */
export function canonicalQuantity(text: string): string {
  const amount = nanos(text);
  if (amount === undefined) return text;
  const size = amount < 0n ? -amount : amount;
  return `${amount < 0n ? "-" : ""}${print(size)}`;
}

/** The amount in billionths; finer digits round up, as Kubernetes does. Undefined for what is no quantity. */
function nanos(text: string): bigint | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent, suffix = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const shift = Number(exponent ?? 0) - fraction.length;
  const numerator = BigInt(`${whole}${fraction}`) * scale(suffix) * 10n ** BigInt(Math.max(shift, 0));
  const divisor = 10n ** BigInt(Math.max(-shift, 0));
  const amount = (numerator + divisor - 1n) / divisor;
  return sign === "-" ? -amount : amount;
}

/** How many billionths a suffix stands for. */
function scale(suffix: string): bigint {
  const tiny = small[suffix];
  if (tiny !== undefined) return tiny;
  const power = binary.indexOf(suffix);
  return power > 0 ? unit * 1024n ** BigInt(power) : unit * 1000n ** BigInt(decimal.indexOf(suffix));
}

function print(size: bigint): string {
  if (size % unit !== 0n) return printFraction(size);
  const amount = size / unit;
  const texts = [suffixed(amount, 1024n, binary), suffixed(amount, 1000n, decimal)];
  return texts.reduce<string>(
    (best, text) => (text !== undefined && text.length < best.length ? text : best),
    String(amount),
  );
}

function printFraction(size: bigint): string {
  const suffix = ["m", "u"].find((one) => size % (small[one] ?? 1n) === 0n) ?? "n";
  return `${size / (small[suffix] ?? 1n)}${suffix}`;
}

/** The amount with the largest suffix that divides it; undefined where none does. */
function suffixed(amount: bigint, base: bigint, suffixes: readonly string[]): string | undefined {
  if (amount === 0n) return "0";
  const power = suffixes.findLastIndex((_, index) => amount % base ** BigInt(index) === 0n);
  return power > 0 ? `${amount / base ** BigInt(power)}${suffixes[power]}` : undefined;
}

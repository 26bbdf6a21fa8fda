/**
 * A row with what an update sent: an absent field keeps its value, an empty string clears it. That an empty string clears is
 * documented for CodePath only; for other optional texts it is our assumption.
 */
export function changed<Row extends object>(
  row: Row,
  changes: { readonly [K in keyof Row]?: Row[K] | undefined },
): Row {
  const sent = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...row, ...Object.fromEntries(sent.map(([name, value]) => [name, value === "" ? undefined : value])) };
}

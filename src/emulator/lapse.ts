/** A row with what is still to become of it, each step at a time in milliseconds on the emulator's clock. */
type Lapsing<Row> = {
  readonly coming?: readonly Step<Row>[] | undefined;
};

type Step<Row> = {
  readonly at: number;
  /** Fields that the row has from then on. */
  readonly becomes?: { readonly [K in keyof Row]?: Row[K] | undefined } | undefined;
  /** The row does not exist from then on. */
  readonly gone?: boolean | undefined;
};

/** What has become of a row by `time`: the steps that were due are done, in the order in which they were due. */
export function lapse<Row extends Lapsing<Omit<Row, "coming">>>(row: Row, time: number): Row | undefined {
  const { coming = [], ...now } = row;
  const due = coming.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at);
  if (due.length === 0) return row;
  if (due.some(({ gone }) => gone)) return undefined;
  const rest = coming.filter(({ at }) => at > time);
  return Object.assign({}, now, ...due.map(({ becomes }) => becomes), rest.length > 0 ? { coming: rest } : {});
}

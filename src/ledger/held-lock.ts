/** A lock that this process holds, renewed every now and then until it is given back. */
export type HeldLock = {
  /** False when somebody has removed it or taken it over. */
  isStillHeld(): Promise<boolean>;
  /** The same, and begins a new lease: nobody takes it over before that ends. */
  renew(): Promise<boolean>;
  /** The last sign of life of the holder that it was taken from; absent where it was free. */
  readonly diedAt?: number;
  /** Gives it back; harmless when called twice, or when somebody has removed it. */
  release(): Promise<void>;
};

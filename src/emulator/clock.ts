/** The emulator's own time in milliseconds since 1970. It can run faster than the real one and be put forward, never back. */
export type Clock = {
  now(): number;
  advance(ms: number): void;
  setSpeed(factor: number): void;
  speed(): number;
  /** Starts again at the real time, with the speed that it was made with. */
  reset(): void;
};

/** Makes a clock over `real` (milliseconds) that runs `speed` times as fast. */
export function createClock(real: () => number, speed: number): Clock {
  let factor = speed;
  let realStart = real();
  let start = realStart;
  const now = () => start + (real() - realStart) * factor;
  const fix = (time: number) => {
    start = time;
    realStart = real();
  };
  return {
    now,
    advance: (ms) => fix(now() + ms),
    setSpeed: (next) => {
      fix(now());
      factor = next;
    },
    speed: () => factor,
    reset: () => {
      factor = speed;
      fix(real());
    },
  };
}

const tellEveryMs = 10_000;

/** Tells now and then how far a long run is. */
export function createProgress(count: number): (ran: number) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return (ran) => {
    const now = performance.now();
    if (now - toldAt < tellEveryMs) return;
    toldAt = now;
    const rate = Math.round(ran / ((now - startedAt) / 1000));
    process.stderr.write(`[simulation] ${ran} of ${count} schedules, ${rate}/s\n`);
  };
}

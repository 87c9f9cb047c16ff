/** Milliseconds that processes of one machine can compare, finer than Date.now(). */
export const clock = (): number => performance.timeOrigin + performance.now();

/** A port of this machine that nobody listens on now, and that no client's connection will take. */
export function freePort(): Promise<number>;

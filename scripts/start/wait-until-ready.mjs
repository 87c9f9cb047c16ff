import { waitUntil } from "../services/wait-until.mjs";

const limitMs = 60_000;
const askMs = 2_000;

/** Until the API says that it and what it needs are ready. */
export async function waitUntilReady({ PORT }, isOver) {
  const url = `http://127.0.0.1:${PORT}/health/ready`;
  await waitUntil(async () => isOver() || (await isReady(url)), { limitMs, what: `${url} is 200` });
}

async function isReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(askMs) })).ok;
  } catch {
    return false;
  }
}

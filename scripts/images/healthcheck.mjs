// Inside a container: is this process alive? The worker answers on a port of its own.
const { HEALTH_PORT, PORT = "3000" } = process.env;
const url = `http://127.0.0.1:${HEALTH_PORT || PORT}/health/live`;

const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);

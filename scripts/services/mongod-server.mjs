// How a real mongod of ours is run, wherever its program comes from.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { mongoAnswers } from "./answers.mjs";
import { freePort } from "./free-port.mjs";
import { createServerProcess } from "./server-process.mjs";

/** Starts mongod on its own data. */
export async function startMongod({ program, folder, guard }) {
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}`;
  const server = createServerProcess({
    name: "mongod",
    command: [program, "--dbpath", data, "--port", `${port}`, "--bind_ip", "127.0.0.1"],
    logFile: join(folder, "server.log"),
    isReady: () => mongoAnswers(url),
    guard,
    stopSignal: "SIGTERM",
  });
  await server.start();
  return { url, control: server, stop: server.stop };
}

// Containers of a Docker engine, for the tests: empty, private, gone at the end.
import { redisAnswers, mongoAnswers } from "../answers.mjs";
import { removeContainer } from "../remove-container.mjs";
import { freePort } from "../free-port.mjs";
import { NotHere } from "../not-here.mjs";
import { redisOptions } from "../redis-server.mjs";
import { waitUntil } from "../wait-until.mjs";

const startLimitMs = 60_000;

export const name = "docker";

/** @see Way in index.d.mts */
export function redis({ guard, log }) {
  const image = process.env.TEST_REDIS_IMAGE || "redis:8";
  const command = ["redis-server", ...redisOptions, "--protected-mode", "no"];
  return startContainer({ image, inside: 6379, command, answers: redisAnswers, guard, log });
}

/** @see Way in index.d.mts */
export function mongo({ guard, log }) {
  const image = process.env.TEST_MONGO_IMAGE || "mongo:8";
  return startContainer({ image, inside: 27_017, answers: mongoAnswers, guard, log });
}

/** The port outside is fixed, so that a killed server comes back in the same place. */
async function startContainer({ image, inside, command, answers, guard, log }) {
  const { GenericContainer } = await loadTestcontainers();
  const definition = new GenericContainer(image)
    .withExposedPorts({ container: inside, host: await freePort() })
    .withStartupTimeout(startLimitMs);
  if (command) definition.withCommand(command);
  log(`starting a container of ${image}; an image that is not here yet is pulled first`);
  const container = await definition.start().catch((error) => {
    throw new NotHere(`no container of ${image}: ${error.message.split("\n")[0]}`);
  });
  const release = guard.hold({ container: container.getId() });
  const url = addressOf(container, inside);
  const control = await controlOf(container, () => answers(url));
  const stop = () => removeContainer(container.getId()).then(release);
  await waitForAnswer(() => answers(url), image).catch((error) =>
    stop().then(() => throwIt(error)),
  );
  return { url, control, stop };
}

/** Its helper container exists to clean up after us: our guard does that. */
async function loadTestcontainers() {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const library = await import("testcontainers");
  await library.getContainerRuntimeClient().catch((error) => {
    throw new NotHere(`no Docker engine answers: ${error.message.split("\n")[0]}`);
  });
  return library;
}

function addressOf(container, inside) {
  const host = container.getHost() === "localhost" ? "127.0.0.1" : container.getHost();
  const protocol = inside === 6379 ? "redis" : "mongodb";
  return `${protocol}://${host}:${container.getMappedPort(inside)}`;
}

async function controlOf(container, answers) {
  const { getContainerRuntimeClient } = await import("testcontainers");
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const handle = dockerode.getContainer(container.getId());
  return {
    kill: async () => {
      await handle.kill({ signal: "SIGKILL" });
      await handle.wait();
    },
    start: async () => {
      await handle.start();
      await waitForAnswer(answers, "the container");
    },
    pause: () => handle.pause(),
    resume: () => handle.unpause(),
  };
}

function waitForAnswer(answers, what) {
  return waitUntil(answers, { limitMs: startLimitMs, what: `an answer of ${what}` });
}

function throwIt(error) {
  throw error;
}

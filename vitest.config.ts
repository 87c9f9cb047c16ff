import { defineConfig } from "vitest/config";

const services = {
  globalSetup: ["test/support/services.ts"],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

/** What the whole way of a message promises, whichever way a webhook takes to the journal. */
const wholeWay =
  "test/pipeline/{conversation,duplicate,flow,group,identity,one,operator,order,outcome,pace,status,timer,window}-*.test.ts";

/** The short forms of the proofs: see docs/proof.md. */
const proofs = ["test/simulation/**/*.test.ts", "test/proof/**/*.test.ts"];

export default defineConfig({
  test: {
    // Most tests wait for something: two files at a time even where vitest would take one.
    maxWorkers: 2,
    reporters: ["default", ["json", { outputFile: ".data/vitest.json" }]],
    projects: [
      { test: { name: "fast", include: ["src/**/*.test.ts"] } },
      {
        test: { name: "services", include: ["test/**/*.test.ts"], exclude: proofs, ...services },
      },
      {
        test: {
          name: "queue",
          include: [wholeWay, "test/chaos/*.test.ts"],
          // Losing Redis's data loses what only Redis holds: promise 1 says so.
          exclude: ["test/chaos/redis-away.test.ts"],
          env: { TEST_ACCEPT: "queue" },
          ...services,
        },
      },
      {
        test: {
          name: "proof",
          include: proofs,
          // Each takes the whole machine: one after another, when everything else is through.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          ...services,
        },
      },
    ],
  },
});

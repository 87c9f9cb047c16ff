// A vitest reporter that writes two numbers into the file that COUNT_FILE names.
import { writeFileSync } from "node:fs";

/** @implements {import("vitest/node").Reporter} */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state).length;
    const unloaded = modules.filter(isBrokenApartFromItsTests).length;
    const failed = inState("failed") + unloaded + unhandledErrors.length;
    writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed: inState("passed"), failed }));
  }
}

/** It did not load, or a hook of it failed. */
function isBrokenApartFromItsTests(module) {
  const broken = [...module.children.allTests("failed")];
  return module.state() === "failed" && broken.length === 0;
}

import { createRequire } from "node:module";

interface DriverConnection {
  readonly error: Error | null;
  once(event: "close", listener: () => void): unknown;
  off(event: "close", listener: () => void): unknown;
  writeCommand: (this: DriverConnection, command: unknown, options: unknown) => Promise<void>;
}

interface DriverModule {
  readonly Connection: { readonly prototype: DriverConnection };
}

let isDone = false;

/**
 * Makes a command fail when its connection closes while it is being written. The driver (7.9) waits for the
 * socket's `drain` alone, which a closed one never gives: the command keeps its place in the pool for
 * ever, and when it is the monitor's, the whole client stays away though the server is back.
 */
export function failOnClose(): void {
  if (isDone) return;
  isDone = true;
  const { prototype } = loadDriver().Connection;
  const write = prototype.writeCommand;
  prototype.writeCommand = function writeOrFail(this: DriverConnection, command, options) {
    return new Promise<void>((resolve, reject) => {
      const onClose = (): void => reject(this.error ?? new Error("the connection was closed"));
      const settled = (): void => void this.off("close", onClose);
      this.once("close", onClose);
      write.call(this, command, options).then(resolve, reject).finally(settled);
    });
  };
}

/** The driver that mongoose itself uses. */
function loadDriver(): DriverModule {
  const mongoose = createRequire(import.meta.url).resolve("mongoose");
  return createRequire(mongoose)("mongodb/lib/cmap/connection.js");
}

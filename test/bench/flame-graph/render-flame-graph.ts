import { readFileSync } from "node:fs";
import type { Frame } from "./nest-frames.ts";

const page = new URL("page.html", import.meta.url);
const placeholder = "PROFILE";

/** One HTML file that needs nothing else. */
export function renderFlameGraph(title: string, root: Frame): string {
  // A function's name must not end the script element.
  const json = JSON.stringify({ title, root }).replaceAll("<", String.raw`\u003c`);
  return readFileSync(page, "utf8").replace(placeholder, () => json);
}

import { createHash } from "node:crypto";
import type { Response } from "express";
import { defaultCustomer } from "#simulators/customer-message.ts";
import { phoneScript } from "./script.ts";
import { phoneStyle } from "./style.ts";

/** A simulator that the page can talk to. */
export interface PhoneChannel {
  readonly title: string;
  /** Where its control routes are, from the page's place; ends with a slash. */
  readonly base: string;
}

/** A page that plays the customer's phone: one file, nothing loaded from elsewhere but what the bot sends. */
export function sendPhonePage(response: Response, channels: readonly PhoneChannel[]): void {
  response
    .status(200)
    .set("content-type", "text/html; charset=utf-8")
    .set("cache-control", "no-store")
    .set("content-security-policy", securityPolicy())
    .send(renderPage(channels));
}

function securityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash(phoneScript)}'`,
    `style-src 'sha256-${hash(phoneStyle)}'`,
    "connect-src 'self'",
    "img-src http: https: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function renderPage(channels: readonly PhoneChannel[]): string {
  const options = channels.map(
    ({ title, base }) => `<option value="${escapeHtml(base)}">${escapeHtml(title)}</option>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Switchboard: a customer's phone</title>
<style>${phoneStyle}</style>
</head>
<body>
<header>
<label><span data-label="channel"></span> <select id="channel">${options.join("")}</select></label>
<label><span data-label="from"></span> <input id="from" value="${defaultCustomer}"></label>
<button id="language" type="button"></button>
</header>
<details><summary data-label="faults"></summary><div id="switches"></div><p id="refused" class="fault"></p></details>
<main id="chat" aria-live="polite"></main>
<form id="composer">
<input id="text" autocomplete="off" required>
<button data-label="send"></button>
<button id="picture" type="button" data-label="picture"></button>
</form>
<script>${phoneScript}</script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

import { createHash } from "node:crypto";
import type { Response } from "express";
import { phoneScript, phoneStyle } from "./phone-assets.ts";

/** A page that plays the customer's phone: one file, nothing loaded from elsewhere. */
export function sendPhonePage(response: Response, title: string): void {
  response
    .status(200)
    .set("content-type", "text/html; charset=utf-8")
    .set("cache-control", "no-store")
    .set("content-security-policy", securityPolicy())
    .send(renderPage(title));
}

function securityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash(phoneScript)}'`,
    `style-src 'sha256-${hash(phoneStyle)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function renderPage(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${phoneStyle}</style>
</head>
<body>
<header>
<strong>${escapeHtml(title)}</strong>
<label><span data-label="from"></span> <input id="from" value="447700900123" inputmode="tel"></label>
<button id="language" type="button"></button>
</header>
<main id="chat" aria-live="polite"></main>
<form id="composer">
<input id="text" autocomplete="off" required>
<button data-label="send"></button>
</form>
<script>${phoneScript}</script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

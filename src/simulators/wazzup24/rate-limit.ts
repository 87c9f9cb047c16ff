import type { RequestHandler } from "express";
import type { WazzupConfig } from "./options.ts";
import { refuseRate } from "./wazzup-error.ts";

const most = 500;
const windowMs = 5_000;

/** 500 requests in a window of 5 s: https://wazzup24.com/help/api-en/common-errors/ */
export function limitRate({ isLimited, now }: WazzupConfig): RequestHandler {
  let window = 0;
  let count = 0;
  return (_request, _response, next) => {
    const current = Math.floor(now() / windowMs);
    count = current === window ? count + 1 : 1;
    window = current;
    if (isLimited && count > most) throw refuseRate();
    next();
  };
}

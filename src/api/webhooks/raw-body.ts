import express, { type RequestHandler } from "express";

/** Meta sends up to 3 MB. */
const limitBytes = 4 * 1024 * 1024;

/** The bytes as received, whatever they call themselves: signatures are over them. */
export const createRawBody = (): RequestHandler =>
  express.raw({ type: () => true, limit: limitBytes, inflate: false });

/** This way cannot be taken on this machine; the message says why in one line. */
export class NotHere extends Error {
  name = "NotHere";
}

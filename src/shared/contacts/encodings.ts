/** Whether files can be read by that name: utf-8, windows-1251 … */
export const isEncoding = (name: string): boolean => {
  try {
    return new TextDecoder(name).encoding !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** The bytes are no text of the encoding that was named. */
export const isEncodingFault = (error: unknown): error is Error =>
  error instanceof TypeError &&
  "code" in error &&
  error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";

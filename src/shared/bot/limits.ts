/** Letters of one text: WhatsApp takes no more, and in memory it is 8 kB. */
export const maxTextLength = 4096;

export const maxVariables = 100;

export const maxVariableLength = 4096;

/** Letters of what one template becomes. */
export const maxRenderedLength = 64 * 1024;

export const maxNodes = 500;

/** Nodes of all flows of a document. */
export const maxNodesTogether = 2000;

export const maxEdges = 6000;

export const maxButtons = 10;

/** Rows of one list; a provider that takes fewer gets numbered lines. */
export const maxRows = 50;

export const maxTagLength = 100;

export const maxFlows = 50;

export const maxTriggers = 100;

/** Words of one trigger, or ids of buttons or ads. */
export const maxWords = 100;

/** How long a message waits at most for the next one of its burst. */
export const maxBurstSeconds = 60;

/** Nodes entered in one turn; a longer chain without a wait is a mistake. */
export const maxSteps = 100;

/** Turns that timers alone may take, one after another, before the scenario waits for the customer. */
export const maxSilentTurns = 100;

export const maxPatternLength = 512;

/**
 * RE2 instructions of one pattern. Matching costs instructions × letters: 600 × 4096 stays under
 * 100 ms on one slow core, where `a{1000}` alone would take seconds.
 */
export const maxPatternSize = 600;

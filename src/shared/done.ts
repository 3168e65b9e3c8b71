/** The decoder of a response that only says ok. */
export const done = (): true => true;

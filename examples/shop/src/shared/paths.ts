/** Addresses of the shop's pages. */
export const releasePath = (id: string): string => `/release/${id}`;
export const artistPath = (id: string): string => `/artist/${id}`;
export const buyPath = (id: string): string => `/buy/${id}`;
export const searchPath = (words: string): string => `/search?${new URLSearchParams({ q: words }).toString()}`;
export const basketPath = "/basket";
export const libraryPath = "/library";
export const signedInPath = "/signed-in";

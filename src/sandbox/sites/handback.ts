/** Addresses of the caller that a browser is sent back to: oauth_callback, returnUrl and errorUrl. */

/** Such that the browser runs or shows it itself instead of going anywhere. */
const noDestination = /^(?:javascript|data|vbscript|blob|file|about):/i;

/** Any address that leads somewhere, also one of an app ("myapp://signed-in"). */
export function isHandback(url: string): boolean {
  return URL.canParse(url) && !noDestination.test(new URL(url).protocol);
}

/** Adds parameters as 7digital's media hosts do: behind what is there, in .NET's spelling of form encoding. */
export function withParameters(url: string, parameters: Readonly<Record<string, string | number>>): string {
  const fragmentAt = url.indexOf("#");
  const [address, fragment] = fragmentAt < 0 ? [url, ""] : [url.slice(0, fragmentAt), url.slice(fragmentAt)];
  const joint = /[?&]$/.test(address) ? "" : address.includes("?") ? "&" : "?";
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${formEncoded(String(value))}`);
  return `${address}${joint}${query.join("&")}${fragment}`;
}

function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("'", "%27")
    .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
    .replaceAll("%20", "+");
}

/** Preloaded into a process that runs 7digital's own client: two of its hosts are written into its code, so what it sends to them is
 *  turned to the sandbox on the way out. The Host header, and with it what was signed, stays as it is. */
const http = require("node:http");
const https = require("node:https");

const hosts = ["api.7digital.com", "account.7digital.com"];
const port = Number(process.env["_7D_API_CLIENT_PORT"]);

for (const transport of [http, https]) {
  const send = transport.request;
  transport.request = (options, ...rest) => {
    const isTheirs = hosts.includes(options.hostname ?? options.host);
    // The certificate of the sandbox is for localhost.
    const turned = { ...options, host: "127.0.0.1", hostname: "127.0.0.1", port, servername: "localhost" };
    return send.call(transport, isTheirs ? turned : options, ...rest);
  };
}

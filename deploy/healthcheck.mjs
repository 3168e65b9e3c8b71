/** Asks the service in this container whether it is alive: exit code 0 or 1. The image has no curl. */
import { get } from "node:http";

const request = get({ host: "127.0.0.1", port: process.env.PORT || "4000", path: "/health", timeout: 2500 }, (response) => {
  process.exitCode = response.statusCode === 200 ? 0 : 1;
  response.resume();
});
request.on("timeout", () => request.destroy());
request.on("error", () => (process.exitCode = 1));

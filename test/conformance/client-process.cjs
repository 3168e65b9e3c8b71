/** Runs 7digital's own client, as it is on npm, in a process of its own, since Node reads whom to trust when it starts. Takes
 *  { id, options, resource, method, args } and answers { id, values } or { id, error }. */
const client = require("7digital-api");

const silence = () => undefined;
const logger = { silly: silence, verbose: silence, info: silence, http: silence, warn: silence, error: silence };

process.on("message", ({ id, options, resource, method, args }) => {
  const tell = (error, ...values) => {
    if (error) process.send({ id, error: { name: error.name, code: error.code, statusCode: error.statusCode, message: error.message } });
    else process.send({ id, values });
  };
  const api = client.configure({ logger, defaultParams: {}, headers: {}, ...options });
  const instance = new api[resource]();
  if (method === "sign") tell(null, instance.sign(...args));
  else instance[method](...args, tell);
});

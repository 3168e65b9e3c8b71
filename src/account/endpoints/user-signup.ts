/** user/signup: a user of 7digital's, with a password of their own. */
import { endpoint } from "../../upstream/endpoint.js";
import { text } from "../../upstream/request/params.js";
import { newUser } from "../decoders.js";

export const userSignup = endpoint({
  path: "user/signup",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { emailAddress: text, password: text },
  result: newUser,
});

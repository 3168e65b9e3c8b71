/** The sandbox as a process of its own, with users who can pay. Takes how many there are, and prints its address. */
import { startSandbox } from "../../src/sandbox/sandbox.js";
import { createUser } from "../chaos/shop.js";
import { userIdOf } from "./plan.js";

const sandbox = await startSandbox({ dailyLimit: Number.MAX_SAFE_INTEGER });
for (let user = 0; user < Number(process.argv[2]); user += 1) createUser(sandbox, userIdOf(user), "good");
process.once("SIGTERM", () => void sandbox.close().then(() => process.exit()));
console.log(sandbox.baseUrl);

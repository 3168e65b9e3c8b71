/** Errors about what a client sent, before anything is asked of 7digital. */
import { GraphQLError } from "graphql";

/** @param argument Name of the argument or header at fault.
 *  @param advice What is wrong and what to send instead, as a sentence. It never repeats the value. */
export function badUserInput(argument: string, advice: string): GraphQLError {
  return new GraphQLError(advice, { extensions: { code: "BAD_USER_INPUT", argument } });
}

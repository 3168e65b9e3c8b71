/** The codes of top-level errors, so that clients can generate types of them. No field has this type. */
import { errorCodes } from "../shared/error-codes.js";
import { builder } from "./builder.js";

builder.enumType("ErrorCode", {
  description: "All values of `errors[].extensions.code`. No field has this type. It exists for generated types.",
  values: Object.fromEntries(
    Object.entries(errorCodes).map(([code, { meaning, advice }]) => [code, { description: `${meaning} ${advice}` }]),
  ),
});

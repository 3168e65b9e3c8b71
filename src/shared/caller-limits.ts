/** Limits on how often the caller of an operation may do something. */
import type { MaybePromise } from "./maybe-promise.js";
import { bound } from "./scope.js";

/** Each counts one more, and gives false where that is over the limit. */
export interface CallerLimits {
  takePurchase(): MaybePromise<boolean>;
  takeVoucher(): MaybePromise<boolean>;
  /** Of a password for this user name. */
  takePassword(userName: string): MaybePromise<boolean>;
}

export const callerLimits = bound<CallerLimits>("caller limits");

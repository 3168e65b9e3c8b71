/** What a call goes through that has to be made: which layers, and in which order. */
import type { AnswerStore } from "./answer-store.js";
import type { Ambient, ClientOptions } from "./client.js";
import type { Clock } from "./clock.js";
import { breaker, type Breakers } from "./layers/breaker.js";
import { clockSkew } from "./layers/clock-skew.js";
import { coalesce } from "./layers/coalesce.js";
import { count } from "./layers/count.js";
import { deadline } from "./layers/deadline.js";
import { failedKeys } from "./layers/failed-keys.js";
import { observe } from "./layers/observe.js";
import { quota } from "./layers/quota.js";
import { read } from "./layers/read.js";
import { retry } from "./layers/retry.js";
import { sharedCache, type Served } from "./layers/shared-cache.js";
import { sign, type Transports } from "./layers/sign.js";
import { slots, type Slots } from "./layers/slots.js";
import { traced } from "./layers/trace.js";
import type { Signer } from "./oauth.js";
import { stack, type Answer, type Layer, type Send, type WireAnswer } from "./pipeline.js";
import type { Allowance } from "./quota.js";
import type { RecentFailures } from "./recent-failures.js";

/** What calls share. */
export interface Parts {
  readonly store: AnswerStore;
  readonly failures: RecentFailures;
  readonly allowance: Allowance;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly breakers: Breakers;
  readonly slots: { readonly ordinary: Slots; readonly money: Slots };
  readonly transports: Transports;
}

export function callPath(options: ClientOptions, ambient: Ambient, parts: Parts): Send<Served> {
  const now = (): number => ambient.now();
  const once = oneTry(options, ambient, parts);
  const patient = stack([deadline(options.timeoutMs), retry({ now, random: () => ambient.random() })], once);
  const paid = stack([deadline(options.purchaseTimeoutMs)], once);
  const bySort: Send<Answer> = (call) => (call.endpoint.effect === "money" ? paid(call) : patient(call));
  return stack([coalesce()], sharedCache(parts.store, now)(stack([failedKeys(parts.failures, now)], bySort)));
}

/** Who refuses without a wait comes before the slots, and who only has to hear of it before all. */
function oneTry(options: ClientOptions, ambient: Ambient, parts: Parts): Send<Answer> {
  const { consumerKey, consumerSecret } = options;
  const { allowance, breakers, clock, signer, transports } = parts;
  const now = (): number => ambient.now();
  const observed = observe(now, ambient.observe && ((report) => ambient.observe?.(report)));
  const told: Layer<Answer>[] = ambient.tracer === undefined ? [observed] : [traced(ambient.tracer), observed];
  const wire: Layer<WireAnswer>[] = [quota(allowance, now), slots(parts.slots.ordinary, parts.slots.money), clockSkew(clock)];
  const answered = stack(wire, count(sign({ ...options, signer }, transports)));
  const reading = read({ secrets: [consumerKey, consumerSecret], now, noticed: (found) => ambient.noticed?.(found) });
  return stack([...told, breaker(breakers)], reading(answered));
}

/** Purchases whose outcome is not known yet. Each is stored before it is sent, and survives a reload. */
import { createStored, isRecord, useStored } from "../shared/stored";
import { subjectOf, type Order } from "./order";

export interface Pending {
  /** What is bought, and the key, exactly as they were sent: the server refuses a key with any other input. */
  readonly order: Order;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
}

type Pendings = Readonly<Record<string, Pending>>;

function isOrder(value: unknown): value is Order {
  if (!isRecord(value) || typeof value.display !== "string") return false;
  const fields = value.kind === "item" ? ["itemId", "quote"] : ["basketId", "expectedAmountDue"];
  return fields.every((name) => typeof value[name] === "string");
}

function isPending(value: unknown): value is Pending {
  return isRecord(value) && isOrder(value.order) && typeof value.idempotencyKey === "string";
}

const pendings = createStored("sleeve.purchases", (value): value is Pendings => isRecord(value) && Object.values(value).every(isPending));

export function usePendings(): readonly Pending[] {
  return Object.values(useStored(pendings) ?? {});
}

export function pendingOf(subject: string): Pending | undefined {
  return pendings.read()?.[subject];
}

export function storePending(pending: Pending): void {
  pendings.write({ ...pendings.read(), [subjectOf(pending.order)]: pending });
}

export function forgetPending(subject: string): void {
  const others = Object.entries(pendings.read() ?? {}).filter(([other]) => other !== subject);
  pendings.write(others.length > 0 ? Object.fromEntries(others) : undefined);
}

import { Link, useLocation } from "wouter";
import { useSession } from "../session/session";
import { buyPath } from "../shared/paths";
import { subjectOf } from "./order";
import { usePendings } from "./pending";

/** On every other page: a purchase has no outcome yet. */
export function PendingNotice() {
  const [path] = useLocation();
  const pendings = usePendings();
  const isSignedIn = useSession() !== undefined;
  if (!isSignedIn || pendings.length === 0 || path.startsWith(buyPath(""))) return null;
  return (
    <ul className="pendings" aria-label="Open purchases">
      {pendings.map(({ order }) => (
        <li key={subjectOf(order)}>
          A purchase for {order.display} has no outcome yet.{" "}
          <Link href={buyPath(order.kind === "item" ? order.itemId : "basket")}>See how it ended</Link>
        </li>
      ))}
    </ul>
  );
}

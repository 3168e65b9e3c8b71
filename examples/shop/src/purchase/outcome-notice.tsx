import { Link } from "wouter";
import { SignInButton } from "../session/sign-in-button";
import { Notice } from "../shared/notice";
import { libraryPath } from "../shared/paths";
import type { Order } from "./order";
import type { Outcome } from "./outcome";
import { wordsForCard, wordsForRefusal } from "./outcome-words";
import type { Purchase } from "./use-purchase";

interface OutcomeNoticeProps {
  readonly outcome: Outcome;
  /** As the page shows it now. */
  readonly order: Order | undefined;
  readonly purchase: Purchase;
}

/** What became of a purchase, and what the user can do. */
export function OutcomeNotice({ outcome, order, purchase }: OutcomeNoticeProps) {
  switch (outcome.kind) {
    case "bought":
      return (
        <Notice tone="good" title="Thank you. It is yours.">
          <p>
            <Link href={libraryPath} className="button">
              Go to your library
            </Link>
          </p>
        </Notice>
      );
    case "priceChanged":
      return <PriceChanged order={withPrice(order, outcome.current)} purchase={purchase} />;
    case "card":
      return (
        <Notice tone="error" title={wordsForCard(outcome.code)}>
          <p>Nothing was charged. Add another card on 7digital’s page; you come back here.</p>
          {outcome.addCardUrl !== null && (
            <a className="button" href={outcome.addCardUrl}>
              Add a card
            </a>
          )}
        </Notice>
      );
    case "unknown":
      return (
        <Notice tone="info" title="We are finding out whether it was bought">
          <p>The answer was lost on its way. You may have been charged, so please do not buy it again. This page keeps asking.</p>
          <button type="button" onClick={purchase.check}>
            Ask now
          </button>
        </Notice>
      );
    case "notSent":
      return (
        <Notice tone="error" title="It was not bought">
          <p>Nothing was charged.</p>
          <button type="button" className="button" onClick={purchase.sendAgain}>
            Try again
          </button>
        </Notice>
      );
    case "earlier":
      return <Earlier isUnderWay={outcome.isUnderWay} order={order} purchase={purchase} />;
    case "signIn":
      return (
        <Notice tone="error" title="You are signed out">
          <p>Nothing was charged by this attempt. Sign in, and go on here.</p>
          <SignInButton className="button" />
        </Notice>
      );
    case "refused":
      return (
        <Notice tone="error" title="It was not bought">
          <p>Nothing was charged. {wordsForRefusal(outcome.code)}</p>
          <Link href="/">Go to the first page</Link>
        </Notice>
      );
  }
}

interface OfferProps {
  readonly order: Order | undefined;
  readonly purchase: Purchase;
}

function PriceChanged({ order, purchase }: OfferProps) {
  return (
    <Notice tone="error" title="The price has changed">
      <p>Nothing was charged. {order ? `It costs ${order.display} now.` : "It is no longer sold."}</p>
      {order && (
        <button type="button" className="button" onClick={() => purchase.buy(order)}>
          Pay {order.display}
        </button>
      )}
    </Notice>
  );
}

function Earlier({ isUnderWay, order, purchase }: OfferProps & { readonly isUnderWay: boolean }) {
  return (
    <Notice tone="error" title={isUnderWay ? "You are buying it already" : "You may have bought it already"}>
      <p>
        {isUnderWay ? "Wait for the other purchase to end." : "An earlier purchase may have been charged."} Look into your{" "}
        <Link href={libraryPath}>library</Link> first.
      </p>
      {!isUnderWay && order && (
        <button type="button" onClick={() => purchase.buy(order, true)}>
          Buy it again for {order.display}, and maybe pay twice
        </button>
      )}
    </Notice>
  );
}

/** @param current Null where the page has read the price again. */
function withPrice(order: Order | undefined, current: { readonly display: string; readonly quote: string } | null): Order | undefined {
  return order?.kind === "item" ? (current ? { ...order, ...current } : undefined) : order;
}

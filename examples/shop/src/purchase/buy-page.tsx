import { useCountry } from "../country/country";
import { SignInButton } from "../session/sign-in-button";
import { useSession } from "../session/session";
import { Page } from "../shared/page";
import { BasketCheckout } from "./basket-checkout";
import { ItemCheckout } from "./item-checkout";

/** @param subject "basket", or the ID of a release. */
export function BuyPage({ subject }: { readonly subject: string }) {
  const country = useCountry();
  const isSignedIn = useSession() !== undefined;
  return (
    <Page title="Buy" className="buy">
      {!isSignedIn && (
        <>
          <p>Sign in to 7digital to buy. You come back to this page.</p>
          <SignInButton />
        </>
      )}
      {isSignedIn && (subject === "basket" ? <BasketCheckout key={country} /> : <ItemCheckout key={country} id={subject} />)}
    </Page>
  );
}

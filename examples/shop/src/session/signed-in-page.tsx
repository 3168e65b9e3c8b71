import { useEffect, useEffectEvent, useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { announce } from "../shared/announcer";
import { Page } from "../shared/page";
import { completeSignIn } from "./sign-in";
import { SignInButton } from "./sign-in-button";

/** Where 7digital leads the user back to. */
export function SignedInPage() {
  const client = useClient();
  const [, navigate] = useLocation();
  const [hasFailed, setFailed] = useState(false);
  const goOn = useEffectEvent((returnPath: string) => {
    announce("You are signed in.");
    navigate(returnPath, { replace: true });
  });
  const complete = useEffectEvent(() => completeSignIn(client));
  // Once, although the client changes when the user is signed in.
  useEffect(() => {
    void complete().then((returnPath) => {
      if (returnPath === undefined) setFailed(true);
      else goOn(returnPath);
    });
  }, []);
  if (!hasFailed) return <Page title="Signing in">{null}</Page>;
  return (
    <Page title="You are not signed in">
      <p>Signing in was cancelled, or took too long.</p>
      <SignInButton />
    </Page>
  );
}

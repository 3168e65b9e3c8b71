import { useState } from "react";
import { useClient } from "urql";
import { useLocation } from "wouter";
import { announce } from "../shared/announcer";
import { startSignIn } from "./sign-in";

/** Leads to 7digital's page, and back to this one. */
export function SignInButton({ className }: { readonly className?: string }) {
  const client = useClient();
  const [path] = useLocation();
  const [isLeaving, setLeaving] = useState(false);
  const leave = async (): Promise<void> => {
    setLeaving(true);
    const left = await startSignIn(client, path);
    if (left) return;
    setLeaving(false);
    announce("Signing in is not possible now. Try again in a moment.");
  };
  return (
    <button type="button" className={className} aria-disabled={isLeaving} onClick={() => void (isLeaving || leave())}>
      Sign in
    </button>
  );
}

import type { ReactNode } from "react";
import { Provider } from "urql";
import { useCountry } from "../country/country";
import { useSession } from "../session/session";
import { clientOf } from "./client";

/** Gives components the client of the country. */
export function GraphProvider({ children }: { readonly children: ReactNode }) {
  return <Provider value={clientOf(useCountry(), useSession()?.accessToken)}>{children}</Provider>;
}

import { useQuery } from "urql";
import { MoreButton } from "../components/more-button";
import { graphql, unmask } from "../generated";
import type { LibraryQuery } from "../generated/graphql";
import { SignInButton } from "../session/sign-in-button";
import { session, useSession } from "../session/session";
import { announce } from "../shared/announcer";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";
import { OwnedRelease } from "./owned-release";

const Library = graphql(`
  query Library {
    viewer {
      id
      locker(first: 10, sort: PURCHASE_DATE_DESC) {
        ...LibraryParts
      }
      paymentCardsUrl
    }
  }
`);

const libraryParts = graphql(`
  fragment LibraryParts on LockerConnection {
    edges {
      cursor
      node {
        ...OwnedReleaseParts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const MoreLibrary = graphql(`
  query MoreLibrary($after: String) {
    viewer {
      id
      locker(first: 10, sort: PURCHASE_DATE_DESC, after: $after) {
        ...LibraryParts
      }
    }
  }
`);

export function LibraryPage() {
  const isSignedIn = useSession() !== undefined;
  // Links to downloads are signed for an hour, and a purchase adds to the locker.
  const [result, reload] = useQuery({ query: Library, pause: !isSignedIn, requestPolicy: "network-only" });
  return (
    <Page title="Library">
      {isSignedIn ? (
        <Loaded result={result} onRetry={() => reload({ requestPolicy: "network-only" })} skeleton={<div className="owned skeleton" />}>
          {({ viewer }) => <Owned viewer={viewer} />}
        </Loaded>
      ) : (
        <>
          <p>Sign in to see the music you have bought, and to download it.</p>
          <SignInButton />
        </>
      )}
    </Page>
  );
}

function signOut(): void {
  session.write(undefined);
  announce("You are signed out.");
}

function Owned({ viewer }: { readonly viewer: LibraryQuery["viewer"] }) {
  const { edges = [], pageInfo } = unmask(libraryParts, viewer?.locker) ?? {};
  return (
    <>
      {edges.length === 0 && <p>What you buy appears here.</p>}
      <ul className="owned-releases">
        {edges.map(({ node, cursor }) => (
          <OwnedRelease key={cursor} owned={node} />
        ))}
      </ul>
      {pageInfo?.hasNextPage && <MoreButton document={MoreLibrary} variables={{ after: pageInfo.endCursor }} label="More of your music" />}
      <p className="actions">
        {viewer?.paymentCardsUrl && <a href={viewer.paymentCardsUrl}>Your payment cards</a>}
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </p>
    </>
  );
}

import type { ReactNode } from "react";
import { graphql, unmask, type FragmentType } from "../generated";
import { ReleaseCard } from "./release-card";
import { Section } from "./section";

const releaseListParts = graphql(`
  fragment ReleaseListParts on ReleaseConnection {
    totalCount
    edges {
      node {
        id
        ...ReleaseCardParts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

type ReleaseListFragment = FragmentType<typeof releaseListParts>;

interface ReleaseListProps {
  readonly title: (totalCount: number | null) => string;
  readonly releases: ReleaseListFragment;
  /** The button for the next page. */
  readonly more: (after: string | null) => ReactNode;
}

export function hasReleases(releases: ReleaseListFragment | null | undefined): releases is ReleaseListFragment {
  return (unmask(releaseListParts, releases)?.edges.length ?? 0) > 0;
}

/** Releases of which the user may ask for more. */
export function ReleaseList({ title, releases, more }: ReleaseListProps) {
  const { edges, pageInfo, totalCount } = unmask(releaseListParts, releases);
  return (
    <Section title={title(totalCount)}>
      <ul className="cards">
        {edges.map(({ node }) => (
          <ReleaseCard key={node.id} release={node} />
        ))}
      </ul>
      {pageInfo.hasNextPage && more(pageInfo.endCursor)}
    </Section>
  );
}

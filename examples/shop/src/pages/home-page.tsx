import { useQuery } from "urql";
import { ArtistCard } from "../components/artist-card";
import { CardSkeletons, ReleaseCard } from "../components/release-card";
import { Section } from "../components/section";
import { graphql } from "../generated";
import type { HomeQuery } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";
import { Pick } from "./pick";

/** The whole page in one request: three calls to 7digital, cached for all visitors of a country. */
const Home = graphql(`
  query Home {
    releaseChart(first: 12) {
      edges {
        position
        node {
          id
          ...ReleaseCardParts
        }
      }
    }
    newReleases(first: 12) {
      nodes {
        id
        ...ReleaseCardParts
      }
    }
    editorialList(key: "staff_recommendations") {
      id
      items(first: 8) {
        nodes {
          entryId
          content {
            __typename
            ... on Artist {
              ...ArtistCardParts
            }
            ... on Release {
              ...PickParts
            }
          }
        }
      }
    }
  }
`);

const chartTitle = "This week’s chart";

export function HomePage() {
  const [result, reload] = useQuery({ query: Home });
  return (
    <Page title="" hasOwnHeading>
      <h1 className="slogan">Music you keep.</h1>
      <Loaded result={result} onRetry={reload} skeleton={<Skeleton />}>
        {(data) => <Lists data={data} />}
      </Loaded>
    </Page>
  );
}

function Lists({ data: { releaseChart, newReleases, editorialList } }: { readonly data: HomeQuery }) {
  const fresh = newReleases?.nodes ?? [];
  const picks = editorialList?.items.nodes.filter(({ content }) => content?.__typename !== "Track").slice(0, 6) ?? [];
  return (
    <>
      <Section title={chartTitle}>
        <ol className="cards">
          {releaseChart?.edges.map(({ position, node }) => (
            <ReleaseCard key={node.id} release={node} position={position} />
          ))}
        </ol>
      </Section>
      {picks.length > 0 && (
        <Section title="We recommend">
          <ul className="cards">
            {picks.map(({ entryId, content }) => {
              if (content?.__typename === "Artist") return <ArtistCard key={entryId} artist={content} />;
              return content?.__typename === "Release" ? <Pick key={entryId} release={content} /> : null;
            })}
          </ul>
        </Section>
      )}
      {fresh.length > 0 && (
        <Section title="New today">
          <ul className="cards">
            {fresh.map((release) => (
              <ReleaseCard key={release.id} release={release} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Skeleton() {
  return (
    <Section title={chartTitle}>
      <CardSkeletons count={12} />
    </Section>
  );
}

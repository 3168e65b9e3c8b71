import { Link } from "wouter";
import { Page } from "../shared/page";

export function NotFound() {
  return (
    <Page title="There is no such page">
      <p>The address may be mistyped, or the music is not sold in this country.</p>
      <p>
        <Link href="/">Go to the first page</Link>
      </p>
    </Page>
  );
}

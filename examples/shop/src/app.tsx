import { Route, Router, Switch, useSearchParams } from "wouter";
import { BasketPage } from "./basket/basket-page";
import { Header } from "./components/header";
import { GraphProvider } from "./graph/graph-provider";
import { ArtistPage } from "./pages/artist-page";
import { HomePage } from "./pages/home-page";
import { LibraryPage } from "./pages/library-page";
import { NotFound } from "./pages/not-found";
import { ReleasePage } from "./pages/release-page";
import { SearchPage } from "./pages/search-page";
import { PlayerProvider } from "./player/player";
import { BuyPage } from "./purchase/buy-page";
import { PendingNotice } from "./purchase/pending-notice";
import { SignedInPage } from "./session/signed-in-page";
import { Announcer } from "./shared/announcer";
import { Boundary } from "./shared/boundary";
import { Main } from "./shared/page";
import { basketPath, libraryPath, signedInPath } from "./shared/paths";

export function App() {
  return (
    <GraphProvider>
      <Router>
        <PlayerProvider>
          <Header />
          <Main>
            <PendingNotice />
            <Boundary>
              <Pages />
            </Boundary>
          </Main>
          <footer className="footer">A demonstration on made-up music. Sold by no one.</footer>
          <Announcer />
        </PlayerProvider>
      </Router>
    </GraphProvider>
  );
}

/** Each page is a new one for another thing, never the old one with other data. */
function Pages() {
  const [search] = useSearchParams();
  const query = search.get("q") ?? "";
  return (
    <Switch>
      <Route path="/">
        <HomePage />
      </Route>
      <Route path="/search">
        <SearchPage key={query} query={query} />
      </Route>
      <Route path="/release/:id">{({ id }) => <ReleasePage key={id} id={id} />}</Route>
      <Route path="/artist/:id">{({ id }) => <ArtistPage key={id} id={id} />}</Route>
      <Route path="/buy/:subject">{({ subject }) => <BuyPage key={subject} subject={subject} />}</Route>
      <Route path={basketPath}>
        <BasketPage />
      </Route>
      <Route path={libraryPath}>
        <LibraryPage />
      </Route>
      <Route path={signedInPath}>
        <SignedInPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

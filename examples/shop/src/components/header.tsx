import { Link } from "wouter";
import { useStoredBasket } from "../basket/stored-baskets";
import { CountryPicker } from "../country/country-picker";
import { SearchBox } from "../search/search-box";
import { SignInButton } from "../session/sign-in-button";
import { useSession } from "../session/session";
import { basketPath, libraryPath } from "../shared/paths";

export function Header() {
  const isSignedIn = useSession() !== undefined;
  const itemCount = useStoredBasket()?.itemCount ?? 0;
  return (
    <header className="header">
      <a href="#main" className="skip">
        Skip to content
      </a>
      <Link href="/" className="logo">
        Sleeve
      </Link>
      <SearchBox />
      <nav aria-label="Shop" className="nav">
        <CountryPicker />
        {isSignedIn ? <Link href={libraryPath}>Library</Link> : <SignInButton className="quiet" />}
        <Link href={basketPath} className="basket-link">
          Basket
          <span className="count">
            <span className="visually-hidden">, items: </span>
            {itemCount}
          </span>
        </Link>
      </nav>
    </header>
  );
}

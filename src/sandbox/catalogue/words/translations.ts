/** Texts of a shop's pages by their keys: in English, and the most usual ones in other languages. Keys are 7digital's own, as recorded. */

export const english: Readonly<Record<string, string>> = {
  AddToBasketButton: "Add to basket",
  ArtistName: "Artist",
  ArtistPageMetaDescription: "{0} downloads from {1}. Buy, preview and download.",
  Basket: "Basket",
  BrowseGenres: "Browse genres",
  Checkout: "Checkout",
  "CS Bank2": "",
  Email: "E-mail address",
  Error404Message: "Page not found",
  Error500Title: "Sorry, we caused an error",
  Genres: "Genres",
  InstallNotice: "",
  LatestReleases: "Latest releases",
  MatchingAlbumsFound: "{0} album results",
  MatchingTracksFound: "{0} track results",
  MerchList_home1: "New albums",
  MerchList_home2: "Recommended",
  MerchList_home3: "Pre-orders",
  MerchList_home4: "New tracks",
  NoRelatedGenres: "There are no related genres for this at the moment.",
  PopularReleases: "Popular releases",
  PreviewLink: "Preview",
  RelatedGenres: "Related genres",
  ReleaseDateHeading: "Release date",
  ReleaseName: "Release",
  SafeShoppingHeader: "It’s safe to shop here",
  SeeMore: "See more",
  ShareThis: "Share this",
  ViewGrid: "View as a grid",
  ViewList: "View as a list",
  WhyUscontent: 'Secure, legal and simple: <a class="footer-text-link" href="{0}">{1}</a>, on all of your devices & in the cloud.',
};

type Language = "de" | "fr" | "es" | "it" | "nl";

export const others: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  de: {
    AddToBasketButton: "In den Warenkorb",
    ArtistName: "Künstler",
    Basket: "Warenkorb",
    Checkout: "Zur Kasse",
    Genres: "Genres",
    LatestReleases: "Neuerscheinungen",
    MerchList_home1: "Neue Alben",
    MerchList_home2: "Empfehlungen",
    ReleaseDateHeading: "Erscheinungsdatum",
    SeeMore: "Mehr",
  },
  fr: {
    AddToBasketButton: "Ajouter au panier",
    ArtistName: "Artiste",
    Basket: "Panier",
    Checkout: "Payer",
    LatestReleases: "Nouveautés",
    MerchList_home1: "Nouveaux albums",
    SeeMore: "Voir plus",
  },
  es: { AddToBasketButton: "Añadir a la cesta", ArtistName: "Artista", Basket: "Cesta", SeeMore: "Ver más" },
  it: { AddToBasketButton: "Aggiungi al carrello", ArtistName: "Artista", Basket: "Carrello", SeeMore: "Altro" },
  nl: { AddToBasketButton: "In winkelwagen", ArtistName: "Artiest", Basket: "Winkelwagen", SeeMore: "Meer" },
};

/** The first language of the shop in a country; English in all others. */
export const languageOf: Readonly<Record<string, Language>> = {
  DE: "de",
  AT: "de",
  CH: "de",
  FR: "fr",
  LU: "fr",
  BE: "nl",
  NL: "nl",
  ES: "es",
  IT: "it",
};

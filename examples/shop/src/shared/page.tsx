/** The frame of a page: its title, its heading, and the focus after navigation. */
import { useEffect, useRef, type ReactNode } from "react";
import { useLocation } from "wouter";

interface PageProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Class of the page's own layout. */
  readonly className?: string;
  /** Set where the page draws its own `h1`. */
  readonly hasOwnHeading?: boolean;
}

export function Page({ title, children, className, hasOwnHeading = false }: PageProps) {
  useEffect(() => {
    document.title = title === "" ? "Sleeve" : `${title} · Sleeve`;
  }, [title]);
  return (
    <div className={className}>
      {!hasOwnHeading && <h1>{title}</h1>}
      {children}
    </div>
  );
}

/** Where the content of all pages is. After navigation it has the focus, so that keyboard and screen reader go on from its start. */
export function Main({ children }: { readonly children: ReactNode }) {
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <main id="main" tabIndex={-1} ref={main}>
      {children}
    </main>
  );
}

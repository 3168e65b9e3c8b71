import { Component, type ReactNode } from "react";

/** Where a bug of the shop ends: the page says so, and the rest of the shop goes on. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert">
        <h1>Something went wrong</h1>
        <p>The mistake is ours.</p>
        <a href="/">Go to the first page</a>
      </div>
    );
  }
}

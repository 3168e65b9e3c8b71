/** The states of a page that asks for data: loading, failed, there, or there in part. */
import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { wordsFor } from "../graph/errors";
import { Notice } from "./notice";

interface LoadedProps<Data> {
  readonly result: { readonly data?: Data | null | undefined; readonly error?: CombinedError | undefined };
  readonly onRetry: () => void;
  /** In the size of what comes, so that nothing moves. */
  readonly skeleton: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ result: { data, error }, onRetry, skeleton, children }: LoadedProps<Data>) {
  if (data === undefined || data === null) {
    if (error) return <Failure error={error} onRetry={onRetry} isWhole />;
    return (
      <div aria-busy="true">
        <span className="visually-hidden" role="status">
          Loading
        </span>
        {skeleton}
      </div>
    );
  }
  return (
    <>
      {error && <Failure error={error} onRetry={onRetry} />}
      {children(data)}
    </>
  );
}

interface FailureProps {
  readonly error: CombinedError;
  readonly onRetry: () => void;
  /** Whether there is nothing else on the page. */
  readonly isWhole?: boolean;
}

function Failure({ error, onRetry, isWhole = false }: FailureProps) {
  const { title, advice, canRetry } = wordsFor(error);
  return (
    <Notice tone="error" title={isWhole ? title : "Some of this page is missing"} isHeading={isWhole}>
      <p>{advice}</p>
      {canRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </Notice>
  );
}

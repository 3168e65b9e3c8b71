import type { ReactNode } from "react";

interface NoticeProps {
  readonly tone: "info" | "good" | "error";
  readonly title: string;
  readonly children?: ReactNode;
  /** Whether its title is the heading of the page. */
  readonly isHeading?: boolean;
}

/** A message in the page. Errors interrupt a screen reader, others wait for their turn. */
export function Notice({ tone, title, children, isHeading = false }: NoticeProps) {
  const Title = isHeading ? "h1" : "p";
  return (
    <div className={`notice ${tone}`} role={tone === "error" ? "alert" : "status"}>
      <Title className="notice-title">{title}</Title>
      {children}
    </div>
  );
}

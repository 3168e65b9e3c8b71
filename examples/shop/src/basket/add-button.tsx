import { useAddToBasket } from "./use-add-to-basket";

interface AddButtonProps {
  readonly itemId: string;
  readonly title: string;
  /** In a list of tracks. */
  readonly isSmall?: boolean;
}

export function AddButton({ itemId, title, isSmall = false }: AddButtonProps) {
  const { add, isAdding } = useAddToBasket();
  return (
    <button type="button" className={isSmall ? "add small" : "add"} aria-disabled={isAdding} onClick={() => void add(itemId, title)}>
      {isSmall ? "Add" : "Add to basket"}
      {isSmall && <span className="visually-hidden"> {title} to the basket</span>}
    </button>
  );
}

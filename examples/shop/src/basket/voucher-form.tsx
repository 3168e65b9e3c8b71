import { useId, useState, type SubmitEvent } from "react";
import { useMutation } from "urql";
import { graphql, unmask } from "../generated";
import { announce } from "../shared/announcer";
import { basketParts } from "./basket-fragment";
import { wordsForBasketError } from "./user-error-words";

const BasketVoucherApply = graphql(`
  mutation BasketVoucherApply($input: BasketVoucherApplyInput!) {
    basketVoucherApply(input: $input) {
      basket {
        ...BasketParts
      }
      userErrors {
        code
      }
    }
  }
`);

export function VoucherForm({ basketId }: { readonly basketId: string }) {
  const [{ fetching }, apply] = useMutation(BasketVoucherApply);
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (fetching || code.trim() === "") return;
    const { data } = await apply({ input: { basketId, code: code.trim() } });
    const basket = unmask(basketParts, data?.basketVoucherApply?.basket);
    const [error] = data?.basketVoucherApply?.userErrors ?? [];
    if (error || !basket) {
      setProblem(wordsForBasketError(error?.code));
      return;
    }
    setProblem(undefined);
    setCode("");
    announce(`The voucher was applied. The total is ${basket.amountDue?.display ?? "unknown"} now.`);
  };
  return (
    <form className="voucher" onSubmit={(event) => void submit(event)}>
      <label htmlFor={id}>Voucher</label>
      <span className="voucher-row">
        <input
          id={id}
          value={code}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onChange={({ target }) => setCode(target.value)}
        />
        <button type="submit" aria-disabled={fetching}>
          Apply
        </button>
      </span>
      <span id={`${id}-problem`} className="problem" role="alert">
        {problem}
      </span>
    </form>
  );
}

import { useRef, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../generated";
import { announce } from "../shared/announcer";
import { Loaded } from "../shared/loaded";
import { country, countryName, useCountry } from "./country";

const Stores = graphql(`
  query Stores {
    stores {
      country
      name
      localName
      currencyCode
    }
  }
`);

/** Shows the country, and lets the user choose another. The list is asked for when it is opened: it costs no call to 7digital. */
export function CountryPicker() {
  const current = useCountry();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className="quiet" aria-haspopup="dialog" onClick={open}>
        <span className="visually-hidden">Country: {countryName(current)}. Change</span>
        <span aria-hidden="true">{current}</span>
      </button>
      <dialog ref={dialog} aria-labelledby="countries" onClose={() => setOpen(false)}>
        <div className="dialog-head">
          <h2 id="countries">Where do you shop?</h2>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        {isOpen && <StoreList onChosen={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}

function StoreList({ onChosen }: { readonly onChosen: () => void }) {
  const current = useCountry();
  const [result, reload] = useQuery({ query: Stores });
  const choose = (code: string, name: string): void => {
    country.write(code);
    announce(`Prices are those of ${name} now.`);
    onChosen();
  };
  return (
    <Loaded result={result} onRetry={reload} skeleton={<p>Loading</p>}>
      {({ stores }) => (
        <ul className="stores">
          {[...stores]
            .sort((one, other) => one.name.localeCompare(other.name))
            .map(({ country: code, name, localName, currencyCode }) => (
              <li key={code}>
                <button type="button" aria-current={code === current} onClick={() => choose(code, name)}>
                  <span>
                    {name}
                    {localName !== null && localName !== name && <span className="detail"> {localName}</span>}
                  </span>
                  <span className="detail">{currencyCode}</span>
                </button>
              </li>
            ))}
        </ul>
      )}
    </Loaded>
  );
}

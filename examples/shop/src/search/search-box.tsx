/** Search as you type: a combobox as the ARIA Authoring Practices describe it. Enter without a choice opens the page with all results. */
import { useState, type KeyboardEvent } from "react";
import { useLocation } from "wouter";
import { searchPath } from "../shared/paths";
import { useSuggestions, type Suggestion } from "./use-suggestions";

const optionId = (index: number): string => `suggestion-${String(index)}`;

export function SearchBox() {
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  /** -1: none of the suggestions. */
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(text);
  const isListShown = isOpen && suggestions.length > 0;

  const edit = (value: string): void => {
    setText(value);
    setActive(-1);
    setOpen(true);
  };
  const go = (path: string): void => {
    setOpen(false);
    setActive(-1);
    navigate(path);
  };
  const submit = (): void => {
    const chosen = isListShown ? suggestions[active] : undefined;
    if (chosen) go(chosen.path);
    else if (text.trim() !== "") go(searchPath(text.trim()));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key === "Escape") {
      if (isOpen) setOpen(false);
      else setText("");
    } else if (suggestions.length > 0 && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      setOpen(true);
      setActive(nextOf(active, key === "ArrowDown" ? 1 : -1, suggestions.length));
    }
  };

  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor="search" className="visually-hidden">
        Search for artists, albums and tracks
      </label>
      <input
        id="search"
        type="search"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isListShown}
        aria-controls="suggestions"
        aria-activedescendant={isListShown && active >= 0 ? optionId(active) : undefined}
        autoComplete="off"
        placeholder="Search"
        maxLength={200}
        value={text}
        onChange={({ target }) => edit(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <Suggestions suggestions={suggestions} active={active} isShown={isListShown} onChoose={go} />
      <p role="status" className="visually-hidden">
        {isListShown && `${String(suggestions.length)} suggestions`}
      </p>
    </form>
  );
}

/** Round and round, through "none". */
function nextOf(active: number, step: number, count: number): number {
  return ((active + 1 + step + count + 1) % (count + 1)) - 1;
}

interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly isShown: boolean;
  readonly onChoose: (path: string) => void;
}

function Suggestions({ suggestions, active, isShown, onChoose }: SuggestionsProps) {
  return (
    <ul id="suggestions" role="listbox" aria-label="Suggestions" className="suggestions" hidden={!isShown}>
      {suggestions.map(({ path, label, detail }, index) => (
        <li
          key={path}
          id={optionId(index)}
          role="option"
          aria-selected={index === active}
          // Before the input loses the focus, which closes the list.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(path)}
        >
          <span>{label}</span>
          <span className="detail">{detail}</span>
        </li>
      ))}
    </ul>
  );
}

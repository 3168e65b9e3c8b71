/** Plays one clip at a time. It stays while the user goes from page to page. */
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { announce } from "../shared/announcer";

export interface Clip {
  /** Of the track. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly artistName: string;
}

interface Player {
  readonly clip: Clip | undefined;
  readonly isPlaying: boolean;
  toggle(clip: Clip): void;
}

const PlayerContext = createContext<Player | undefined>(undefined);

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (player === undefined) throw new Error("PlayerProvider is missing.");
  return player;
}

export function PlayerProvider({ children }: { readonly children: ReactNode }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [clip, setClip] = useState<Clip>();
  const [isPlaying, setPlaying] = useState(false);

  const toggle = useCallback((wanted: Clip) => {
    const element = audio.current;
    if (element === null) return;
    setClip(wanted);
    if (element.dataset.track === wanted.id && !element.paused) {
      element.pause();
      return;
    }
    if (element.dataset.track !== wanted.id) {
      element.dataset.track = wanted.id;
      element.src = wanted.url;
    }
    // The element's own events say how it ended.
    element.play().catch(() => undefined);
  }, []);

  const stop = (): void => {
    audio.current?.pause();
    setClip(undefined);
  };
  const fail = (): void => {
    setClip(undefined);
    setPlaying(false);
    delete audio.current?.dataset.track;
    announce("There is no clip of this track.");
  };

  const player = useMemo(() => ({ clip, isPlaying, toggle }), [clip, isPlaying, toggle]);
  return (
    <PlayerContext value={player}>
      {children}
      <audio
        ref={audio}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={fail}
      />
      {clip && <PlayerBar clip={clip} isPlaying={isPlaying} onToggle={() => toggle(clip)} onStop={stop} />}
    </PlayerContext>
  );
}

interface PlayerBarProps {
  readonly clip: Clip;
  readonly isPlaying: boolean;
  readonly onToggle: () => void;
  readonly onStop: () => void;
}

function PlayerBar({ clip: { title, artistName }, isPlaying, onToggle, onStop }: PlayerBarProps) {
  return (
    <section className="player" aria-label="Clip player">
      <button type="button" onClick={onToggle}>
        {isPlaying ? "Pause" : "Play"}
      </button>
      <p>
        <strong>{title}</strong>
        <span>{artistName}</span>
      </p>
      <button type="button" className="quiet" onClick={onStop}>
        Close
      </button>
    </section>
  );
}

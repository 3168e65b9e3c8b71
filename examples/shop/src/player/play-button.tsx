import { usePlayer, type Clip } from "./player";

export function PlayButton({ clip }: { readonly clip: Clip }) {
  const player = usePlayer();
  const isPlaying = player.isPlaying && player.clip?.id === clip.id;
  return (
    <button type="button" className="play" onClick={() => player.toggle(clip)}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={isPlaying ? "M3 2h3.5v12H3zM9.5 2H13v12H9.5z" : "M3.5 1.5v13l10.5-6.5z"} />
      </svg>
      <span className="visually-hidden">
        {isPlaying ? "Pause" : "Play"} a clip of {clip.title}
      </span>
    </button>
  );
}

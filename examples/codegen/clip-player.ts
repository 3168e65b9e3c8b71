/** Plays the clip of a track. */
// #region clip
import { ask, type Api } from "./ask";
import { Clip } from "./operations";

/** Call it when the user presses play: the URL is signed, and valid until `clip.expiresAt`. Rejects if 7digital has no clip of the track.
 *  7digital's terms: show a link to buy the track beside it, and do not save the clip. */
export async function playClip(api: Api, trackId: string, audio: HTMLAudioElement): Promise<void> {
  const { data } = await ask(api, Clip, { id: trackId });
  if (!data.track) throw new Error("There is no such track.");
  audio.src = data.track.clip.url;
  await audio.play();
}
// #endregion clip

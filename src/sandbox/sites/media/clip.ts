/** The sound of a track: a quiet arpeggio, so that a player has something pleasant to play. Every track has its own. */

import { hash, pick } from "../../catalogue/hash.js";
import { wav } from "./wav.js";

const sampleRate = 8000;
const seconds = 2;
const notes = 8;
/** A note rings on while the next ones sound. */
const noteSeconds = 0.7;
const attackSeconds = 0.01;
/** Of full scale, for one note. Three sound at a time, so the sum stays well below full scale. */
const loudness = 0.08;

const saltOf = { root: 0x50, chord: 0x51, order: 0x52 };

/** Semitones above the root. */
const chords = [
  [0, 4, 7, 12],
  [0, 3, 7, 12],
  [0, 4, 7, 11],
  [0, 3, 7, 10],
  [0, 2, 7, 12],
  [0, 5, 7, 12],
  [0, 4, 9, 14],
  [0, 7, 9, 14],
] as const;

/** Which note of the chord comes when. */
const orders = [
  [0, 1, 2, 3, 2, 1, 2, 0],
  [3, 2, 1, 0, 1, 2, 3, 0],
  [0, 2, 1, 3, 1, 2, 1, 0],
  [0, 1, 2, 3, 0, 1, 2, 3],
  [0, 3, 1, 2, 0, 3, 1, 0],
] as const;

const path = /^\/clips\/(\d+)\/\d+\.clip\.wav$/;

export function clipPath(trackId: number): string {
  return `/clips/${trackId}/${trackId}.clip.wav`;
}

/** The track whose clip is behind a path; null for any other path. */
export function clippedTrack(requestPath: string): number | null {
  const [, trackId] = path.exec(requestPath) ?? [];
  return trackId === undefined ? null : Number(trackId);
}

/** As 16-bit mono PCM in a WAV file: with 8 bits, quiet sound hisses. */
export function arpeggio(trackId: number): Buffer {
  const samples = new Float64Array(sampleRate * seconds);
  pitches(trackId).forEach((hertz, place) => addNote(samples, Math.floor((samples.length * place) / notes), hertz));
  return wav(samples, sampleRate);
}

/** In hertz: the root is one of the twelve from A (220 Hz) up. */
function pitches(trackId: number): readonly number[] {
  const root = hash(saltOf.root, trackId) % 12;
  const chord = pick(chords, saltOf.chord, trackId);
  return pick(orders, saltOf.order, trackId).map((place) => 220 * 2 ** ((root + chord[place]) / 12));
}

/** A sine with a softer octave above it, which fades like a plucked string and is silent at the end of the samples. */
function addNote(samples: Float64Array, start: number, hertz: number): void {
  const length = Math.min(noteSeconds * sampleRate, samples.length - start);
  for (let at = 0; at < length; at++) {
    const turn = (2 * Math.PI * hertz * at) / sampleRate;
    const rise = Math.min(1, at / (attackSeconds * sampleRate));
    const fall = Math.exp((-3 * at) / length) * (1 - at / length);
    samples[start + at] = (samples[start + at] ?? 0) + loudness * rise * fall * (Math.sin(turn) + 0.3 * Math.sin(2 * turn));
  }
}

/** Listens to clips with a meter of its own: what it hears is not read from the code. */
import { describe, expect, it } from "vitest";
import { arpeggio } from "../../../src/sandbox/sites/media/clip.js";

const sampleRate = 8000;
const fullScale = 32_768;
const tracks = Array.from({ length: 40 }, (_, index) => 12_345 + index);

function samplesOf(trackId: number): readonly number[] {
  const file = arpeggio(trackId);
  return Array.from({ length: (file.length - 44) / 2 }, (_, at) => file.readInt16LE(44 + at * 2) / fullScale);
}

/** Power of one frequency. @see Goertzel, "An Algorithm for the Evaluation of Finite Trigonometric Series" (1958) */
function power(samples: readonly number[], hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  let [one, two] = [0, 0];
  for (const sample of samples) [one, two] = [sample + factor * one - two, one];
  return one * one + two * two - factor * one * two;
}

/** The loudest semitone above A (220 Hz) in the quarter of a second that begins with a note. */
function loudestNotes(trackId: number): readonly number[] {
  const samples = samplesOf(trackId);
  return Array.from({ length: 8 }, (_, note) => {
    const heard = samples.slice(note * 2000, note * 2000 + 2000);
    const powers = Array.from({ length: 28 }, (_, semitone) => power(heard, 220 * 2 ** (semitone / 12)));
    return powers.indexOf(Math.max(...powers));
  });
}

const loudest = (samples: readonly number[]) => Math.max(...samples.map(Math.abs));

describe("a clip", () => {
  it("is a WAV file of two seconds", () => {
    const file = arpeggio(12_345);
    expect(file.length).toBe(44 + 2 * sampleRate * 2);
    expect([file.toString("latin1", 0, 4), file.readUInt32LE(4), file.toString("latin1", 8, 16)]).toEqual([
      "RIFF",
      file.length - 8,
      "WAVEfmt ",
    ]);
    // Format 1 (PCM), channels, samples and bytes per second, bytes and bits per sample.
    expect([file.readUInt16LE(20), file.readUInt16LE(22), file.readUInt32LE(24)]).toEqual([1, 1, sampleRate]);
    expect([file.readUInt32LE(28), file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([2 * sampleRate, 2, 16]);
    expect([file.toString("latin1", 36, 40), file.readUInt32LE(40)]).toEqual(["data", file.length - 44]);
  });

  it.each(tracks)("of track %d is quiet, but to be heard, and ends without a click", (trackId) => {
    const samples = samplesOf(trackId);
    expect(loudest(samples)).toBeLessThan(0.3);
    expect(loudest(samples)).toBeGreaterThan(0.05);
    expect(loudest([...samples.slice(0, 8), ...samples.slice(-8)])).toBeLessThan(0.01);
    const steps = samples.slice(1).map((sample, at) => sample - (samples[at] ?? 0));
    expect(loudest(steps)).toBeLessThan(0.2);
  });

  it.each(tracks)("of track %d goes up and down a chord", (trackId) => {
    const notes = loudestNotes(trackId);
    expect(new Set(notes).size).toBeGreaterThanOrEqual(3);
    expect(notes.some((note, at) => note > (notes[at - 1] ?? note))).toBe(true);
    expect(notes.some((note, at) => note < (notes[at - 1] ?? note))).toBe(true);
  });

  it("is always the same for a track, and differs from track to track", () => {
    expect(arpeggio(12_345).equals(arpeggio(12_345))).toBe(true);
    expect(new Set(tracks.map((trackId) => loudestNotes(trackId).join())).size).toBeGreaterThan(tracks.length / 2);
  });
});

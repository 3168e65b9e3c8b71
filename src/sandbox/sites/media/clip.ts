/** The sound of a track: a tone, so that a player has something to play. Every track has its own pitch. */

const sampleRate = 8000;
const seconds = 2;
const headerBytes = 44;

const path = /^\/clips\/(\d+)\/\d+\.clip\.wav$/;

export function clipPath(trackId: number): string {
  return `/clips/${trackId}/${trackId}.clip.wav`;
}

/** The track whose clip is behind a path; null for any other path. */
export function clippedTrack(requestPath: string): number | null {
  const [, trackId] = path.exec(requestPath) ?? [];
  return trackId === undefined ? null : Number(trackId);
}

/** As 8-bit mono PCM in a WAV file. */
export function tone(trackId: number): Buffer {
  const hertz = 220 + (trackId % 440);
  const samples = sampleRate * seconds;
  const wav = Buffer.alloc(headerBytes + samples);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(headerBytes - 8 + samples, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at++) {
    wav[headerBytes + at] = 128 + Math.round(60 * Math.sin((2 * Math.PI * hertz * at) / sampleRate));
  }
  return wav;
}

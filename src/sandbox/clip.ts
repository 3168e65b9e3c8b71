/** The clip a preview leads to: a tone, so that a player has something to play. Every track has its own pitch. */

const sampleRate = 8000;
const seconds = 2;
const headerBytes = 44;

const path = /^\/clips\/(\d+)\/\d+\.clip\.wav$/;

export function clipPath(trackId: number): string {
  return `/clips/${trackId}/${trackId}.clip.wav`;
}

/** The audio behind a path, as 8-bit mono PCM in a WAV file; null for any other path. */
export function clipAt(requestPath: string): Buffer | null {
  const [, trackId] = path.exec(requestPath) ?? [];
  return trackId === undefined ? null : tone(220 + (Number(trackId) % 440));
}

function tone(hertz: number): Buffer {
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

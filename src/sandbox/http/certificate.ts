/** The certificate the sandbox speaks TLS with: made at start, and trusted only by clients that were given it. */

export interface KeyPair {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
}

let made: Promise<KeyPair> | undefined;

/** One for the process, made when it is first needed: loading the maker and making it take about 300 ms. */
export function keyPair(): Promise<KeyPair> {
  made ??= makeKeyPair();
  return made;
}

async function makeKeyPair(): Promise<KeyPair> {
  const { generate } = await import("selfsigned");
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      // An authority for itself, so that a client can trust it (NODE_EXTRA_CA_CERTS).
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { key, certificate: cert };
}

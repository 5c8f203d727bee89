import { generateKeyPairSync, sign } from 'node:crypto';

/** One DER value (X.690): tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  return Buffer.concat([Buffer.from([tag, 0x82, value.length >> 8, value.length & 0xff]), value]);
}

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const bytes = (hex: string) => Buffer.from(hex, 'hex');

/**
 * For tests: a key and a certificate for localhost and 127.0.0.1 that nobody has signed (RFC 5280, Ed25519 by RFC
 * 8410), valid 2020 to 2098. Made anew each time, so that no private key lies in the repository.
 */
export function loopbackCertificate(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const ed25519 = sequence(der(0x06, bytes('2b6570')));
  const name = sequence(der(0x31, sequence(der(0x06, bytes('550403')), der(0x0c, Buffer.from('localhost')))));
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x18, Buffer.from('20981231000000Z')));
  const alternativeNames = sequence(
    der(0x06, bytes('551d11')),
    der(0x04, sequence(der(0x82, Buffer.from('localhost')), der(0x87, bytes('7f000001')))),
  );
  const version3 = der(0xa0, der(0x02, bytes('02')));
  const certified = sequence(
    version3,
    der(0x02, bytes('01')),
    ed25519,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames)),
  );
  const certificate = sequence(certified, ed25519, der(0x03, bytes('00'), sign(null, certified, privateKey)));
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}

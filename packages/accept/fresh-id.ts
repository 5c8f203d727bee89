import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random id of 26 characters (130 bits). */
export const freshId = (): string => Array.from(randomBytes(26), (byte) => alphabet.charAt(byte & 31)).join('');

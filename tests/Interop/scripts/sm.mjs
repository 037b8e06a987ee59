// SM3, SM2 and Merkle paths from sm-crypto alone: shares no code with LicenceChain.
import smCrypto from 'sm-crypto';

const { sm2, sm3 } = smCrypto;

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const hash = (...parts) => Buffer.from(sm3(Array.from(Buffer.concat(parts.map((part) => Buffer.from(part))))), 'hex');
const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

/** Verifies raw r || s over context || 0x00 || message. */
export function verify(publicKey, context, message, signature) {
  const signed = Buffer.concat([Buffer.from(context, 'ascii'), Buffer.from([0]), Buffer.from(message)]);
  return sm2.doVerifySignature(Array.from(signed), hex(signature), hex(publicKey), { hash: true });
}

/** RFC 9162, section 2.1.3.2, with SM3. */
export function verifyInclusion(leafData, index, size, path, root) {
  if (index >= size) return false;
  let fn = BigInt(index);
  let sn = BigInt(size) - 1n;
  let r = hash([0x00], leafData);
  for (const p of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = hash([0x01], p, r);
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      r = hash([0x01], r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(r, root);
}

/** The sparse state tree: leaf = SM3(0 || SM3(key) || SM3(value)), inner = SM3(1 || left || right), siblings from the root down. */
export function verifyState(key, value, siblings, root) {
  const path = hash(key);
  const bit = (depth) => (path[depth >> 3] >> (7 - (depth & 7))) & 1;
  let node = hash([0x00], path, hash(value));
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    node = bit(depth) ? hash([0x01], siblings[depth], node) : hash([0x01], node, siblings[depth]);
  }
  return same(node, root);
}

export { sm2, same };

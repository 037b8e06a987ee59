// node sm2-cli.mjs verify <publicKeyHex> <messageHex> <signatureHex>   prints "true" or "false"
// node sm2-cli.mjs sign <messageHex>                                   prints {publicKey, signature} made with a fresh key
// node sm2-cli.mjs sm3 <messageHex>                                    prints the digest
import { sm2, hash, hex } from './sm.mjs';

const [verb, ...args] = process.argv.slice(2);
const bytes = (text) => Array.from(Buffer.from(text, 'hex'));
if (verb === 'verify') {
  console.log(sm2.doVerifySignature(bytes(args[1]), args[2], args[0], { hash: true }));
} else if (verb === 'sign') {
  const keys = sm2.generateKeyPairHex();
  const signature = sm2.doSignature(bytes(args[0]), keys.privateKey, { hash: true, publicKey: keys.publicKey });
  console.log(JSON.stringify({ publicKey: keys.publicKey, signature }));
} else if (verb === 'sm3') {
  console.log(hex(hash(Buffer.from(args[0], 'hex'))));
} else {
  console.error('usage: node sm2-cli.mjs verify|sign|sm3 …');
  process.exit(2);
}

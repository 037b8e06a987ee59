// node verify-bundle.mjs BUNDLE ANCHOR.json
// Verifies what `licencechain verify --export BUNDLE` wrote, with nothing of LicenceChain but its published schema:
// SM2 and SM3 from sm-crypto, Protobuf from protobufjs. Prints a JSON object of checks; exit code 0 only if all hold.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import protobuf from 'protobufjs';
import { hash, hex, same, verify, verifyInclusion, verifyState } from './sm.mjs';

const schema = new protobuf.Root();
const protoFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../src/Protocol/Proto');
schema.resolvePath = (_, target) => path.join(protoFolder, path.basename(target));
await schema.load(['proof.proto', 'licences.proto', 'membership.proto'], { keepCase: true });
const type = (name) => schema.lookupType(`licencechain.v1.${name}`);
const decode = (name, bytes) => type(name).decode(bytes);
const number = (value) => Number(value ?? 0);

const checks = {};
const check = (name, holds) => { checks[name] = Boolean(holds); };

const bundle = decode('VerificationBundle', readFileSync(process.argv[2]));
// The anchor is the verifier's own, from another channel than the bundle: one inside the bundle would prove nothing.
const anchorJson = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const validators = (anchorJson.validators.validators ?? []).map((one) => ({ member: one.member, public_key: Buffer.from(one.publicKey, 'base64') }));
const chainId = anchorJson.chainId;

// 1. Header and quorum.
const { header: headerBytes, certificate: certificateBytes } = bundle.proof;
const header = decode('BlockHeaderMessage', headerBytes);
const certificate = decode('CommitCertificateMessage', certificateBytes);
const digest = hash(headerBytes);
check('headerHash', same(digest, certificate.digest) && number(certificate.height) === number(header.height));
check('chain', header.chain_id === chainId);
const setBytes = type('ValidatorSetMessage').encode({ validators }).finish();
check('validatorSet', same(hash(setBytes), header.validators_hash));
const quorum = Math.ceil((2 * validators.length) / 3);
const signers = new Set();
const vote = voteBytes(chainId, 3, header.height, certificate.round, digest);
for (const one of certificate.signatures) {
  const index = number(one.validator);
  if (index < validators.length && verify(validators[index].public_key, 'LC1', vote, one.signature)) signers.add(index);
}
check('quorumSignatures', signers.size >= quorum && signers.size === certificate.signatures.length);

// 2. Merkle paths under the state root.
const states = new Map();
for (const one of bundle.proof.states) {
  if (one.present && verifyState(one.key, one.value, one.siblings, header.state_root)) states.set(hex(one.key), one.value);
}
check('merklePaths', states.size > 0 && states.size === bundle.proof.states.filter((one) => one.present).length);

// 3. The presentation: issuer, commitment, disclosures, holder.
const presentation = bundle.presentation;
const credential = decode('CredentialMessage', presentation.credential);
const statement = decode('CredentialStatement', credential.statement);
const licenceValue = states.get(hex(Buffer.from(`l/${statement.licence_id}`)));
const licence = licenceValue ? decode('LicenceRecord', licenceValue) : null;
check('licenceOnChain', licence && same(licence.commitment, statement.commitment) && same(licence.credential_hash, hash(presentation.credential)));
check('licenceValid', licence && licence.status === 1
  && (number(licence.valid_until_ms) === 0 || number(header.time_ms) < number(licence.valid_until_ms)));
const issuerKeyValue = states.get(hex(Buffer.concat([Buffer.from('k/'), statement.issuer_key_id])));
const issuerKey = issuerKeyValue ? decode('KeyRecord', issuerKeyValue) : null;
check('issuerOnChain', issuerKey && issuerKey.member === statement.issuer && same(hash(issuerKey.public_key), statement.issuer_key_id));
check('issuerSignature', issuerKey && verify(issuerKey.public_key, 'LC1/credential', credential.statement, credential.signature));

const disclosed = {};
let disclosuresHold = true;
for (const one of presentation.disclosures) {
  const { name, value } = decode('DisclosureMessage', one.disclosure);
  disclosuresHold &&= verifyInclusion(one.disclosure, number(one.index), number(statement.attribute_count), one.path, statement.commitment);
  disclosed[name] = value;
}
check('disclosures', disclosuresHold);

const shown = decode('PresentationStatement', presentation.statement);
const shownHash = hash(...presentation.disclosures.map((one) => hash(type('DisclosedAttribute').encode(one).finish())));
check('presentationBound', same(shown.credential_hash, hash(presentation.credential)) && same(shown.disclosures_hash, shownHash));
check('holderSignature', verify(statement.holder_public_key, 'LC1/presentation', presentation.statement, presentation.holder_signature));
check('holderOnChain', licence && same(licence.holder_tag, hash(Buffer.from('LC1/holder'), [0], statement.holder_public_key)));

const valid = Object.values(checks).every(Boolean);
console.log(JSON.stringify({ valid, height: number(header.height), licence: statement.licence_id, checks, disclosed: Object.keys(disclosed) }));
process.exit(valid ? 0 : 1);

/** Rule C-SIGNED: the layout is documented in docs/reference/consensus-rules.md and VoteBytes. */
function voteBytes(chain, voteType, height, round, voteDigest) {
  const name = Buffer.from(chain, 'ascii');
  const head = Buffer.alloc(1 + 8 + 4);
  head.writeUInt8(voteType, 0);
  head.writeBigUInt64BE(BigInt(height.toString()), 1);
  head.writeUInt32BE(number(round), 9);
  return Buffer.concat([Buffer.from([name.length]), name, head, Buffer.from(voteDigest), Buffer.alloc(4), Buffer.alloc(32)]);
}

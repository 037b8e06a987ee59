// node grpc-client.mjs ADDRESS TOKEN submit  TRANSACTION_BASE64   waits for the commit, prints the reply
// node grpc-client.mjs ADDRESS TOKEN query   KIND ID
// node grpc-client.mjs ADDRESS TOKEN events  FROM_HEIGHT COUNT     prints COUNT events, one JSON a line
// node grpc-client.mjs ADDRESS TOKEN stream  TRANSACTION_BASE64…   one bidirectional stream, prints a reply a line
// node grpc-client.mjs ADDRESS TOKEN status
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const protoFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../src/Protocol/Proto');
const definition = protoLoader.loadSync('api.proto', { includeDirs: [protoFolder], keepCase: true, longs: Number, enums: String, bytes: String, defaults: true });
const { LicenceChain } = grpc.loadPackageDefinition(definition).licencechain.v1;

const [address, token, verb, ...args] = process.argv.slice(2);
const client = new LicenceChain(address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
if (token !== '-') metadata.set('authorization', `Bearer ${token}`);
const options = { deadline: Date.now() + 30_000 };
const print = (value) => console.log(JSON.stringify(value));
const fail = (error) => { print({ code: error.code, details: error.details }); process.exit(1); };
const unary = (method, request) => client[method](request, metadata, options, (error, reply) => { if (error) fail(error); print(reply); client.close(); });
const transaction = (text) => ({ transaction: Buffer.from(text, 'base64'), wait: true });

if (verb === 'submit') {
  unary('Submit', transaction(args[0]));
} else if (verb === 'query') {
  unary('Query', { kind: args[0], id: args[1] });
} else if (verb === 'status') {
  unary('Status', {});
} else if (verb === 'events') {
  let left = Number(args[1]);
  const call = client.Events({ from: Number(args[0]), follow: true }, metadata, options);
  call.on('data', (entry) => { print(entry); if (--left === 0) { call.cancel(); client.close(); } });
  call.on('error', (error) => { if (left > 0) fail(error); });
} else if (verb === 'stream') {
  let left = args.length;
  const call = client.SubmitStream(metadata, options);
  call.on('data', (reply) => { print(reply); if (--left === 0) call.end(); });
  call.on('error', fail);
  call.on('end', () => client.close());
  for (const one of args) call.write(transaction(one));
} else {
  console.error('usage: node grpc-client.mjs ADDRESS TOKEN submit|query|status|events|stream …');
  process.exit(2);
}

/**
 * An audit out of a web archive that `exportWarc` wrote. The archive is read three times: everything in it is checked
 * before the first file is kept, and every file is kept before the audit is there to be seen.
 */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, createGunzip, deflate, gzip } from 'node:zlib';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import type { Audit, BlobRef, Finding, Registry, Snapshot } from '../src/core/model.ts';
import { fieldOf, readHead, type Head } from '../src/core/warc-head.ts';
import { decode, type Encoding, type EvidenceFiles } from './snapshots.ts';
import type { Store } from './store.ts';
import { declaredEncoding, FORMAT, portable, TARGETS } from './warc.ts';
import {
  AuditShape,
  EndShape,
  FindingShape,
  MAX_FILE,
  OpeningShape,
  OrganizationShape,
  RegistryShape,
  SnapshotShape,
} from './warc-shapes.ts';

export interface ImportTools {
  readonly store: Pick<
    Store,
    | 'getAudit' | 'createAudit' | 'saveSnapshot' | 'leaseJob' | 'completeJob' | 'failJob' | 'saveFindings' | 'finishAudit' | 'retire'
  >; // prettier-ignore
  readonly blobs: Pick<EvidenceFiles, 'putRaw'>;
}

export interface Imported {
  readonly audit: Audit;
  readonly snapshots: number;
  readonly files: number;
}

/**
 * Makes the audit of an archive in a store that does not have it. `open` gives the bytes from the beginning each time.
 * Throws a UserError, and has written nothing, when the archive is damaged, of another kind or version, or says one
 * thing and holds another; also when the audit is there already.
 *
 * The audit is always a finished one: nothing that comes from elsewhere is gone on with. What a registry says about
 * folders of a machine and doors into its network is left out.
 */
export async function importWarc(open: () => AsyncIterable<Uint8Array>, tools: ImportTools): Promise<Imported> {
  const checked = await checkArchive(open());
  const { id } = checked.audit;
  if ((await tools.store.getAudit(id)) !== null)
    throw new UserError(`The archive holds audit ${id}, which is in this store already. Nothing was imported.`);
  await keepFiles(open(), checked, tools.blobs);
  return keepAudit(open(), checked, tools.store);
}

/** So many records are more than a country's round has; what has more is made to keep us busy. */
const MAX_RECORDS = 2_000_000;

const damaged = (where: string, expected: string, found: string, cause?: unknown): UserError =>
  new UserError(
    `The archive cannot be imported. ${where}: expected ${expected}, found ${found}. ` +
      'Nothing was imported. Export the audit again, or fetch the archive again if it was cut on its way.',
    { cause },
  );

// ---------------------------------------------------------------- first reading: is all of it there, and true?

interface Checked {
  readonly audit: Audit;
  readonly snapshots: number;
  /** By hash: the encodings in which files are wanted, and in which the archive has them. */
  readonly wanted: ReadonlyMap<string, ReadonlyMap<Encoding, BlobRef>>;
  readonly held: ReadonlyMap<string, { readonly size: number; readonly forms: ReadonlySet<Encoding> }>;
}

async function checkArchive(source: AsyncIterable<Uint8Array>): Promise<Checked> {
  const checker = openChecker();
  for await (const part of readParts(source, true)) {
    if (part.kind === 'file') checker.takeFile(part.form, await part.decode());
    else checker.take(part);
  }
  return checker.result();
}

/** Takes the records of an archive in their order, and throws at the first that contradicts those before it. */
function openChecker() {
  let audit: Audit | null = null;
  let registry: Registry | null = null;
  let records = 0;
  let snapshots = 0;
  let isEnded = false;
  /** Of the organization under way among those of the audit; its looks, and the files that they lack. */
  let position = 0;
  const looks = new Set<string>();
  const missing = new Map<string, string>();
  const wanted = new Map<string, Map<Encoding, BlobRef>>();
  const held = new Map<string, { readonly size: number; readonly forms: Set<Encoding> }>();

  function want(ref: BlobRef, url: string): void {
    const file = held.get(ref.hash);
    if (!file) return void missing.set(ref.hash, url);
    if (file.size !== ref.size)
      throw damaged(`The look at ${url}`, `${ref.size} bytes under the SHA-256 ${ref.hash}`, `${file.size} bytes`);
    const encodings = wanted.get(ref.hash) ?? new Map<Encoding, BlobRef>();
    wanted.set(ref.hash, encodings.set(ref.encoding as Encoding, ref));
  }

  function takeSnapshot({ url, visit, role, body, rendered, screenshot, inspection }: Snapshot, where: string): void {
    const key = `${visit} ${role} ${url}`;
    if (looks.has(key)) throw damaged(where, 'one look at an address in a role and visit', 'two');
    looks.add(key);
    for (const ref of [body, rendered, screenshot, inspection]) if (ref) want(ref, url);
  }

  function takeOrganization({ retired, snapshots: told }: OrganizationRecord, where: string): void {
    if (told !== looks.size) throw damaged(where, `${told} looks of it`, String(looks.size));
    for (const [hash, url] of missing)
      if (!(hash in retired)) throw damaged(`The look at ${url}`, `a file with the SHA-256 ${hash}`, 'none');
    snapshots += looks.size;
    position++;
    looks.clear();
    missing.clear();
  }

  /** Organizations come in the order of the audit, each with all its records. */
  function checkOwner(organization: string, auditId: string, where: string): void {
    const current = registry ? (audit?.organizationIds[position] ?? 'none') : 'none before the registry';
    if (organization !== current || auditId !== audit?.id)
      throw damaged(where, `audit ${audit?.id}, organization ${current}`, `audit ${auditId}, organization ${organization}`); // prettier-ignore
  }

  function takeOpening(part: Part & { readonly kind: 'audit' | 'registry' }): void {
    if (part.kind === 'audit' ? audit : registry || !audit)
      throw damaged(part.where, 'one audit and then its registry', `another ${part.kind}`);
    if (part.kind === 'audit') audit = part.audit;
    else checkRegistry((registry = part.registry), audit!, part.where);
  }

  function takeEnd(told: number, where: string): void {
    const left = registry && audit ? audit.organizationIds.length - position : 1;
    if (left > 0) throw damaged(where, 'every organization of the audit before it', `${left} fewer`);
    if (told !== records) throw damaged(where, `${told} records before it`, String(records));
    isEnded = true;
  }

  return {
    takeFile(form: Encoding, decoded: Uint8Array): void {
      const hash = sha256(decoded);
      const file = held.get(hash) ?? { size: decoded.byteLength, forms: new Set<Encoding>() };
      file.forms.add(form);
      held.set(hash, file);
      records++;
    },
    take(part: Exclude<Part, FilePart>): void {
      const { kind, where } = part;
      if (isEnded) throw damaged(where, 'the end of the archive', 'another record');
      if (kind === 'audit' || kind === 'registry') takeOpening(part);
      else if (kind === 'snapshot') {
        checkOwner(part.snapshot.organizationId, part.snapshot.auditId, where);
        takeSnapshot(part.snapshot, where);
      } else if (kind === 'findings')
        for (const { organization } of part.findings) checkOwner(organization, audit?.id ?? 'none', where);
      else if (kind === 'organization') {
        checkOwner(part.organization.id, audit?.id ?? 'none', where);
        takeOrganization(part.organization, where);
      } else if (kind === 'end') takeEnd(part.records, where);
      records++;
    },
    result(): Checked {
      if (audit === null || !isEnded)
        throw damaged('Its end', 'the record that closes an audit of Rasad', `none after ${records} records`);
      return { audit, snapshots, wanted, held };
    },
  };
}

/** Every name that one part of a registry uses for another. */
function checkRegistry(registry: Registry, audit: Audit, where: string): void {
  const organizations = new Set(registry.organizations.map(({ id }) => id));
  const services = new Set(registry.services.map(({ id }) => id));
  if (organizations.size !== registry.organizations.length || services.size !== registry.services.length)
    throw damaged(where, 'ids that are used once', 'one that is used twice');
  const unknown =
    audit.organizationIds.find((id) => !organizations.has(id)) ??
    registry.services.find(({ organizationId }) => !organizations.has(organizationId))?.organizationId ??
    registry.services.find(({ parentId }) => parentId !== null && !services.has(parentId))?.parentId;
  if (unknown) throw damaged(where, 'the organizations and services that others name', `none with the id "${unknown}"`);
  if (new Set(audit.organizationIds).size !== audit.organizationIds.length)
    throw damaged(where, 'each organization of the audit once', 'one twice');
}

// ---------------------------------------------------------------- second reading: the files

async function keepFiles(
  source: AsyncIterable<Uint8Array>,
  { wanted, held }: Checked,
  blobs: ImportTools['blobs'],
): Promise<void> {
  const kept = new Set<BlobRef>();
  for await (const part of readParts(source)) {
    if (part.kind !== 'file') continue;
    const decoded = await part.decode();
    for (const [encoding, ref] of wanted.get(sha256(decoded)) ?? []) {
      // what came compressed is kept as it came, if it is there in that form at all
      const isBetterElsewhere = encoding !== part.form && held.get(ref.hash)?.forms.has(encoding);
      if (kept.has(ref) || isBetterElsewhere) continue;
      await blobs.putRaw(ref, encoding === part.form ? part.bytes : await encode(decoded, encoding));
      kept.add(ref);
    }
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function encode(decoded: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  switch (encoding) {
    case 'identity':
      return decoded;
    case 'gzip':
      return promisify(gzip)(decoded);
    case 'br':
      return promisify(brotliCompress)(decoded);
    case 'deflate':
      return promisify(deflate)(decoded);
  }
}

// ---------------------------------------------------------------- third reading: the audit

/** No other worker takes a job that is leased until then. */
const FOR_EVER = '9999-01-01T00:00:00.000Z';

async function keepAudit(
  source: AsyncIterable<Uint8Array>,
  { audit, snapshots, wanted }: Checked,
  store: ImportTools['store'],
): Promise<Imported> {
  const worker = `import:${audit.id}`;
  let last = audit.startedAt;
  let findings: Finding[] = [];
  for await (const part of readParts(source)) {
    if (part.kind === 'registry') {
      await store.createAudit({ ...audit, finishedAt: null }, portable(part.registry));
      while ((await store.leaseJob(audit.id, worker, audit.startedAt, FOR_EVER)) !== null);
    } else if (part.kind === 'snapshot') {
      await store.saveSnapshot(part.snapshot);
      if (part.snapshot.fetchedAt > last) last = part.snapshot.fetchedAt;
    } else if (part.kind === 'findings') findings.push(...part.findings);
    else if (part.kind === 'organization') {
      const { id, state, error, skipped, retired } = part.organization;
      if (state === 'done') await store.completeJob(audit.id, id, worker, { findings, skipped });
      else {
        if (findings.length > 0) await store.saveFindings(audit.id, id, findings);
        await store.failJob(audit.id, id, worker, error ?? 'was not finished when the archive was made', null);
      }
      for (const [hash, at] of Object.entries(retired)) await store.retire([hash], at);
      findings = [];
    }
  }
  const finishedAt = audit.finishedAt ?? last;
  await store.finishAudit(audit.id, finishedAt);
  const files = [...wanted.values()].reduce((sum, encodings) => sum + encodings.size, 0);
  return { audit: { ...audit, finishedAt }, snapshots, files };
}

// ---------------------------------------------------------------- records and what they mean

type OrganizationRecord = z.infer<typeof OrganizationShape>;

type Part =
  | FilePart
  | ({ readonly where: string } & (
      | { readonly kind: 'other' }
      | { readonly kind: 'audit'; readonly audit: Audit }
      | { readonly kind: 'registry'; readonly registry: Registry }
      | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
      | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
      | { readonly kind: 'organization'; readonly organization: OrganizationRecord }
      | { readonly kind: 'end'; readonly records: number }
    ));

/** The bytes of a file of evidence in the form in which the record has them. */
interface FilePart {
  readonly kind: 'file';
  readonly where: string;
  readonly form: Encoding;
  readonly bytes: Uint8Array;
  decode(): Promise<Uint8Array>;
}

async function* readParts(source: AsyncIterable<Uint8Array>, verify = false): AsyncGenerator<Part> {
  let count = 0;
  for await (const { head, block } of readRecords(source)) {
    count++;
    const type = fieldOf(head, 'warc-type') ?? '';
    const target = fieldOf(head, 'warc-target-uri') ?? '';
    const where = `Record ${count} (${type} ${target.slice(0, 300)})`;
    if (count > MAX_RECORDS) throw damaged(where, `at most ${MAX_RECORDS} records`, 'more');
    if (verify) checkDigest(head, block, where);
    yield partOf(type, target, block, where);
  }
}

function partOf(type: string, target: string, block: Uint8Array, where: string): Part {
  const is = (kind: string, prefix: string): boolean => type === kind && target.startsWith(prefix);
  const read = <T>(shape: z.ZodType<T>): T => parse(shape, textOf(block), where);
  if (type === 'response') return answerFile(block, where);
  if (is('conversion', TARGETS.rendered) || is('resource', TARGETS.screenshot) || is('resource', TARGETS.inspection))
    return fileOf(block, 'identity', where);
  if (is('metadata', TARGETS.snapshot)) return { kind: 'snapshot', where, snapshot: read(SnapshotShape) };
  if (is('resource', TARGETS.findings)) {
    const lines = textOf(block).split('\n').filter(Boolean);
    return { kind: 'findings', where, findings: lines.map((line) => parse(FindingShape, line, where)) };
  }
  if (is('metadata', TARGETS.organization))
    return { kind: 'organization', where, organization: read(OrganizationShape) };
  if (is('metadata', TARGETS.audit)) {
    const { version, audit } = read(OpeningShape);
    if (version !== FORMAT.version)
      throw damaged(where, `version ${FORMAT.version} of the format`, `version ${version}, of another Rasad`);
    return { kind: 'audit', where, audit: check(AuditShape, audit, where) };
  }
  if (is('resource', TARGETS.registry)) return { kind: 'registry', where, registry: read(RegistryShape) };
  if (is('metadata', TARGETS.end)) return { kind: 'end', where, records: read(EndShape).records };
  if (type === 'warcinfo' || type === 'revisit') return { kind: 'other', where };
  throw damaged(where, 'an archive that Rasad exported', 'a record that it does not write');
}

function answerFile(block: Uint8Array, where: string): FilePart {
  const head = readHead(block.subarray(0, MAX_HEAD));
  if (!head) throw damaged(where, 'the head of an HTTP answer', 'none');
  return fileOf(block.subarray(head.length), declaredEncoding(head.fields), where);
}

const fileOf = (bytes: Uint8Array, form: Encoding, where: string): FilePart => ({
  kind: 'file',
  where,
  form,
  bytes,
  decode: () =>
    decode(bytes, form, MAX_FILE).catch((cause: unknown) => {
      throw damaged(
        where,
        `content in ${form} of at most ${MAX_FILE} bytes`,
        'bytes that do not decode to that',
        cause,
      );
    }),
});

const textOf = (block: Uint8Array): string => Buffer.from(block).toString('utf8');

function parse<T>(shape: z.ZodType<T>, text: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(where, 'JSON', `"${text.slice(0, 60)}"`, cause);
  }
  return check(shape, value, where);
}

/** The value as it is, with fields that this program does not know: what was exported comes back in full. */
function check<T>(shape: z.ZodType<T>, value: unknown, where: string): T {
  const result = shape.safeParse(value);
  if (result.success) return value as T;
  const { path, message } = result.error.issues[0]!;
  throw damaged(where, 'what Rasad writes there', `at ${path.join('.') || 'its top'}: ${message}`);
}

// ---------------------------------------------------------------- bytes to records

/** Bytes of the head of a record: all of it comes from addresses, which are shorter. */
const MAX_HEAD = 256 * 1024;
/** Bytes of a record: a file and the head of its HTTP answer. */
const MAX_BLOCK = MAX_FILE + MAX_HEAD;

interface WarcRecord {
  readonly head: Head;
  readonly block: Uint8Array;
}

/**
 * The library's own parser has no limits, waits without end for what a cut file lacks, and reads a damaged member as if
 * it were not compressed. This one stops at the first byte that is not as it should be.
 */
async function* readRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<WarcRecord> {
  const bytes = readerOf(gunzipped(source));
  try {
    for (let number = 1; ; number++) {
      const where = `Record ${number}`;
      const head = await bytes.head();
      if (head === null) return;
      if (head === 'unreadable') throw damaged(where, `a head of at most ${MAX_HEAD} bytes`, 'none');
      if (head.line !== 'WARC/1.1') throw damaged(where, 'a record of WARC/1.1', `"${head.line.slice(0, 60)}"`);
      const length = fieldOf(head, 'content-length') ?? '';
      if (!/^\d{1,15}$/.test(length)) throw damaged(where, 'its length in bytes', `"${length.slice(0, 60)}"`);
      if (Number(length) > MAX_BLOCK) throw damaged(where, `at most ${MAX_BLOCK} bytes`, `${length}`);
      const block = await bytes.take(Number(length));
      const end = await bytes.take(4);
      if (block === null || end === null) throw damaged(where, `${length} bytes and an empty line`, 'the end of the file'); // prettier-ignore
      if (textOf(end) !== '\r\n\r\n') throw damaged(where, `${length} bytes and an empty line`, 'more bytes');
      yield { head, block };
    }
  } finally {
    await bytes.close();
  }
}

async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  try {
    for await (const chunk of pipeline(source, gunzip, () => {})) yield chunk as Uint8Array;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw error;
    const found =
      code === 'Z_BUF_ERROR' ? 'a file that ends in the middle' : 'bytes that are damaged or of another kind';
    throw damaged('Its compression', 'a file as `rasad archive export` writes it (.warc.gz)', found, error);
  } finally {
    gunzip.destroy();
  }
}

/** Bytes in the pieces that are asked for; holds no more than one of them and what came with it. */
function readerOf(source: AsyncGenerator<Uint8Array>) {
  let held: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const { value, done } = await source.next();
    if (done) return false;
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  };
  return {
    /** null at the end. */
    async head(): Promise<Head | 'unreadable' | null> {
      for (;;) {
        const head = readHead(held.subarray(0, MAX_HEAD));
        if (head) {
          held = held.subarray(head.length);
          return head;
        }
        if (held.length >= MAX_HEAD) return 'unreadable';
        if (!(await more())) return held.length === 0 ? null : 'unreadable';
      }
    },
    /** null when there are not so many. */
    async take(length: number): Promise<Uint8Array | null> {
      const pieces = [held];
      let size = held.length;
      while (size < length) {
        const { value, done } = await source.next();
        if (done) return null;
        pieces.push(value);
        size += value.length;
      }
      const all = pieces.length === 1 ? held : Buffer.concat(pieces, size);
      held = all.subarray(length);
      return all.subarray(0, length);
    },
    close: () => source.return(undefined),
  };
}

function checkDigest(head: Head, block: Uint8Array, where: string): void {
  const told = fieldOf(head, 'warc-block-digest');
  if (told === null) return;
  const found = `sha256:${createHash('sha256').update(block).digest('hex')}`;
  if (found !== told) throw damaged(where, `content with the digest ${told.slice(0, 100)}`, found);
}

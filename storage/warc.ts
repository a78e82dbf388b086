/**
 * One audit as a web archive (WARC/1.1, a gzip member for each record): replay tools show the pages in it, and
 * `importWarc` makes the same audit of it. The same audit gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { HeadersMultiMap, StatusAndHeaders, WARCRecord, WARCSerializer, WARC_1_1, type WARCType } from 'warcio';
import { persian, UserError } from '../src/core/errors.ts';
import type { BlobRef, Finding, Registry, Snapshot } from '../src/core/model.ts';
import type { Encoding, EvidenceFiles } from './snapshots.ts';
import type { BlobStore, Store } from './store.ts';

/** What the records that are not for replay tools are called; their targets begin so. */
export const TARGETS = {
  audit: 'urn:rasad:audit:',
  registry: 'urn:rasad:registry:',
  snapshot: 'urn:rasad:snapshot:',
  rendered: 'urn:rasad:dom:',
  /** As other crawlers name it, so that replay tools find it. */
  screenshot: 'urn:view:',
  layout: 'urn:rasad:layout:',
  inspection: 'urn:rasad:inspection:',
  findings: 'urn:rasad:findings:',
  organization: 'urn:rasad:organization:',
  end: 'urn:rasad:end:',
} as const;

/** Files of a look that a browser told of the page, as JSON. */
export const MEASUREMENTS = ['layout', 'inspection'] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

/** Raised when an archive of before can no longer be read as it is. */
export const FORMAT = { format: 'rasad-audit', version: 1 } as const;

/** Characters of findings in one record, so that no record of a large organization comes near the limit of reading. */
const FINDINGS_IN_A_RECORD = 4_000_000;

export interface ArchiveSource {
  readonly store: Pick<
    Store,
    | 'getAudit'
    | 'getRegistry'
    | 'listJobs'
    | 'listSnapshots'
    | 'listSkipped'
    | 'listFindings'
    | 'listRules'
    | 'retiredAt'
  >;
  readonly blobs: Pick<BlobStore & EvidenceFiles, 'get' | 'getRaw'>;
}

/**
 * Yields the archive record by record and holds one look of it at a time. `software` names this program and its
 * version. Rejects when there is no such audit, and when a file of evidence is damaged, or missing without having been
 * removed on purpose.
 */
export async function* exportWarc(
  auditId: string,
  { store, blobs }: ArchiveSource,
  software: string,
): AsyncGenerator<Uint8Array> {
  const audit = await store.getAudit(auditId);
  const registry = await store.getRegistry(auditId);
  if (audit === null || registry === null)
    throw new UserError({
      fa: persian`شناسه یک سنجش لازم است؛ «${auditId}» در این پایگاه داده نیست.`,
      en: `Expected the id of an audit, found "${auditId}", which is not in this store.`,
    });
  const date = audit.startedAt;
  const archive = openArchive();

  yield* archive.add({
    type: 'warcinfo',
    date,
    contentType: 'application/warc-fields',
    payload: fields({
      software,
      format: 'WARC File Format 1.1',
      conformsTo: 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      description: `audit ${audit.id}, edition ${audit.edition}`,
    }),
  });
  const about = (type: WARCType, target: string, value: unknown) =>
    archive.add({ type, target, date, contentType: 'application/json', payload: json(value) });
  yield* about('metadata', TARGETS.audit + name(audit.id), { ...FORMAT, audit });
  yield* about('resource', TARGETS.registry + name(registry.id), portable(registry));

  const jobs = new Map((await store.listJobs(auditId)).map((job) => [job.organizationId, job]));
  const rules = await store.listRules(auditId);
  for (const id of audit.organizationIds) {
    const retired = new Map<string, string>();
    const read: ReadFile = async (ref, form, { fetchedAt }) => {
      try {
        return await (form === 'identity' ? blobs.get(ref) : blobs.getRaw(ref));
      } catch (error) {
        const at = await store.retiredAt(ref.hash, fetchedAt);
        if (at === null) throw error;
        retired.set(ref.hash, at);
        return null;
      }
    };
    const snapshots = await store.listSnapshots(auditId, id);
    for (const snapshot of snapshots) yield* lookRecords(snapshot, archive, read);
    for (const lines of batches(await store.listFindings(auditId, id))) {
      const target = TARGETS.findings + name(id);
      yield* archive.add({ type: 'resource', target, date, contentType: 'application/jsonl', payload: lines });
    }
    yield* about('metadata', TARGETS.organization + name(id), {
      id,
      state: jobs.get(id)?.state ?? 'waiting',
      error: jobs.get(id)?.error ?? null,
      snapshots: snapshots.length,
      skipped: await store.listSkipped(auditId, id),
      retired: Object.fromEntries(retired),
      rules: rules.get(id) ?? null,
    });
  }
  yield* about('metadata', TARGETS.end + name(audit.id), { records: archive.count() });
}

/** Without what is true of one machine only: folders, and doors into its network. */
export const portable = (registry: Registry): Registry => ({
  ...registry,
  serve: null,
  mapHosts: {},
  privateHosts: [],
});

const name = encodeURIComponent;
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const fields = (values: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.from(Object.entries(values).map(([key, value]) => `${key}: ${value}\r\n`).join('')); // prettier-ignore

function* batches(findings: readonly Finding[]): Generator<Uint8Array> {
  let lines: string[] = [];
  let length = 0;
  for (const finding of findings) {
    const line = `${JSON.stringify(finding)}\n`;
    lines.push(line);
    length += line.length;
    if (length < FINDINGS_IN_A_RECORD) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
    length = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

// ---------------------------------------------------------------- one look

/** The bytes of a look's file, as they are kept or decoded; null when it was removed on purpose. */
type ReadFile = (ref: BlobRef, form: Encoding, look: Snapshot) => Promise<Uint8Array | null>;

async function* lookRecords(snapshot: Snapshot, archive: Archive, read: ReadFile): AsyncGenerator<Uint8Array> {
  const { url, fetchedAt: date, rendered, screenshot } = snapshot;
  const answer = yield* answerRecords(snapshot, archive, read);
  const pointer = answer === null ? {} : { 'WARC-Concurrent-To': `<${answer}>` };
  const origin: Record<string, string> = answer === null ? {} : { 'WARC-Refers-To': `<${answer}>` };
  const file = (ref: BlobRef, draft: Pick<Draft, 'type' | 'contentType' | 'more'> & { readonly target: string }) =>
    archive.addFile(ref, 'identity', { ...draft, date }, (decoded) => read(decoded, 'identity', snapshot));

  if (rendered) {
    const target = TARGETS.rendered + url;
    yield* file(rendered, { type: 'conversion', target, contentType: 'text/html; charset=utf-8', more: origin });
  }
  if (screenshot) {
    const target = TARGETS.screenshot + url;
    const picture = await read(screenshot, 'identity', snapshot);
    const contentType = picture?.[0] === 0x89 ? 'image/png' : 'image/jpeg';
    yield* file(screenshot, { type: 'resource', target, contentType, more: pointer });
  }
  for (const kind of MEASUREMENTS) {
    const ref = snapshot[kind];
    const target = TARGETS[kind] + url;
    if (ref) yield* file(ref, { type: 'resource', target, contentType: 'application/json', more: pointer });
  }
  const target = TARGETS.snapshot + url;
  yield* archive.add({
    type: 'metadata',
    target,
    date,
    contentType: 'application/json',
    payload: json(snapshot),
    more: origin,
  });
}

/** Each address of the chain that answered. The id of the last record, null when nobody answered. */
async function* answerRecords(
  snapshot: Snapshot,
  archive: Archive,
  read: ReadFile,
): AsyncGenerator<Uint8Array, string | null> {
  const { chain, fetchedAt: date, body } = snapshot;
  const last = chain.findLastIndex(({ status }) => status > 0);
  let id: string | null = null;
  for (const [at, { url: target, status }] of chain.slice(0, last + 1).entries()) {
    const isEnd = at === last && snapshot.status === status;
    const headers = isEnd ? snapshot.headers : [];
    const next = chain[at + 1]?.url ?? null;
    const isLost = isEnd ? isBodyLost(snapshot) : next === null;
    const draft = { type: 'response', target, date, contentType: 'application/http; msgtype=response' } as const;
    const encoding = declaredEncoding(headers);
    const form = body && (body.encoding === encoding || isOnlyKeptRaw(body)) ? (body.encoding as Encoding) : 'identity';
    const head = (length: number): string => headOf(status, headers, { next, encoding, form, length });
    const written: string | null =
      isEnd && body ? yield* archive.addFile(body, form, { ...draft, head }, (ref) => read(ref, form, snapshot)) : null;
    id = written ?? (yield* archive.add({
      ...draft,
      head: headOf(status, headers, { next, encoding, form: 'identity', length: 0 }),
      payload: new Uint8Array(),
      more: isLost || (isEnd && body !== null) ? { 'WARC-Truncated': 'unspecified' } : {},
    })); // prettier-ignore
  }
  return id;
}

/** Of other encodings the same bytes can be made again from what they decode to. */
const isOnlyKeptRaw = ({ encoding }: BlobRef): boolean => encoding === 'br' || encoding === 'deflate';

/** There was more to the answer than was kept: a page too large, a redirect of which only the status is known. */
function isBodyLost({ body, status, outcome, headers }: Snapshot): boolean {
  if (body !== null || status === null) return false;
  if (status >= 300 && status < 400) return !headers.some(([key]) => key.toLowerCase() === 'location');
  return status < 300 && !(outcome.kind === 'unreachable' && outcome.cause === 'empty');
}

/** The content coding of an answer as a file of evidence knows it; `identity` where it names none, or one unknown. */
export function declaredEncoding(headers: readonly (readonly [string, string])[]): Encoding {
  const value = headers.find(([key]) => key.toLowerCase() === 'content-encoding')?.[1] ?? '';
  const coding = value.trim().toLowerCase();
  if (coding === 'gzip' || coding === 'x-gzip') return 'gzip';
  return coding === 'br' || coding === 'deflate' ? coding : 'identity';
}

interface Body {
  /** Where a redirect led, when its own header does not say. */
  readonly next: string | null;
  /** What the server declared, and what the record holds. */
  readonly encoding: Encoding;
  readonly form: Encoding;
  readonly length: number;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** The head as it came, except for what is no longer true of the body; that is kept under another name. */
function headOf(status: number, headers: Snapshot['headers'], { next, encoding, form, length }: Body): string {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd()];
  for (const [key, value] of headers) {
    const lower = key.toLowerCase();
    const isPast =
      lower === 'transfer-encoding' ||
      (lower === 'content-encoding' && form !== encoding) ||
      (lower === 'content-length' && value !== String(length));
    if (lower === 'content-length' && !isPast) continue;
    if (TOKEN.test(key)) lines.push(`${isPast ? 'x-archive-orig-' : ''}${key}: ${value.replace(/[\r\n\0]/g, ' ')}`);
  }
  if (next !== null && !headers.some(([key]) => key.toLowerCase() === 'location')) lines.push(`location: ${next}`);
  if (form !== encoding && form !== 'identity') lines.push(`content-encoding: ${form}`);
  lines.push(`content-length: ${length}`);
  return `${lines.join('\r\n')}\r\n`;
}

// ---------------------------------------------------------------- records

interface Draft {
  readonly type: WARCType;
  readonly target?: string;
  readonly date: string;
  readonly contentType: string;
  /** Of the HTTP message, without its empty line. */
  readonly head?: string;
  readonly payload: Uint8Array;
  readonly more?: Readonly<Record<string, string>>;
}

interface FileDraft extends Omit<Draft, 'head' | 'payload' | 'target'> {
  readonly target: string;
  /** Given the bytes of the payload. */
  readonly head?: (length: number) => string;
}

interface Payload {
  readonly id: string;
  readonly digest: string;
  readonly length: number;
  readonly target: string;
  readonly date: string;
}

/** Gives the bytes of each record, and the record's id in the end. What is in the archive already gives none. */
interface Archive {
  add(draft: Draft): AsyncGenerator<Uint8Array, string>;
  /** The second time, a reference to the record that has the bytes. null, and no record: the file was removed. */
  addFile(
    ref: BlobRef,
    form: Encoding,
    draft: FileDraft,
    read: (ref: BlobRef) => Promise<Uint8Array | null>,
  ): AsyncGenerator<Uint8Array, string | null>;
  count(): number;
}

function openArchive(): Archive {
  const written = new Set<string>();
  const payloads = new Map<string, Payload>();
  let info: string | null = null;

  async function* add(draft: Draft): AsyncGenerator<Uint8Array, string> {
    const id = idOf(draft, sha256(draft.payload));
    if (written.has(id)) return id;
    written.add(id);
    yield await serialize(draft, id, info);
    if (draft.type === 'warcinfo') info = id;
    return id;
  }

  return {
    add,
    async *addFile(ref, form, { head, ...draft }, read) {
      const key = `${ref.hash} ${form}`;
      const known = payloads.get(key);
      const headWith = (length: number) => (head ? { head: head(length) } : {});
      if (known) {
        const whole = idOf({ ...draft, ...headWith(known.length) }, known.digest);
        if (written.has(whole)) return whole;
        const more = {
          ...draft.more,
          'WARC-Payload-Digest': known.digest,
          'WARC-Refers-To': `<${known.id}>`,
          'WARC-Refers-To-Target-URI': known.target,
          'WARC-Refers-To-Date': known.date,
        };
        return yield* add({ ...draft, ...headWith(known.length), type: 'revisit', payload: new Uint8Array(), more });
      }
      const payload = await read(ref);
      if (payload === null) return null;
      const id = yield* add({ ...draft, ...headWith(payload.length), payload });
      const { target, date } = draft;
      payloads.set(key, { id, digest: sha256(payload), length: payload.length, target, date });
      return id;
    },
    count: () => written.size,
  };
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A UUID of what the record holds (RFC 9562, version 8). */
function idOf({ type, target, date, head, more }: Omit<Draft, 'payload'>, digest: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([type, target, date, head, more, digest]))
    .digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return `urn:uuid:${bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}

function serialize(draft: Draft, id: string, info: string | null): Promise<Uint8Array> {
  const { type, target, date, contentType, head, payload, more } = draft;
  const record = WARCRecord.create(
    {
      type,
      date,
      warcVersion: WARC_1_1,
      ...(target === undefined ? {} : { url: target }),
      warcHeaders: {
        'WARC-Type': type,
        'WARC-Record-ID': `<${id}>`,
        'Content-Type': contentType,
        ...(info === null ? {} : { 'WARC-Warcinfo-ID': `<${info}>` }),
        ...more,
      },
    },
    [payload],
  );
  record.httpHeaders = head === undefined ? null : new HeadAsItIs(head);
  return WARCSerializer.serialize(record, { gzip: true });
}

/** The library's own map of fields joins those of one name, and refuses some that a server may send. */
class HeadAsItIs extends StatusAndHeaders {
  readonly #text: string;

  constructor(text: string) {
    super({ statusline: '', headers: new HeadersMultiMap() });
    this.#text = text;
  }

  override toString(): string {
    return this.#text;
  }
}

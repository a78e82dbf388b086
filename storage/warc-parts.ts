/** What the records of an exported audit mean. Whatever they hold is checked for its form; see `warc-check.ts` for the rest. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { persian } from '../src/core/errors.ts';
import type { Audit, Finding, Registry, Snapshot, Text } from '../src/core/model.ts';
import { fieldOf, readHead, type Head } from '../src/core/warc-head.ts';
import { decode, type Encoding } from './snapshots.ts';
import { declaredEncoding, FORMAT, MEASUREMENTS, TARGETS, type Measurement } from './warc.ts';
import { damaged, MAX_HEAD, NONE, readRecords } from './warc-records.ts';
import {
  AuditShape,
  EndShape,
  FindingShape,
  InspectionShape,
  LayoutShape,
  MAX_FILE,
  OpeningShape,
  OrganizationShape,
  RegistryShape,
  SnapshotShape,
} from './warc-shapes.ts';

export type OrganizationRecord = z.infer<typeof OrganizationShape>;

export type Part =
  | FilePart
  | ({ readonly where: Text } & (
      | { readonly kind: 'other' }
      | { readonly kind: 'audit'; readonly audit: Audit }
      | { readonly kind: 'registry'; readonly registry: Registry }
      | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
      | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
      | { readonly kind: 'organization'; readonly organization: OrganizationRecord }
      | { readonly kind: 'end'; readonly records: number }
    ));

/** So many records are more than a country's round has; what has more is made to keep us busy. */
const MAX_RECORDS = 2_000_000;

/** The bytes of a file of evidence in the form in which the record has them. */
export interface FilePart {
  readonly kind: 'file';
  readonly where: Text;
  readonly form: Encoding;
  readonly bytes: Uint8Array;
  /** It is what a browser measured, and of the form of that; null when it is another file. */
  readonly measures: Measurement | null;
  decode(): Promise<Uint8Array>;
}

const MEASUREMENT_SHAPES = { layout: LayoutShape, inspection: InspectionShape } satisfies Record<
  Measurement,
  z.ZodType
>;

/** `verify`: compares the digests of records with their content, too. */
export async function* readParts(source: AsyncIterable<Uint8Array>, verify = false): AsyncGenerator<Part> {
  let count = 0;
  for await (const { head, block } of readRecords(source)) {
    count++;
    const type = fieldOf(head, 'warc-type') ?? '';
    const target = fieldOf(head, 'warc-target-uri') ?? '';
    const name = `${type} ${target.slice(0, 300)}`;
    const where = { fa: persian`رکورد ${count} (${name})`, en: `Record ${count} (${name})` };
    if (count > MAX_RECORDS)
      throw damaged(where, { fa: persian`حداکثر ${MAX_RECORDS} رکورد`, en: `at most ${MAX_RECORDS} records` }, { fa: 'بیشتر', en: 'more' }); // prettier-ignore
    if (verify) checkDigest(head, block, where);
    yield partOf(type, target, block, where);
  }
}

function partOf(type: string, target: string, block: Uint8Array, where: Text): Part {
  const is = (kind: string, prefix: string): boolean => type === kind && target.startsWith(prefix);
  const read = <T>(shape: z.ZodType<T>): T => parse(shape, textOf(block), where);
  if (type === 'response') return answerFile(block, where);
  if (is('conversion', TARGETS.rendered) || is('resource', TARGETS.screenshot)) return fileOf(block, 'identity', where);
  for (const kind of MEASUREMENTS) {
    if (!is('resource', TARGETS[kind])) continue;
    read<unknown>(MEASUREMENT_SHAPES[kind]);
    return { ...fileOf(block, 'identity', where), measures: kind };
  }
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
      throw damaged(
        where,
        { fa: persian`نسخه ${FORMAT.version} قالب`, en: `version ${FORMAT.version} of the format` },
        { fa: persian`نسخه ${version}، از رصد دیگری`, en: `version ${version}, of another Rasad` },
      );
    return { kind: 'audit', where, audit: check(AuditShape, audit, where) };
  }
  if (is('resource', TARGETS.registry)) return { kind: 'registry', where, registry: read(RegistryShape) };
  if (is('metadata', TARGETS.end)) return { kind: 'end', where, records: read(EndShape).records };
  if (type === 'warcinfo' || type === 'revisit') return { kind: 'other', where };
  throw damaged(
    where,
    { fa: 'بایگانی‌ای که رصد صادر کرده است', en: 'an archive that Rasad exported' },
    { fa: 'رکوردی که رصد نمی‌نویسد', en: 'a record that it does not write' },
  );
}

function answerFile(block: Uint8Array, where: Text): FilePart {
  const head = readHead(block.subarray(0, MAX_HEAD));
  if (!head) throw damaged(where, { fa: persian`سرآیند پاسخ ${'HTTP'}`, en: 'the head of an HTTP answer' }, NONE);
  return fileOf(block.subarray(head.length), declaredEncoding(head.fields), where);
}

const fileOf = (bytes: Uint8Array, form: Encoding, where: Text): FilePart => ({
  kind: 'file',
  where,
  form,
  bytes,
  measures: null,
  decode: () =>
    decode(bytes, form, MAX_FILE).catch((cause: unknown) => {
      throw damaged(
        where,
        {
          fa: persian`محتوایی به شکل ${form} با حداکثر ${MAX_FILE} بایت`,
          en: `content in ${form} of at most ${MAX_FILE} bytes`,
        },
        { fa: 'بایت‌هایی که چنین محتوایی از آن‌ها به دست نمی‌آید', en: 'bytes that do not decode to that' },
        cause,
      );
    }),
});

const textOf = (block: Uint8Array): string => Buffer.from(block).toString('utf8');

function parse<T>(shape: z.ZodType<T>, text: string, where: Text): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(where, 'JSON', `"${text.slice(0, 60)}"`, cause);
  }
  return check(shape, value, where);
}

/** The value as it is, with fields that this program does not know: what was exported comes back in full. */
function check<T>(shape: z.ZodType<T>, value: unknown, where: Text): T {
  const result = shape.safeParse(value);
  if (result.success) return value as T;
  const { path, message } = result.error.issues[0]!;
  const at = path.join('.');
  throw damaged(
    where,
    { fa: 'آنچه رصد آنجا می‌نویسد', en: 'what Rasad writes there' },
    {
      fa: `${at ? persian`در ${at}` : 'در بالای آن'}: ${persian`${message}`}`,
      en: `at ${at || 'its top'}: ${message}`,
    },
  );
}

function checkDigest(head: Head, block: Uint8Array, where: Text): void {
  const told = fieldOf(head, 'warc-block-digest');
  if (told === null) return;
  const found = `sha256:${createHash('sha256').update(block).digest('hex')}`;
  const named = told.slice(0, 100);
  if (found !== told)
    throw damaged(where, { fa: persian`محتوایی با چکیده ${named}`, en: `content with the digest ${named}` }, found);
}

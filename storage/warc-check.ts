/** Is everything there that an archive speaks of, and does it say the same everywhere? Nothing is written before that. */
import { createHash } from 'node:crypto';
import { persian } from '../src/core/errors.ts';
import type { Audit, BlobRef, Finding, Registry, Snapshot, Text } from '../src/core/model.ts';
import { saidIn, type Said } from '../src/core/said.ts';
import { snapshotFiles } from '../src/core/snapshot-files.ts';
import type { Encoding } from './snapshots.ts';
import { MEASUREMENTS, type Measurement } from './warc.ts';
import { readParts, type FilePart, type OrganizationRecord, type Part } from './warc-parts.ts';
import { damaged, NONE } from './warc-records.ts';

export interface Checked {
  readonly audit: Audit;
  readonly snapshots: number;
  /** By hash: the encodings in which files are wanted, and in which the archive has them. */
  readonly wanted: ReadonlyMap<string, ReadonlyMap<Encoding, BlobRef>>;
  readonly held: ReadonlyMap<string, { readonly size: number; readonly forms: ReadonlySet<Encoding> }>;
}

/** Reads an archive to its end. Throws a UserError at the first thing that is wrong with it. */
export async function checkArchive(source: AsyncIterable<Uint8Array>): Promise<Checked> {
  const checker = openChecker();
  for await (const part of readParts(source, true)) {
    if (part.kind === 'file') checker.takeFile(part, await part.decode());
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
  /** Of the organization under way among those of the audit; its looks and findings, and the files that it lacks. */
  let position = 0;
  const looks = new Set<string>();
  const verdicts = new Set<string>();
  const missing = new Map<string, string>();
  const wanted = new Map<string, Map<Encoding, BlobRef>>();
  const measured: Readonly<Record<Measurement, Set<string>>> = { layout: new Set(), inspection: new Set() };
  const held = new Map<string, { readonly size: number; readonly forms: Set<Encoding> }>();

  function want(ref: BlobRef, url: string): void {
    const file = held.get(ref.hash);
    if (!file) return void missing.set(ref.hash, url);
    if (file.size !== ref.size)
      throw damaged(
        lookAt(url),
        {
          fa: persian`${ref.size} بایت با ${`SHA-256 ${ref.hash}`}`,
          en: `${ref.size} bytes under the SHA-256 ${ref.hash}`,
        },
        { fa: persian`${file.size} بایت`, en: `${file.size} bytes` },
      );
    const encodings = wanted.get(ref.hash) ?? new Map<Encoding, BlobRef>();
    wanted.set(ref.hash, encodings.set(ref.encoding as Encoding, ref));
  }

  function takeSnapshot(snapshot: Snapshot, where: Text): void {
    const { url, visit, role } = snapshot;
    const key = `${visit} ${role} ${url}`;
    if (looks.has(key))
      throw damaged(
        where,
        { fa: 'یک نگاه به هر نشانی در هر نقش و بازدید', en: 'one look at an address in a role and visit' },
        { fa: 'دو نگاه', en: 'two' },
      );
    looks.add(key);
    for (const ref of snapshotFiles(snapshot)) want(ref, url);
    for (const kind of MEASUREMENTS) {
      const hash = snapshot[kind]?.hash;
      if (hash !== undefined && held.has(hash) && !measured[kind].has(hash))
        throw damaged(
          where,
          { fa: 'اندازه‌گیری صفحه', en: 'a measurement of the page' },
          { fa: persian`پرونده ${hash} که اندازه‌گیری نیست`, en: `the file ${hash}, which is none` },
        );
    }
  }

  function takeFinding({ organization, service, rule }: Finding, where: Text): void {
    checkOwner(organization, audit?.id ?? 'none', where);
    const key = `${service ?? ''} ${rule}`;
    if (verdicts.has(key))
      throw damaged(
        where,
        { fa: 'یک حکم از هر قاعده درباره هر موضوع', en: 'one finding of a rule on a subject' },
        { fa: persian`دو حکم از ${rule}`, en: `two of ${rule}` },
      );
    verdicts.add(key);
  }

  function takeOrganization({ retired, snapshots: told }: OrganizationRecord, where: Text): void {
    if (told !== looks.size)
      throw damaged(where, { fa: persian`${told} نگاه به آن`, en: `${told} looks of it` }, counted(looks.size));
    for (const [hash, url] of missing)
      if (!(hash in retired))
        throw damaged(lookAt(url), { fa: persian`پرونده‌ای با ${`SHA-256 ${hash}`}`, en: `a file with the SHA-256 ${hash}` }, NONE); // prettier-ignore
    const strange = Object.keys(retired).find((hash) => !missing.has(hash));
    if (strange)
      throw damaged(
        where,
        { fa: 'در میان برداشته‌شده‌ها تنها پرونده‌های نگاه‌های آن', en: 'only files of its looks among those that were removed' },
        strange,
      ); // prettier-ignore
    snapshots += looks.size;
    position++;
    looks.clear();
    verdicts.clear();
    missing.clear();
  }

  /** Organizations come in the order of the audit, each with all its records. */
  function checkOwner(organization: string, auditId: string, where: Text): void {
    const current: Said = registry ? (audit?.organizationIds[position] ?? NONE) : { fa: 'هیچ، پیش از دفتر ثبت', en: 'none before the registry' }; // prettier-ignore
    if (organization !== current || auditId !== audit?.id)
      throw damaged(where, subject(audit?.id ?? NONE, current), subject(auditId, organization));
  }

  function takeOpening(part: Part & { readonly kind: 'audit' | 'registry' }): void {
    if (part.kind === 'audit' ? audit : registry || !audit)
      throw damaged(
        part.where,
        { fa: 'یک سنجش و سپس دفتر ثبت آن', en: 'one audit and then its registry' },
        { fa: part.kind === 'audit' ? 'سنجشی دیگر' : 'دفتر ثبتی دیگر', en: `another ${part.kind}` },
      );
    if (part.kind === 'audit') audit = part.audit;
    else checkRegistry((registry = part.registry), audit!, part.where);
  }

  function takeEnd(told: number, where: Text): void {
    const left = registry && audit ? audit.organizationIds.length - position : 1;
    if (left > 0)
      throw damaged(
        where,
        { fa: 'همه دستگاه‌های سنجش پیش از آن', en: 'every organization of the audit before it' },
        { fa: persian`${left} تا کمتر`, en: `${left} fewer` },
      );
    if (told !== records)
      throw damaged(where, { fa: persian`${told} رکورد پیش از آن`, en: `${told} records before it` }, counted(records));
    isEnded = true;
  }

  return {
    takeFile({ form, measures }: FilePart, decoded: Uint8Array): void {
      const hash = sha256(decoded);
      if (measures) measured[measures].add(hash);
      const file = held.get(hash) ?? { size: decoded.byteLength, forms: new Set<Encoding>() };
      file.forms.add(form);
      held.set(hash, file);
      records++;
    },
    take(part: Exclude<Part, FilePart>): void {
      const { kind, where } = part;
      if (isEnded)
        throw damaged(where, { fa: 'پایان بایگانی', en: 'the end of the archive' }, { fa: 'رکوردی دیگر', en: 'another record' }); // prettier-ignore
      checkDepth(part);
      if (kind === 'audit' || kind === 'registry') takeOpening(part);
      else if (kind === 'snapshot') {
        checkOwner(part.snapshot.organizationId, part.snapshot.auditId, where);
        takeSnapshot(part.snapshot, where);
      } else if (kind === 'findings') for (const finding of part.findings) takeFinding(finding, where);
      else if (kind === 'organization') {
        checkOwner(part.organization.id, audit?.id ?? 'none', where);
        takeOrganization(part.organization, where);
      } else if (kind === 'end') takeEnd(part.records, where);
      records++;
    },
    result(): Checked {
      if (audit === null || !isEnded)
        throw damaged(
          { fa: 'پایان آن', en: 'Its end' },
          { fa: 'رکوردی که سنجش رصد را می‌بندد', en: 'the record that closes an audit of Rasad' },
          { fa: persian`هیچ، پس از ${records} رکورد`, en: `none after ${records} records` },
        );
      return { audit, snapshots, wanted, held };
    },
  };
}

/** What is nested without end can be read and never written. */
function checkDepth(part: Exclude<Part, FilePart>): void {
  try {
    JSON.stringify(part);
  } catch (cause) {
    throw damaged(
      part.where,
      { fa: 'مقدارهایی که بتوان نگه داشت', en: 'values that can be kept' },
      { fa: 'مقدارهایی که بیش از اندازه تودرتوست', en: 'some that are nested too deep' },
      cause,
    );
  }
}

/** Every name that one part of a registry uses for another. */
function checkRegistry(registry: Registry, audit: Audit, where: Text): void {
  const organizations = new Set(registry.organizations.map(({ id }) => id));
  const services = new Set(registry.services.map(({ id }) => id));
  if (organizations.size !== registry.organizations.length || services.size !== registry.services.length)
    throw damaged(
      where,
      { fa: 'شناسه‌هایی که هر یک یک بار آمده است', en: 'ids that are used once' },
      { fa: 'شناسه‌ای که دو بار آمده است', en: 'one that is used twice' },
    );
  const unknown =
    audit.organizationIds.find((id) => !organizations.has(id)) ??
    registry.services.find(({ organizationId }) => !organizations.has(organizationId))?.organizationId ??
    registry.services.find(({ parentId }) => parentId !== null && !services.has(parentId))?.parentId;
  if (unknown)
    throw damaged(
      where,
      { fa: 'دستگاه‌ها و خدمت‌هایی که دیگران نام می‌برند', en: 'the organizations and services that others name' },
      { fa: persian`نبودن شناسه «${unknown}»`, en: `none with the id "${unknown}"` },
    );
  if (new Set(audit.organizationIds).size !== audit.organizationIds.length)
    throw damaged(
      where,
      { fa: 'هر دستگاه سنجش یک بار', en: 'each organization of the audit once' },
      { fa: 'دستگاهی دو بار', en: 'one twice' },
    );
}

const lookAt = (url: string): Text => ({ fa: persian`نگاه به ${url}`, en: `The look at ${url}` });
const counted = (number: number): Text => ({ fa: persian`${number}`, en: String(number) });
const subject = (audit: Said, organization: Said): Text => ({
  fa: `سنجش ${saidIn(audit, 'fa')}، دستگاه ${saidIn(organization, 'fa')}`,
  en: `audit ${saidIn(audit, 'en')}, organization ${saidIn(organization, 'en')}`,
});

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

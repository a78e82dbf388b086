/**
 * An audit out of a web archive that `exportWarc` wrote. The archive is read three times: everything in it is checked
 * before the first file is kept, and every file is kept before the audit is there to be seen.
 */
import { promisify } from 'node:util';
import { brotliCompress, deflate, gzip } from 'node:zlib';
import { persian, UserError } from '../src/core/errors.ts';
import type { Audit, BlobRef, Finding } from '../src/core/model.ts';
import type { Encoding, EvidenceFiles } from './snapshots.ts';
import type { Store } from './store.ts';
import { checkArchive, sha256, type Checked } from './warc-check.ts';
import { readParts } from './warc-parts.ts';
import { portable } from './warc.ts';

export interface ImportTools {
  readonly store: Pick<
    Store,
    | 'getAudit' | 'createAudit' | 'saveSnapshot' | 'leaseJob' | 'completeJob' | 'failJob' | 'saveFindings' | 'finishAudit' | 'retire' | 'dropAudit' | 'listJobs'
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
  const known = await tools.store.getAudit(id);
  // what an import left behind that was killed
  if (known !== null && (await isHalfImported(known, tools.store))) await tools.store.dropAudit(id);
  else if (known !== null)
    throw new UserError({
      fa: persian`سنجش ${id} که در این بایگانی است از پیش در پایگاه داده هست. چیزی وارد نشد.`,
      en: `The archive holds audit ${id}, which is in this store already. Nothing was imported.`,
    });
  await keepFiles(open(), checked, tools.blobs);
  try {
    return await keepAudit(open(), checked, tools.store);
  } catch (error) {
    // half an audit is none; where it cannot be dropped either, the next import does so
    await tools.store.dropAudit(id).catch(() => undefined);
    throw error;
  }
}

async function isHalfImported(audit: Audit, store: Pick<Store, 'listJobs'>): Promise<boolean> {
  if (audit.finishedAt !== null) return false;
  const jobs = await store.listJobs(audit.id);
  return jobs.some(({ worker }) => worker === importerOf(audit));
}

/** Holds the jobs of an audit while it is imported. */
const importerOf = ({ id }: Audit): string => `import:${id}`;

// ---------------------------------------------------------------- the files

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

// ---------------------------------------------------------------- the audit

/** No other worker takes a job that is leased until then. */
const FOR_EVER = '9999-01-01T00:00:00.000Z';

async function keepAudit(
  source: AsyncIterable<Uint8Array>,
  { audit, snapshots, wanted }: Checked,
  store: ImportTools['store'],
): Promise<Imported> {
  const worker = importerOf(audit);
  let last = audit.startedAt;
  let findings: Finding[] = [];
  for await (const part of readParts(source)) {
    if (part.kind === 'registry') {
      await store.createAudit({ ...audit, finishedAt: null }, portable(part.registry));
      while ((await store.leaseJob(audit.id, worker, audit.startedAt, FOR_EVER)) !== null);
    } else if (part.kind === 'snapshot') {
      await store.saveSnapshot(part.snapshot);
      if (part.snapshot.fetchedAt > last) last = part.snapshot.fetchedAt;
    } else if (part.kind === 'findings') findings = findings.concat(part.findings);
    else if (part.kind === 'organization') {
      const { id, state, error, skipped, retired } = part.organization;
      const rules = part.organization.rules ?? undefined;
      if (state === 'done') {
        if (
          !(await store.completeJob(audit.id, id, worker, { findings, skipped, ...(rules !== undefined && { rules }) }))
        )
          throw new Error(`expected the job of ${id} in audit ${audit.id} to be held by its import, found it taken`);
      } else {
        if (findings.length > 0) await store.saveFindings(audit.id, id, findings, rules);
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

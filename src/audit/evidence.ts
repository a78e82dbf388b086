/** Keeping house among the files of evidence: what is damaged, and what is old enough to go. Hashes stay for ever. */
import type { Audit, BlobRef, Snapshot } from '../core/model.ts';
import type { Round } from '../core/round.ts';
import { snapshotFiles } from '../core/snapshot-files.ts';
import type { Store } from '../../storage/store.ts';

type Encoding = Exclude<BlobRef['encoding'], 'zstd'>;

/** What of the evidence files is needed here; see storage/snapshots. */
export interface Files {
  check(ref: BlobRef): Promise<{ readonly state: 'whole' } | Fault>;
  list(): AsyncIterable<{
    readonly hash: string;
    readonly encoding: Encoding;
    readonly size: number;
    readonly putAt: string;
  }>;
  remove(hash: string, encoding: Encoding): Promise<boolean>;
}

export interface Fault {
  readonly state: 'missing' | 'damaged';
  readonly detail: string;
}

/** Is a file of evidence there and what its hash says? null: yes. Else what is wrong with it. */
export type CheckFile = (ref: BlobRef) => Promise<Fault | null>;

/**
 * Checks files to which there are references, and counts them; one content is a file of its own in each encoding in
 * which it came. Each is read once and told of once when it has a fault. A missing one is excused where it was removed on
 * purpose after the reference was made.
 */
export function openFileCheck(store: Pick<Store, 'retiredAt'>, check: CheckFile) {
  const seen = new Set<string>();
  const whole = new Set<string>();
  const retired = new Set<string>();
  return {
    seen: seen as ReadonlySet<string>,
    whole: whole as ReadonlySet<string>,
    retired: retired as ReadonlySet<string>,
    async take(ref: BlobRef, since: string): Promise<Fault | null> {
      const key = keyOf(ref);
      // what excuses the file of one look may be no excuse for that of another
      if (seen.has(key) && !retired.has(key)) return null;
      seen.add(key);
      retired.delete(key);
      const fault = await check(ref);
      if (fault === null) whole.add(key);
      else if (fault.state === 'missing' && (await store.retiredAt(ref.hash, since)) !== null) retired.add(key);
      else return fault;
      return null;
    },
  };
}

export interface Damage {
  readonly auditId: string;
  readonly organizationId: string;
  readonly url: string;
  readonly hash: string;
  readonly state: 'missing' | 'damaged';
  readonly detail: string;
}

export interface EvidenceCheck {
  readonly whole: number;
  /** Removed on purpose, by age. */
  readonly retired: number;
  readonly damage: readonly Damage[];
  /** Files that no look refers to: what a killed process left, and what was filed with an attestation. */
  readonly unreferenced: number;
}

/** Reads every file that a look of the audits refers to; of all audits when none is named. */
export async function checkEvidence(store: Store, files: Files, auditIds?: readonly string[]): Promise<EvidenceCheck> {
  const damage: Damage[] = [];
  const { take, seen, whole, retired } = openFileCheck(store, async (ref) => {
    const found = await files.check(ref);
    return found.state === 'whole' ? null : found;
  });
  const ids = auditIds ?? (await store.listAudits()).map(({ id }) => id);
  for (const auditId of ids) {
    for await (const { snapshot, ref } of referencesOf(store, auditId)) {
      const fault = await take(ref, snapshot.fetchedAt);
      const { organizationId, url } = snapshot;
      if (fault) damage.push({ auditId, organizationId, url, hash: ref.hash, ...fault });
    }
  }
  let unreferenced = 0;
  if (!auditIds) for await (const file of files.list()) if (!seen.has(keyOf(file))) unreferenced++;
  return { whole: whole.size, retired: retired.size, damage, unreferenced };
}

export interface Retention {
  readonly audits: readonly string[];
  readonly files: number;
  /** Bytes on the disk. */
  readonly bytes: number;
}

/** A look is stored within this time of its files; what was put since may be that of a look which is still to be. */
const LOOK_MS = 3_600_000;

/**
 * Removes the files to which only finished audits from before `before` (UTC, ISO 8601) refer, and notes their hashes as
 * retired at `now`. A file that another audit shares stays, and so does what a round stands on that is to be published
 * yet. With `isTrial` nothing is removed, only counted.
 */
export async function retireEvidence(
  store: Store,
  files: Files,
  { before, now, isTrial }: { readonly before: string; readonly now: string; readonly isTrial: boolean },
): Promise<Retention> {
  const quiet = new Date(Date.parse(now) - LOOK_MS).toISOString();
  const needed = await auditsOfUnpublished(store);
  const audits = await store.listAudits();
  const isOld = ({ id, startedAt, finishedAt }: Audit): boolean =>
    startedAt < before && finishedAt !== null && !needed.has(id);
  const kept = new Set<string>();
  for (const audit of audits)
    if (!isOld(audit)) for await (const { ref } of referencesOf(store, audit.id)) kept.add(keyOf(ref));
  const going = new Set<string>();
  const old = audits.filter(isOld);
  for (const { id } of old)
    for await (const { ref } of referencesOf(store, id)) if (!kept.has(keyOf(ref))) going.add(keyOf(ref));

  async function* leaving() {
    for await (const file of files.list()) if (going.has(keyOf(file)) && file.putAt < quiet) yield file;
  }
  if (!isTrial) {
    // noted first: a run that is broken off in between leaves files that are called retired, never a hole without a reason
    const hashes: string[] = [];
    for await (const { hash } of leaving()) hashes.push(hash);
    await store.retire(hashes, now);
  }
  let count = 0;
  let bytes = 0;
  for await (const { hash, encoding, size } of leaving()) {
    count++;
    bytes += size;
    if (!isTrial) await files.remove(hash, encoding);
  }
  return { audits: old.map(({ id }) => id), files: count, bytes };
}

/** The audits of rounds that are not published, of the rounds that these revise, and those on demand beside them. */
async function auditsOfUnpublished(store: Store): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  for (const { id, state } of await store.listRounds()) {
    for (let next = state === 'published' ? null : id; next !== null;) {
      const { auditId, revises }: Round = (await store.getRound(next))!;
      needed.add(auditId);
      for (const { audit } of await store.listReaudits(next)) needed.add(audit);
      next = revises;
    }
  }
  return needed;
}

const keyOf = ({ hash, encoding }: Pick<BlobRef, 'hash' | 'encoding'>): string => `${hash} ${encoding}`;

async function* referencesOf(
  store: Store,
  auditId: string,
): AsyncGenerator<{ readonly snapshot: Snapshot; readonly ref: BlobRef }> {
  for (const { organizationId } of await store.listJobs(auditId))
    for (const snapshot of await store.listSnapshots(auditId, organizationId))
      for (const ref of snapshotFiles(snapshot)) yield { snapshot, ref };
}

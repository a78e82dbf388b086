/** Keeping house among the files of evidence: what is damaged, and what is old enough to go. Hashes stay for ever. */
import type { BlobRef, Snapshot } from '../core/model.ts';
import type { Store } from '../../storage/store.ts';

/** What of the evidence files is needed here; see storage/snapshots. */
export interface Files {
  check(
    ref: BlobRef,
  ): Promise<{ readonly state: 'whole' } | { readonly state: 'missing' | 'damaged'; readonly detail: string }>;
  list(): AsyncIterable<{
    readonly hash: string;
    readonly encoding: Exclude<BlobRef['encoding'], 'zstd'>;
    readonly size: number;
  }>;
  remove(hash: string, encoding: Exclude<BlobRef['encoding'], 'zstd'>): Promise<boolean>;
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
export async function checkEvidence(
  store: Store,
  files: Files,
  auditIds?: readonly string[],
  onFile?: (checked: number) => void,
): Promise<EvidenceCheck> {
  const damage: Damage[] = [];
  const seen = new Set<string>();
  let whole = 0;
  let retired = 0;
  const ids = auditIds ?? (await store.listAudits()).map(({ id }) => id);
  for (const auditId of ids) {
    for await (const { snapshot, ref } of referencesOf(store, auditId)) {
      if (seen.has(keyOf(ref))) continue;
      seen.add(keyOf(ref));
      onFile?.(seen.size);
      const found = await files.check(ref);
      if (found.state === 'whole') whole++;
      else if (found.state === 'missing' && (await store.retiredAt(ref.hash)) !== null) retired++;
      else
        damage.push({ auditId, organizationId: snapshot.organizationId, url: snapshot.url, hash: ref.hash, ...found });
    }
  }
  let unreferenced = 0;
  if (!auditIds)
    for await (const { hash, encoding } of files.list()) if (!seen.has(`${hash} ${encoding}`)) unreferenced++;
  return { whole, retired, damage, unreferenced };
}

export interface Retention {
  readonly audits: readonly string[];
  readonly files: number;
  /** Bytes on the disk. */
  readonly bytes: number;
}

/**
 * Removes the files to which only audits from before `before` (UTC, ISO 8601) refer, and notes their hashes as retired
 * at `now`. With `isTrial` nothing is removed, only counted. A file that a younger audit shares stays.
 */
export async function retireEvidence(
  store: Store,
  files: Files,
  { before, now, isTrial }: { readonly before: string; readonly now: string; readonly isTrial: boolean },
): Promise<Retention> {
  const audits = await store.listAudits();
  const old = audits.filter(({ startedAt }) => startedAt < before);
  const kept = new Set<string>();
  for (const { id } of audits.filter(({ startedAt }) => startedAt >= before))
    for await (const { ref } of referencesOf(store, id)) kept.add(keyOf(ref));
  const going = new Map<string, BlobRef>();
  for (const { id } of old)
    for await (const { ref } of referencesOf(store, id)) if (!kept.has(keyOf(ref))) going.set(keyOf(ref), ref);
  // noted first: a run that is broken off in between leaves files that are called retired, never a hole without a reason
  if (!isTrial)
    await store.retire(
      [...going.values()].map(({ hash }) => hash),
      now,
    );
  let count = 0;
  let bytes = 0;
  for await (const { hash, encoding, size } of files.list()) {
    if (!going.has(`${hash} ${encoding}`)) continue;
    count++;
    bytes += size;
    if (!isTrial) await files.remove(hash, encoding);
  }
  return { audits: old.map(({ id }) => id), files: count, bytes };
}

const keyOf = ({ hash, encoding }: BlobRef): string => `${hash} ${encoding}`;

async function* referencesOf(
  store: Store,
  auditId: string,
): AsyncGenerator<{ readonly snapshot: Snapshot; readonly ref: BlobRef }> {
  for (const { organizationId } of await store.listJobs(auditId))
    for (const snapshot of await store.listSnapshots(auditId, organizationId))
      for (const ref of [snapshot.body, snapshot.rendered, snapshot.screenshot, snapshot.inspection])
        if (ref) yield { snapshot, ref };
}

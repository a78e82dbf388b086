import { existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkEvidence, retireEvidence } from '../../src/audit/evidence.ts';
import type { Audit, BlobRef } from '../../src/core/model.ts';
import { openBlobStore } from '../../storage/snapshots.ts';
import { openSqliteStore } from '../../storage/sqlite.ts';
import type { Store } from '../../storage/store.ts';
import { anAct, anAudit, aReaudit, aRegistry, aRound, aSnapshot, at } from '../storage/fixtures.ts';

let place: string;
let store: Store;
let files: ReturnType<typeof openBlobStore>;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rasad-evidence-'));
  store = openSqliteStore(':memory:');
  files = openBlobStore(place);
});
afterEach(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

const pathOf = ({ hash }: BlobRef): string => join(place, hash.slice(0, 2), `${hash}.gz`);
const isThere = (ref: BlobRef): boolean => existsSync(pathOf(ref));

/** A file that was put when looks were made, at a minute after eight. */
async function fileOf(text: string, minute = 1): Promise<BlobRef> {
  const ref = await files.put(Buffer.from(text));
  utimesSync(pathOf(ref), new Date(at(minute)), new Date(at(minute)));
  return ref;
}

/** An audit from before, finished, with a look of a file each. */
async function anOldAudit(change: Partial<Audit>, ...refs: BlobRef[]): Promise<void> {
  const audit = anAudit({ finishedAt: at(5), ...change });
  await store.createAudit(audit, aRegistry());
  await looksOf(audit.id, ...refs);
}
async function looksOf(auditId: string, ...refs: BlobRef[]): Promise<void> {
  for (const [ordinal, body] of refs.entries())
    await store.saveSnapshot(aSnapshot({ auditId, ordinal, url: `https://example.ir/${ordinal}`, body }));
}
/** A day later, all that is from before nine. */
const NOW = at(24 * 60);
const retire = (isTrial = false) => retireEvidence(store, files, { before: at(60), now: NOW, isTrial });

describe('evidence that is old', () => {
  it('goes, unless a younger audit has it too, and its hash stays', async () => {
    const [own, shared] = [await fileOf('own'), await fileOf('shared')];
    await anOldAudit({}, own, shared);
    await anOldAudit({ id: 'b', startedAt: at(60) }, shared);
    const gone = { audits: ['a'], files: 1, bytes: expect.any(Number) };
    expect(await retire(true)).toEqual(gone);
    expect([isThere(own), await store.retiredAt(own.hash, at(1))]).toEqual([true, null]);
    expect(await retire()).toEqual(gone);
    expect([isThere(own), isThere(shared)]).toEqual([false, true]);
    expect(await store.retiredAt(own.hash, at(1))).toBe(NOW);
    expect(await store.retiredAt(shared.hash, at(1))).toBeNull();
    expect(await checkEvidence(store, files)).toEqual({ whole: 1, retired: 1, damage: [], unreferenced: 0 });
  });

  it('stays while its audit is not finished', async () => {
    const ref = await fileOf('page');
    await anOldAudit({ finishedAt: null }, ref);
    expect(await retire()).toMatchObject({ audits: [], files: 0 });
    expect(isThere(ref)).toBe(true);
  });

  it('stays while a round stands on it that is not published: its own looks, those on demand, those that it revises', async () => {
    const [own, asked, revised] = [await fileOf('own'), await fileOf('asked'), await fileOf('revised')];
    const round = aRound({ id: 'r', auditId: 'round-r' });
    await store.createRound(round, anAudit({ id: 'round-r', finishedAt: at(5) }), aRegistry(), new Map(), anAct());
    await looksOf('round-r', own);
    await anOldAudit({ id: 'again', trigger: 'demand' }, asked);
    await store.addReaudit(aReaudit({ audit: 'again', round: 'r' }));
    expect(await retire()).toMatchObject({ audits: [], files: 0 });

    await store.moveRound('r', 'open', 'reviewing', anAct());
    await store.moveRound('r', 'reviewing', 'preview', anAct());
    const link = { position: 0, kind: 'header', key: '', digest: 'd', hash: 'h', content: null } as const;
    await store.publishRound('r', anAct(), [link], await store.countRound('r'));
    const revision = aRound({ id: 'r.2', auditId: 'round-r.2', state: 'reviewing', revises: 'r' });
    await store.createRevision(revision, anAudit({ id: 'round-r.2', finishedAt: at(5) }), anAct());
    await anOldAudit({ id: 'other' }, revised);
    expect(await retire()).toMatchObject({ audits: ['other'], files: 1 });
    expect([isThere(own), isThere(asked), isThere(revised)]).toEqual([true, true, false]);
  });

  it('stays when somebody has just put it again, whose look is still to be stored', async () => {
    const ref = await fileOf('page');
    await anOldAudit({}, ref);
    for (const minute of [24 * 60 - 5, 24 * 60 + 1]) {
      await fileOf('page', minute);
      expect(await retire()).toMatchObject({ audits: ['a'], files: 0 });
      expect([isThere(ref), await store.retiredAt(ref.hash, at(1))]).toEqual([true, null]);
    }
  });

  it('is not called retired where it was lost', async () => {
    const ref = await fileOf('page');
    await anOldAudit({}, ref);
    rmSync(pathOf(ref));
    await retire();
    expect(await checkEvidence(store, files)).toMatchObject({ retired: 0, damage: [{ state: 'missing' }] });
  });
});

describe('a check of evidence', () => {
  it('excuses a missing file only for looks from before it was removed', async () => {
    const ref = await fileOf('page');
    await anOldAudit({}, ref);
    await store.retire([ref.hash], at(30));
    await store.createAudit(anAudit({ id: 'b', startedAt: at(40) }), aRegistry());
    await store.saveSnapshot(aSnapshot({ auditId: 'b', body: ref, fetchedAt: at(41) }));
    rmSync(pathOf(ref));
    expect(await checkEvidence(store, files, ['a'])).toMatchObject({ retired: 1, damage: [] });
    for (const ids of [['a', 'b'], ['b', 'a']])
      expect(await checkEvidence(store, files, ids)).toMatchObject({ retired: 0, damage: [{ auditId: 'b', hash: ref.hash }] });
  }); // prettier-ignore

  it('tells damaged files from whole ones and counts what belongs to no look', async () => {
    const [whole, bad] = [await fileOf('whole'), await fileOf('bad')];
    await fileOf('of nobody');
    await anOldAudit({}, whole, bad, whole);
    rmSync(pathOf(bad));
    expect(await checkEvidence(store, files)).toEqual({
      whole: 1, retired: 0, unreferenced: 1,
      damage: [{ auditId: 'a', organizationId: 'one', url: 'https://example.ir/1', hash: bad.hash, state: 'missing', detail: expect.any(String) }],
    });
  }); // prettier-ignore
});

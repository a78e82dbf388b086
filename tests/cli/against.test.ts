import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideReaudit, publishRound, roundOf, startPreview, startReview } from '../../src/audit/round.ts';
import { openData, type Data } from '../../src/cli/compose.ts';
import { openNewRound } from '../../src/cli/rounds.ts';
import { countryOf } from '../audit/fake-country.ts';
import { anAudit, anEdition, aPlan, aReaudit, aRound, aSnapshot, at } from '../storage/fixtures.ts';
import { printed } from './in-process.ts';

let folder: string;
let data: Data;
const registry = countryOf('tax');
const doer = { by: 'Sara', note: '', at: at(0) };
const judging = { rulesDigest: 'rules', judge: async () => [] };
/** The round `r` over one organization, and beside it the audit on demand `again`, which is finished. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasad-against-'));
  data = openData(folder);
  const { names } = aRound();
  await openNewRound(data, { id: 'r', names, period: null, edition: anEdition(), plan: aPlan(), registry }, doer);
  const again = anAudit({ id: 'again', trigger: 'demand', organizationIds: ['tax'], finishedAt: at(5) });
  await data.store.createAudit(again, registry);
  await data.store.addReaudit(aReaudit({ organization: 'tax' }));
  await data.store.saveSnapshot(aSnapshot({ auditId: 'again', organizationId: 'tax' }));
  await data.store.leaseJob('again', 'w', at(1), at(2));
  await data.store.completeJob('again', 'tax', 'w', null);
});
afterEach(async () => {
  await data.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('rasad audit --against', () => {
  it.each<[string, string]>([
    ['archive', 'capture.warc.gz'],
    ['pages', '5'],
    ['render', 'never'],
    ['edition', 'r4'],
    ['registry', 'demo'],
  ])('refuses --%s, which the round froze', async (name, value) => {
    const { code, err } = await printed('audit', 'tax', '--against', 'r', '--reason', 'why', `--${name}`, value, '--data', folder); // prettier-ignore
    expect([code, err]).toEqual([2, expect.stringContaining(`--${name} does not go with --against`)]);
    expect(await data.store.listReaudits('r')).toHaveLength(1);
  });
});

describe('rasad probe', () => {
  it('refuses an audit on demand on which a published round stands', async () => {
    await decideReaudit(data.store, await roundOf(data.store, 'r'), 'again', true, doer, judging);
    await startReview(data.store, await roundOf(data.store, 'r'), doer, { early: true, ...judging });
    await startPreview(data.store, await roundOf(data.store, 'r'), doer);
    await publishRound(data.store, await roundOf(data.store, 'r'), doer, []);
    const { code, err } = await printed('probe', 'again', '--data', folder, '--map-host', 'www.tax.example=127.0.0.1:1', '--delay', '0'); // prettier-ignore
    expect([code, err]).toEqual([2, expect.stringContaining('again is evidence of a round that is published')]);
  });

  it('refuses the audit of a round, which has looks of its own', async () => {
    const { code, err } = await printed('probe', 'round-r', '--data', folder);
    expect([code, err]).toEqual([2, expect.stringContaining('is the audit of round r')]);
  });
});

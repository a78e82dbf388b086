import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { r5 } from '../../rules/editions/r5.ts';
import { INDICATORS } from '../../rules/catalogue.ts';
import { QUESTIONS } from '../../rules/questions.ts';
import { openRevision, publishRound, reviewFinding, roundOf, startPreview } from '../../src/audit/round.ts';
import type { Finding } from '../../src/core/model.ts';
import type { Person } from '../../src/core/person.ts';
import type { Card } from '../../src/core/queue.ts';
import type { RoundBoard } from '../../src/desk/board.ts';
import { agreementIn } from '../../src/desk/agreement-page.ts';
import { casesOfDecisions } from '../../src/desk/decisions.ts';
import { openDesk } from '../../src/desk/app.ts';
import { openSqliteDeskStore } from '../../storage/sqlite-desk.ts';
import { anOrganization, aService } from '../audit/fake-country.ts';
import { aFinding, aRegistry, at } from '../storage/fixtures.ts';
import { openTestDesk, ORIGIN, type Client, type TestDesk } from './desk.ts';

const LIGHT = 'presence/fee-time-published'; // weight 8
const HEAVY = 'transaction/tracking'; // weight 12: two readers
const SERVICES = ['a', 'b', 'c', 'd', 'e', 'f'];
const QUOTE = 'هزینه: ۱۰٬۰۰۰ تومان';
const NAMES = { fa: 'سازمان یک', en: 'Agency One' };

const registry = aRegistry({
  organizations: [{ ...anOrganization('one'), names: NAMES }, anOrganization('two')],
  services: [...SERVICES.map((id) => aService(id, 'one')), aService('z', 'two')],
});
const found = (rule: string, service: string, change: Partial<Finding> = {}): Finding =>
  aFinding({
    rule, service, verdict: 'pass', outcome: 'both', confidence: 0.7, confidenceBasis: 'measured', confidenceCases: 5,
    message: { fa: 'هزینه اعلام شده است.', en: 'The fee is published.' },
    evidence: [{ url: `https://one.example/${service}`, snapshot: 'a'.repeat(64), selector: 'p', quote: QUOTE, language: 'fa' }],
    ...change,
  }); // prettier-ignore
const findings: readonly Finding[] = [
  ...SERVICES.map((service) => found(LIGHT, service)),
  found(HEAVY, 'a', { verdict: 'fail', outcome: 'nothing', evidence: [], searched: [{ place: 'service-page', url: 'https://one.example/a', read: true, detail: 'read' }] }),
  found(LIGHT, 'z', { organization: 'two' }),
]; // prettier-ignore

let test: TestDesk;
let board: RoundBoard;
beforeEach(async () => {
  test = await openTestDesk({
    round: { registry, findings, edition: r5 },
    tools: { indicators: INDICATORS, questions: QUESTIONS },
  });
  board = await bring();
});
afterEach(async () => {
  expect(test.faults).toEqual([]);
  await test.close();
});

const bring = async (): Promise<RoundBoard> => (await test.desk.board.round('r'))!;
const cards = (): Card[] => [...board.queue.page({}, 0, 100).cards];
/** A card that one reader settles; which ones these are is drawn. */
const single = (): Card => cards().find(({ readersNeeded, organizations }) => readersNeeded === 1 && organizations.includes('one'))!; // prettier-ignore
const double = (): Card => cards().find(({ rule }) => rule === HEAVY)!;

const page = async (client: Client, path: string): Promise<string> => (await client.get(path)).text();
const valueOf = (text: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''; // prettier-ignore
/** Answers a card as its page is sent. */
async function answer(client: Client, card: Pick<Card, 'id'>, said: string, change: Record<string, string> = {}): Promise<Response> {
  const text = await page(client, `/rounds/r/cards/${card.id}`);
  const fields = { decision: valueOf(text, 'decision'), purpose: valueOf(text, 'purpose'), token: valueOf(text, 'token') };
  return client.send(`/rounds/r/cards/${card.id}`, { note: '', ...fields, answer: said, ...change });
} // prettier-ignore
const reviews = async () =>
  (await test.store.listReviews('r')).map(({ service, verdict, by }) => [service, verdict, by]);
const english = (client: Client): void => void client.cookies.set('rasad-lang', 'en');

describe('a card', () => {
  it('asks its question, quotes what was found, and says what is proposed and why one is asked', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    const text = await page(sara, `/rounds/r/cards/${card.id}`);
    expect(text).toContain(QUESTIONS[LIGHT].question.fa);
    expect(text).toContain(QUOTE);
    expect(text).toContain(NAMES.fa);
    const isBlind = text.includes('داوری ماشین در این کارت پنهان است');
    expect(text.includes('هزینه اعلام شده است.')).toBe(!isBlind);
    for (const key of ['1', '2', '3', '4', '5', 'F', 'N', 'L']) expect(text).toContain(`data-key="${key}"`);
  });

  it('shows its page in a frame of its own origin, and what was searched for a fail', async () => {
    const sara = await test.as('evaluator');
    const shown = await page(sara, `/rounds/r/cards/${single().id}`);
    expect(shown).toMatch(/<iframe src="\/rounds\/r\/stored\?[^"]*n=0#e1" [^>]*sandbox/);
    const searched = await page(sara, `/rounds/r/cards/${double().id}`);
    expect(searched).toMatch(/<iframe src="\/rounds\/r\/stored\?[^"]*n=s0"/);
  });

  it('is settled by one reader where one is enough: scores follow, and the next page says so', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    english(sara);
    const card = single();
    const before = board.queue.score('one').total;
    const response = await answer(sara, card, 'fail');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/rounds/r/cards/next']);
    board = await bring();
    expect(await reviews()).toEqual(card.findings.map(({ service }) => [service, 'fail', 'sara']));
    const after = board.queue.score('one').total;
    expect(after.high).toBeLessThan(before.high);
    const next = await page(sara, '/rounds/r/cards/next');
    expect(next).toContain(`Kept; ${card.findings.length} verdict`);
    expect(next).toContain('Scores follow: Agency One:');
  });

  it('that needs two readers counts when both say the same, and not before', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    english(sara);
    const card = double();
    await answer(sara, card, 'partial');
    expect(await reviews()).toEqual([]);
    expect(await page(sara, '/rounds/r/cards/next')).toContain('It counts when another reader says the same');
    expect((await sara.get(`/rounds/r/cards/${card.id}`)).status).toBe(303); // it is not hers any more
    expect(await page(omid, `/rounds/r/cards/${card.id}`)).toContain('داوری ماشین در این کارت پنهان است');
    await answer(omid, card, 'partial');
    expect(await reviews()).toEqual([['a', 'partial', 'omid']]);
  });

  it('whose answer comes while the round is published is told that nothing was changed, and what to do', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    await startPreview(test.store, await roundOf(test.store, 'r'), { by: 'test', note: '', at: at(50) });
    const decide = test.deskStore.decide.bind(test.deskStore);
    test.deskStore.decide = async (...decided) => {
      await publishRound(test.store, await roundOf(test.store, 'r'), { by: 'test', note: '', at: at(60) }, INDICATORS);
      return decide(...decided);
    };
    const response = await answer(sara, single(), 'fail');
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('rasad round revise r');
    expect(await reviews()).toEqual([]);
  });

  it('on which readers differ goes to a senior who has not read it and writes down why', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    const mina = await test.as('senior', { id: 'mina' });
    const card = double();
    await answer(sara, card, 'pass');
    await answer(omid, card, 'fail');
    board = await bring();
    expect(board.queue.card(card.id)).toMatchObject({ state: 'disputed' });
    expect(await reviews()).toEqual([]);
    await answer(mina, card, 'partial');
    expect(await reviews()).toEqual([]); // without a reason nothing is settled
    await answer(mina, card, 'partial', { note: 'It can be tracked by telephone only.' });
    expect(await reviews()).toEqual([['a', 'partial', 'mina']]);
    expect((await test.store.listReviews('r'))[0]).toMatchObject({ note: 'It can be tracked by telephone only.', basis: 'review' }); // prettier-ignore
  });

  it('of which one cannot tell goes to a senior as well', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    await answer(sara, card, 'unclear');
    board = await bring();
    expect(board.queue.card(card.id)).toMatchObject({ state: 'disputed', readers: ['sara'] });
  });

  it('is kept once when its form comes twice, also long after', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    const text = await page(sara, `/rounds/r/cards/${card.id}`);
    const form = { token: valueOf(text, 'token'), decision: valueOf(text, 'decision'), purpose: 'reading', note: '', answer: 'pass' }; // prettier-ignore
    const sent = await Promise.all([1, 2, 3].map(() => sara.send(`/rounds/r/cards/${card.id}`, form)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
    test.wait(3_600_000);
    await sara.send(`/rounds/r/cards/${card.id}`, form);
    expect(await test.deskStore.listRatings('r', -1)).toHaveLength(card.findings.length);
    expect(await reviews()).toHaveLength(card.findings.length);
  });

  it('is not given to others while somebody has it before them, and is after a while', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    const idOf = (text: string): string => /action="\/rounds\/r\/cards\/([^"?]+)"/.exec(text)?.[1] ?? '';
    const first = idOf(await page(sara, '/rounds/r/cards/next'));
    expect(idOf(await page(sara, '/rounds/r/cards/next'))).toBe(first);
    expect(idOf(await page(omid, '/rounds/r/cards/next'))).not.toBe(first);
    test.wait(10 * 60_000);
    expect(idOf(await page(omid, '/rounds/r/cards/next'))).toBe(first);
  });

  it('that one will read blind tells nothing on the page of its organization either', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    for (const client of [sara, omid]) english(client);
    await answer(sara, double(), 'pass'); // whoever is the second reader reads blind
    const rowIn = async (client: Client): Promise<string> =>
      /<tr id="[^"]*"(?:(?!<\/tr>).)*tracked with a case number.*?<\/tr>/s.exec(await page(client, '/rounds/r/organizations/one'))?.[0] ?? ''; // prettier-ignore
    expect(await rowIn(omid)).toContain('hidden until you answer');
    expect(await rowIn(omid)).not.toContain('v-fail');
    expect(await rowIn(sara)).toContain('v-fail');
  });

  it('can be left for later', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const idOf = (text: string): string => /action="\/rounds\/r\/cards\/([^"?]+)"/.exec(text)?.[1] ?? '';
    const first = idOf(await page(sara, '/rounds/r/cards/next'));
    expect(idOf(await page(sara, `/rounds/r/cards/next?skip=${first}`))).not.toBe(first);
  });

  it('is never shown, nor answered, by one with a tie to its organization', async () => {
    const tied = await test.as('evaluator', { id: 'tied', ties: ['one'] });
    const card = single();
    expect((await tied.get(`/rounds/r/cards/${card.id}`)).status).toBe(303);
    const crafted = { decision: 'crafted-decision', purpose: 'reading', answer: 'pass' };
    await tied.post(`/rounds/r/cards/${card.id}`, crafted);
    expect(await test.deskStore.listRatings('r', -1)).toEqual([]);
  });

  it('whose answer is known looks like any other, and is taken back like any other', async () => {
    const card = double();
    for (const id of ['sara', 'omid']) await answer(await test.as('evaluator', { id }), card, 'fail');
    board = await bring();
    const isAsked = (id: string): boolean => board.queue.next({ id, role: 'evaluator', ties: [] }, {}, new Set())?.purpose === 'known'; // prettier-ignore
    const id = Array.from({ length: 1000 }, (_, n) => `reader-${n}`).find(isAsked)!;
    const reader = await test.as('evaluator', { id });
    const text = await page(reader, '/rounds/r/cards/next');
    expect(text).toContain(`action="/rounds/r/cards/${card.id}"`);
    expect(text).not.toContain('known');
    await answer(reader, card, 'pass');
    const said = async () => (await test.deskStore.listRatings('r', -1)).at(-1)!.value;
    expect(await said()).toMatchObject({ by: id, purpose: 'known', answer: 'pass', blind: true });
    expect((await reader.post('/rounds/r/undo')).headers.get('location')).toBe('/rounds/r/cards/next');
    expect(await said()).toMatchObject({ by: id, purpose: 'known', answer: null });
    expect(await reviews()).toEqual([['a', 'fail', 'omid']]);
  });

  it('measures the seconds from its being shown to the answer', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    const text = await page(sara, `/rounds/r/cards/${card.id}`);
    test.wait(8_400);
    await sara.send(`/rounds/r/cards/${card.id}`, { token: valueOf(text, 'token'), decision: valueOf(text, 'decision'), purpose: valueOf(text, 'purpose'), answer: 'pass' }); // prettier-ignore
    expect((await test.deskStore.listRatings('r', -1)).map(({ value }) => value.seconds)).toEqual(
      card.findings.map(() => 8),
    );
  });
});

describe('undoing', () => {
  it('is a new decision that takes the last one back, then the one before', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const [first, second] = cards().filter(({ readersNeeded, organizations }) => readersNeeded === 1 && organizations.includes('one')) as [Card, Card]; // prettier-ignore
    await answer(sara, first, 'pass');
    await answer(sara, second, 'fail');
    const kept = (await test.deskStore.listRatings('r', -1)).length;
    const undone = await sara.post('/rounds/r/undo');
    expect(undone.headers.get('location')).toBe(`/rounds/r/cards/${second.id}`);
    board = await bring();
    expect(board.queue.card(second.id)).toMatchObject({ state: 'open' });
    expect((await test.deskStore.listRatings('r', -1)).length).toBe(kept + second.findings.length);
    expect((await test.store.listReviews('r')).at(-1)).toMatchObject({ verdict: null });
    await sara.post('/rounds/r/undo');
    board = await bring();
    expect(board.queue.card(first.id)).toMatchObject({ state: 'open' });
    const nothing = await sara.post('/rounds/r/undo');
    expect(nothing.headers.get('location')).toBe('/rounds/r/cards/next');
  });

  it('takes back one answer when its form comes twice', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const [first, second] = cards().filter(({ readersNeeded }) => readersNeeded === 1) as [Card, Card];
    await answer(sara, first, 'pass');
    await answer(sara, second, 'fail');
    const form = /<form id="undo".*?<\/form>/s.exec(await page(sara, '/rounds/r/cards/next'))![0];
    const fields = Object.fromEntries([...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!])); // prettier-ignore
    for (const sent of await Promise.all([1, 2].map(() => sara.send('/rounds/r/undo', fields)))) expect(sent.status).toBe(303); // prettier-ignore
    expect((await sara.send('/rounds/r/undo', fields)).status).toBe(303);
    board = await bring();
    expect(board.queue.card(second.id)).toMatchObject({ state: 'open' });
    expect(board.queue.card(first.id)).toMatchObject({ state: 'settled' });
  });

  it('leaves what the command line decided since, and takes back the rest of the card', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const round = await roundOf(test.store, 'r');
    const changed = findings.map((one) => ({ ...one, evidence: one.evidence.map((own) => ({ ...own, url: 'https://one.example/' })) })); // prettier-ignore
    await test.store.saveFindings('round-r', 'one', changed.filter(({ organization }) => organization === 'one'), 'digest of the rules'); // prettier-ignore
    board = await bring();
    const card = cards().find(({ findings: own }) => own.length > 1)!;
    for (const { id } of [{ id: 'sara' }, { id: 'omid' }].slice(0, card.readersNeeded)) {
      const reader = id === 'sara' ? sara : await test.as('evaluator', { id });
      await answer(reader, card, 'pass');
    }
    const [key, ...others] = card.findings;
    await reviewFinding(test.store, round, { ...key!, verdict: 'fail', basis: 'review', by: 'cli', at: at(70), note: '', attachments: [] }); // prettier-ignore
    await sara.post('/rounds/r/undo');
    board = await bring();
    expect(board.reviewOf(key!)).toMatchObject({ verdict: 'fail', by: 'cli' });
    for (const other of others) expect(board.reviewOf(other)).toMatchObject({ verdict: null });
  });

  it('leaves what was decided on other evidence since, and takes back the answer before', async () => {
    const [sara, mina] = [await test.as('evaluator', { id: 'sara' }), await test.as('senior', { id: 'mina' })];
    const omid = await test.as('evaluator', { id: 'omid' });
    const light = single();
    const heavy = double();
    const [key] = heavy.findings;
    await answer(sara, light, 'pass');
    await answer(omid, heavy, 'pass');
    await answer(sara, heavy, 'fail');
    await answer(mina, heavy, 'pass', { note: 'It is there.' });
    const changed = findings.map((one) => (one.rule === HEAVY ? { ...one, outcome: 'other' } : one));
    await test.store.saveFindings('round-r', 'one', changed.filter(({ organization }) => organization === 'one'), 'digest of the rules'); // prettier-ignore
    for (const id of ['reza', 'kamran']) {
      board = await bring();
      await answer(await test.as('evaluator', { id }), { id: board.queue.cardOf(key!)! }, 'fail');
    }
    const undone = await sara.post('/rounds/r/undo');
    expect(undone.headers.get('location')).toBe(`/rounds/r/cards/${light.id}`);
    expect(await (await bring()).settled(key!)).toMatchObject({ verdict: 'fail', decided: { by: 'kamran' } });
  });

  it('takes back nothing of others', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    await answer(sara, single(), 'pass');
    await omid.post('/rounds/r/undo');
    expect((await test.store.listReviews('r')).every(({ verdict }) => verdict === 'pass')).toBe(true);
  });
});

describe('beside others', () => {
  it('sees what another desk on the same database decides, and loses nothing when both do at once', async () => {
    const other = openSqliteDeskStore(test.file);
    const desk = openDesk({ ...test.tools, desk: other }, { origins: [ORIGIN], clientOf: () => '', calendar: 'jalali', passwordCost: 4, onFault: (error) => { throw error; } }); // prettier-ignore
    for (const id of ['sara', 'omid']) await test.as('evaluator', { id });
    const card = single();
    const [mine, theirs] = [await bring(), (await desk.board.round('r'))!];
    const by = async (id: string) => (await test.deskStore.getPerson(id))!;
    const deciding = (person: string, answer: 'pass' | 'fail') => async (on: RoundBoard) =>
      on.decide({ person: await by(person), card: card.id, answer, purpose: 'reading', note: '', decision: `d-${person}-00` }); // prettier-ignore
    const results = await Promise.all([deciding('sara', 'pass')(mine), deciding('omid', 'fail')(theirs)]);
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done']);
    // both are kept: the second made it a difference, which a senior settles
    expect(await test.deskStore.listRatings('r', -1)).toHaveLength(2 * card.findings.length);
    for (const seen of [await bring(), (await desk.board.round('r'))!])
      expect(seen.queue.card(card.id)).toMatchObject({ state: 'disputed', readers: expect.arrayContaining(['sara', 'omid']) }); // prettier-ignore
    await desk.close();
    await other.close();
  });

  it('reads each rating once, however many requests read on at once', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const other = openSqliteDeskStore(test.file);
    const list = other.listRatings.bind(other);
    other.listRatings = async (...asked) => {
      const found = await list(...asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return found;
    };
    const desk = openDesk({ ...test.tools, desk: other }, { origins: [ORIGIN], clientOf: () => '', calendar: 'jalali', passwordCost: 4, onFault: (error) => { throw error; } }); // prettier-ignore
    const theirs = (await desk.board.round('r'))!;
    const [first, second] = cards().filter(({ readersNeeded }) => readersNeeded === 1) as [Card, Card];
    await answer(sara, first, 'pass');
    const omid = { id: 'omid', role: 'evaluator', ties: [] } as unknown as Person;
    await Promise.all([
      desk.board.round('r'),
      theirs.decide({
        person: omid,
        card: second.id,
        answer: 'pass',
        purpose: 'reading',
        note: '',
        decision: 'd-omid-00',
      }),
    ]);
    expect(theirs.ratings()).toHaveLength(first.findings.length + second.findings.length);
    await desk.close();
    await other.close();
  });

  it('takes a decision of the command line as one', async () => {
    const card = single();
    const [key] = card.findings;
    await reviewFinding(test.store, await roundOf(test.store, 'r'), { ...key!, verdict: 'fail', basis: 'review', by: 'cli', at: at(70), note: '', attachments: [] }); // prettier-ignore
    board = await bring();
    expect(board.reviewOf(key!)).toMatchObject({ verdict: 'fail', by: 'cli' });
    expect(board.queue.card(card.id)).toMatchObject({ state: 'settled' });
  });

  it('gives a card back when what was seen is not there any more', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    await answer(sara, card, 'pass');
    const changed = findings.filter(({ organization }) => organization === 'one').map((one) => (one.rule === LIGHT ? { ...one, evidence: one.evidence.map((own) => ({ ...own, quote: 'رایگان' })) } : one)); // prettier-ignore
    await test.store.saveFindings('round-r', 'one', changed, 'digest of the rules');
    board = await bring();
    expect(board.queue.card(card.id)).toBeNull();
    const returned = board.queue.card(board.queue.cardOf(card.findings[0]!)!)!;
    expect(returned).toMatchObject({ state: 'open', readers: [] });
    expect((await board.settled(card.findings[0]!))!.decided ?? null).toBeNull();
    const text = await page(sara, `/rounds/r/cards/${returned.id}`);
    const isBlind = text.includes('داوری ماشین در این کارت پنهان است');
    for (const shown of ['این کارت برگشته است', QUOTE]) expect(text.includes(shown)).toBe(!isBlind);
    expect(text).toContain('رایگان');
    const [reader] = [sara, await test.as('evaluator', { id: 'omid' })].slice(-returned.readersNeeded);
    if (returned.readersNeeded === 2) await answer(sara, returned, 'pass');
    english(reader!);
    await answer(reader!, returned, 'pass');
    expect(await page(reader!, '/rounds/r/cards/next')).toContain(`Kept; ${returned.findings.length} verdict`);
  });
});

describe('the queue', () => {
  it('lists open cards with what they are about, and by filters', async () => {
    const sara = await test.as('evaluator');
    const all = await page(sara, '/rounds/r/queue');
    expect(all.match(/href="\/rounds\/r\/cards\/[^n"][^"]*"/g)).toHaveLength(cards().length);
    const some = await page(sara, '/rounds/r/queue?stage=transaction');
    expect(some.match(/href="\/rounds\/r\/cards\/[^n"][^"]*"/g)).toHaveLength(1);
    expect(await page(sara, '/rounds/r/queue?rule=none/such')).toContain('با این گزینش کارتی باز نیست');
  });

  it('does not tell what the machine says of a card that would be shown without it', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    const watching = await test.as('reader');
    const row = async (client: Client, card: Card): Promise<string> =>
      (await page(client, '/rounds/r/queue')).split('<tr>').find((one) => one.includes(`/cards/${card.id}"`))!;
    const proposal = /class="v [^"]*"|verdict/;
    const card = double();
    await answer(sara, card, 'fail');
    for (const client of [sara, watching]) expect(await row(client, card)).toMatch(proposal);
    expect(await row(omid, card)).not.toMatch(proposal);
    const all = cards();
    for (const one of all.filter(({ id }) => id !== card.id)) {
      const isBlind = board.queue.serve(one.id, { id: 'omid', role: 'evaluator', ties: [] })!.blind;
      expect([one.id, proposal.test(await row(omid, one))]).toEqual([one.id, !isBlind]);
    }
  });

  it('takes no answers before the review and after publication', async () => {
    const early = await openTestDesk({ round: { registry, findings, state: 'open', edition: r5 }, tools: { indicators: INDICATORS } }); // prettier-ignore
    const sara = await early.as('evaluator');
    expect((await sara.get('/rounds/r/cards/next')).headers.get('location')).toBe('/rounds/r/queue');
    const response = await sara.post('/rounds/r/cards/any', { decision: 'some-decision', purpose: 'reading', answer: 'pass' }); // prettier-ignore
    expect(response.status).toBe(409);
    await early.close();
  });
});

describe('the pages of a round', () => {
  it('read nothing of what was found once its cards are there, and not even these while it is looked at', async () => {
    const operator = await test.as('operator');
    const read: string[] = [];
    const watch = (of: TestDesk): void => {
      for (const name of ['listFindings', 'listSnapshots'] as const) {
        const list = of.store[name].bind(of.store) as (...asked: unknown[]) => never;
        of.store[name] = (...asked: unknown[]) => (read.push(name), list(...asked));
      }
    };
    watch(test);
    for (const path of ['/', '/rounds/r', '/rounds/r/queue']) expect((await operator.get(path)).status).toBe(200);
    const early = await openTestDesk({ round: { registry, findings, state: 'open', edition: r5 }, tools: { indicators: INDICATORS } }); // prettier-ignore
    watch(early);
    expect(await page(await early.as('operator'), '/')).toContain('این دور هنوز در حال گردآوری است');
    expect(read).toEqual([]);
    await early.close();
  });

  it('say of a published one that it is, and not that it is still looked at', async () => {
    const shown = await openTestDesk({ round: { registry, findings, state: 'preview', edition: r5 }, tools: { indicators: INDICATORS } }); // prettier-ignore
    await publishRound(shown.store, await roundOf(shown.store, 'r'), { by: 'test', note: '', at: at(50) }, INDICATORS);
    const text = await page(await shown.as('operator'), '/');
    expect(text).toMatch(/aria-current="step">منتشر/);
    expect(text).not.toContain('این دور هنوز در حال گردآوری است');
    await shown.close();
  });
});

describe('a revision', () => {
  const doer = { by: 'test', note: 'It was wrong.' };
  /** Publishes the round, corrects it, and so on. */
  const revised = async (times: number): Promise<void> => {
    let round = await roundOf(test.store, 'r');
    for (let time = 0; time < times; time++) {
      await startPreview(test.store, round, { ...doer, at: at(50 + time) });
      await publishRound(test.store, await roundOf(test.store, round.id), { ...doer, at: at(50 + time) }, INDICATORS);
      round = await openRevision(test.store, await roundOf(test.store, round.id), { ...doer, at: at(50 + time) }, { rulesDigest: 'd', judge: async () => [] }); // prettier-ignore
      await test.store.saveFindings(round.auditId, 'one', findings.filter(({ organization }) => organization === 'one'), 'd'); // prettier-ignore
    }
  };

  it('has what was decided in its round, and does not call a round that it corrects the one before', async () => {
    const card = single();
    await answer(await test.as('evaluator', { id: 'sara' }), card, 'fail');
    await revised(2);
    const [key] = card.findings;
    const last = (await test.desk.board.round('r.3'))!;
    expect(await last.settled(key!)).toMatchObject({ verdict: 'fail', decided: { by: 'sara' } });
    expect(last.queue.card(last.queue.cardOf(key!)!)).toMatchObject({ state: 'settled' });
    for (const id of ['r.2', 'r.3']) expect(await (await test.desk.board.round(id))!.before(key!)).toBeNull();
  });

  it('and rounds that nobody looks at any more are not kept in memory', async () => {
    await revised(3);
    const board = test.desk.board;
    const first = await board.round('r');
    for (const id of ['r.2', 'r.3']) await board.round(id);
    expect(await board.round('r')).toBe(first);
    for (const id of ['r.2', 'r.3', 'r.4']) await board.round(id);
    expect(await board.round('r')).not.toBe(first);
  });
});

describe('decisions as a table', () => {
  it('have what the machine said beside the label, and nothing that a spreadsheet would run', async () => {
    const sara = await test.as('evaluator', { id: 'sara' });
    const card = single();
    await answer(sara, card, 'fail', { note: '=cmd|calc' });
    const response = await sara.get('/rounds/r/decisions.csv');
    const table = await response.text();
    expect(response.headers.get('content-disposition')).toContain('decisions-r.csv');
    expect(table).toContain("'=cmd|calc");
    expect(casesOfDecisions(table)).toEqual(card.findings.map(({ rule }) => ({ rule, label: 'fail', found: 'pass' })));
  });

  it('are refused when they are another table', () => {
    expect(() => casesOfDecisions('a,b\n1,2\n')).toThrow('Line 2 of the decisions');
  });
});

describe('agreement', () => {
  it('looks at a card once, however many findings it has', async () => {
    const changed = findings.map((one) => ({ ...one, evidence: one.evidence.map((own) => ({ ...own, url: 'https://one.example/' })) })); // prettier-ignore
    await test.store.saveFindings('round-r', 'one', changed.filter(({ organization }) => organization === 'one'), 'digest of the rules'); // prettier-ignore
    board = await bring();
    const card = cards().find(({ findings: own }) => own.length > 1)!;
    await answer(await test.as('evaluator'), card, 'pass');
    board = await bring();
    const looked: string[] = [];
    const queue = { ...board.queue, card: (id: string) => (looked.push(id), board.queue.card(id)) };
    expect(agreementIn({ queue, ratings: board.ratings }).overall.machine.pairs).toBe(1);
    expect(looked).toEqual([card.id]);
  });

  it('counts readers with each other and the machine with people', async () => {
    const [sara, omid] = [await test.as('evaluator', { id: 'sara' }), await test.as('evaluator', { id: 'omid' })];
    english(sara);
    expect(await page(sara, '/rounds/r/agreement')).toContain('There is nothing to measure yet');
    const card = double();
    await answer(sara, card, 'fail');
    await answer(omid, card, 'fail');
    const text = await page(sara, '/rounds/r/agreement');
    expect(text).toContain('Readers with each other');
    expect(text).toMatch(/Readers with each other<\/th><td class="n">1<\/td><td class="n">100%<\/td>/);
  });
});

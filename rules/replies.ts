/** What somebody said and what was answered, as pages publish it. */
import { countWords } from '../src/core/look.ts';
import type { Run } from '../src/core/page-view.ts';
import type { Seen, Site } from './define.ts';
import { says } from './lexicon/says.ts';
import { isPlaceholder } from './lexicon/values.ts';
import { isOwnLine } from './topics.ts';

/** Words from which on a voice or an answer says something. */
export const SAYS_SOMETHING = 3;
/** Words of an official reply: "was repaired" is one. */
const ANSWERS = 2;
/** Lines above a reply among which stands what it replies to. */
export const REACH = 6;
/** A longer line without a colon is a sentence about replies, and opens none. */
const LABEL_WORDS = 4;

export interface Exchange {
  /** Lines of the page. */
  readonly voice: number;
  readonly reply: number;
}

/**
 * Replies with what they reply to above them. `isBare` says of a line that names nobody ("Reply: …") whether it stands
 * where comments are; elsewhere such a line answers a question of the page's own.
 */
export function exchangesIn(site: Site, seen: Seen, isBare: (index: number) => boolean = () => false): Exchange[] {
  const { runs, hits } = seen.page;
  const official = new Set(
    (hits.get('reply') ?? [])
      .filter(({ source, strength, start }) => source === 'run' && strength !== 'weak' && start <= 4)
      .map(({ index }) => index),
  );
  const out: Exchange[] = [];
  let last = -1;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index]!;
    if (!(official.has(index) || isBare(index)) || !isOwnLine(site, run) || !opensReply(run)) continue;
    const own = run.folded.includes(':') ? run.folded.slice(run.folded.indexOf(':') + 1).trim() : '';
    const answer = countWords(own) >= ANSWERS ? own : (runs[index + 1]?.folded ?? '');
    if (isPlaceholder(own === '' ? answer : own) || countWords(answer) < ANSWERS) continue;
    for (let voice = index - 1; voice > Math.max(last, index - REACH - 1); voice--) {
      if (!isVoice(site, runs[voice]!) && !isTitledVoice(site, runs[voice]!)) continue;
      out.push({ voice, reply: index });
      last = index;
      break;
    }
  }
  if (out.length > 0) return out;
  const pairs = pairsIn(site, seen);
  return pairs.length > 0 ? pairs : rowsIn(seen);
}

/** A voice and its answer in one line: "You said: … We did: …". */
function pairsIn(site: Site, { page: { runs, hits } }: Seen): Exchange[] {
  const out = new Map<number, Exchange>();
  for (const { source, strength, index, start } of hits.get('reply') ?? []) {
    const run = source === 'run' && strength !== 'weak' ? runs[index]! : null;
    if (!run || !isOwnLine(site, run) || run.link >= 0) continue;
    const voice = run.folded.slice(0, start);
    const reply = run.folded.slice(start);
    if (says(voice, 'citizen-said') && countWords(voice) > SAYS_SOMETHING && countWords(reply) > SAYS_SOMETHING)
      out.set(index, { voice: index, reply: index });
  }
  return [...out.values()];
}

/** A table whose columns are headed "you said" and "we did". */
function rowsIn({ page: { runs } }: Seen): Exchange[] {
  const out: Exchange[] = [];
  for (const head of runs) {
    if (head.row < 0 || head.cell < 0 || !says(head.folded, 'citizen-said')) continue;
    const reply = runs.find((run) => run.row === head.row && run.cell !== head.cell && says(run.folded, 'reply'));
    if (!reply) continue;
    for (let index = runs.indexOf(head) + 1; index < runs.length && runs[index]!.row >= 0; index++) {
      const voice = runs[index]!;
      if (voice.row === head.row || voice.cell !== head.cell || countWords(voice.folded) < SAYS_SOMETHING) continue;
      const answer = runs.findIndex((run) => run.row === voice.row && run.cell === reply.cell);
      if (answer >= 0 && countWords(runs[answer]!.folded) >= ANSWERS) out.push({ voice: index, reply: answer });
    }
    break;
  }
  return out;
}

/** A label, not the title of a page about replies, nor one of a report on complaints. */
function opensReply(run: Run): boolean {
  if ((run.heading > 0 && run.heading <= 2) || run.link >= 0 || says(run.folded, 'complaint')) return false;
  return run.heading > 0 || run.bold || /^[^.!?]{0,60}:/.test(run.folded) || countWords(run.folded) <= LABEL_WORDS;
}

/** A day by itself is nothing that somebody said. */
const DAY = /\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2} \p{L}+ \d{4}/gu;

/** What was said as the title of its answer: "You said: …". */
const isTitledVoice = (site: Site, run: Run): boolean =>
  run.heading > 1 &&
  isOwnLine(site, run) &&
  says(run.folded, 'citizen-said') &&
  countWords(run.folded) > SAYS_SOMETHING;

/** Prose of somebody, not a heading, a link, or an advertisement dropped there. */
export function isVoice(site: Site, run: Run): boolean {
  return (
    isOwnLine(site, run) &&
    run.heading === 0 &&
    run.link < 0 &&
    !/https?:|www\./.test(run.folded) &&
    countWords(run.folded.replace(DAY, ' ').trim()) >= SAYS_SOMETHING &&
    !isPlaceholder(run.folded.slice(run.folded.indexOf(':') + 1))
  );
}

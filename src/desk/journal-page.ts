/** The journal of the desk: who did what and from where, the newest first. */
import type { DeskStore, Placed } from '../../storage/desk-store.ts';
import { ROLES, type JournalEntry, type Role } from '../core/person.ts';
import { bdi, code, momentOf } from '../report/layout.ts';
import { markup, type Markup } from '../report/markup.ts';
import { deskPage, field, type Visit } from './frame.ts';
import { EVENT_NAMES, ROLE_TITLES } from './words.ts';

/** Empty texts: all. */
export interface JournalFilter {
  /** Who did it, or to whom it was done. */
  readonly person: string;
  readonly what: string;
}

/** Entries on one page. */
const PAGE_LENGTH = 100;
/** Entries that are read at once, and at most for one page: a filter that fits nothing must not read years. */
const BATCH = 500;
const MOST_READ = 20_000;

interface Read {
  readonly entries: readonly JournalEntry[];
  /** The place before which one reads on; null: the journal begins here. */
  readonly next: number | null;
}

export async function readJournal(
  desk: Pick<DeskStore, 'listJournal'>,
  { person, what }: JournalFilter,
  from: number | null,
): Promise<Read> {
  const entries: JournalEntry[] = [];
  let next = from;
  for (let read = 0; read < MOST_READ;) {
    const batch: readonly Placed<JournalEntry>[] = await desk.listJournal(BATCH, next);
    for (const { position, value } of batch) {
      const fits =
        (person === '' || value.by === person || value.target === person) && (what === '' || value.what === what);
      if (fits && entries.length === PAGE_LENGTH) return { entries, next };
      if (fits) entries.push(value);
      next = position;
    }
    if (batch.length < BATCH) return { entries, next: null };
    read += batch.length;
  }
  return { entries, next };
}

export function journalPage(
  visit: Visit,
  { filter, isNewest, entries, next }: { readonly filter: JournalFilter; readonly isNewest: boolean } & Read,
): string {
  const { voice } = visit;
  const { say } = voice;
  const title = say('رویدادها', 'Journal');
  const isFiltered = filter.person !== '' || filter.what !== '';
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  const older = new URLSearchParams([...query, ['before', String(next)]]);
  const kinds = { ...EVENT_NAMES, ...(filter.what !== '' && !Object.hasOwn(EVENT_NAMES, filter.what) && { [filter.what]: { fa: filter.what, en: filter.what } }) };
  return deskPage(visit, {
    title,
    main: markup`<h1>${title}</h1>
<form method="get" action="/journal" class="fields">
${field('person', say('نام ورود', 'Person'), markup`<input id="person" name="person" value="${filter.person}" maxlength="80" dir="ltr" autocomplete="off" autocapitalize="none" spellcheck="false">`)}
${field('what', say('رویداد', 'Event'), markup`<select id="what" name="what"><option value="">${say('همه', 'all')}</option>${Object.entries(kinds).map(([what, name]) => markup`<option value="${what}"${what === filter.what && markup` selected`}>${voice.text(name)}</option>`)}</select>`)}
<button>${say('نشان بده', 'Show')}</button></form>
${entries.length === 0 ? markup`<p class="empty">${isFiltered ? markup`${say('رویدادی با این گزینش نیست.', 'Nothing fits this choice.')} <a href="/journal">${say('همه رویدادها', 'All events')}</a>` : say('هنوز رویدادی نیست. هر ورود، تغییر و تصمیم اینجا می‌آید.', 'There is nothing yet. Every sign-in, change and decision will stand here.')}</p>` : entryTable(visit, entries)}
<p class="buttons">${!isNewest && markup`<a class="button" href="/journal${query.size > 0 && `?${query.toString()}`}">${say('تازه‌ترین', 'The newest')}</a>`}${next !== null && markup`<a class="button" href="/journal?${older.toString()}">${say('پیش از این', 'Older')}</a>`}</p>`,
    help: [
      say('در هر صفحه صد رویداد، از تازه به کهنه. رویدادها پاک یا عوض نمی‌شوند.', 'A hundred events a page, the newest first. They are never removed or changed.'),
      say('«نام ورود» آنچه را می‌یابد که آن شخص کرده یا درباره او شده است.', '“Person” finds what they did, and what was done about them.'),
      say('گذرواژه‌ها و نشانی‌های یک‌بارمصرف هرگز اینجا نمی‌آیند.', 'Passwords and addresses for one use never stand here.'),
    ],
  });
} // prettier-ignore

const isRole = (detail: string): detail is Role => ROLES.some((role) => role === detail);

function entryTable({ voice }: Visit, entries: readonly JournalEntry[]): Markup {
  const { say } = voice;
  const heads = { at: say('زمان', 'Time'), what: say('رویداد', 'Event'), by: say('چه کسی', 'Who'), target: say('درباره', 'About'), detail: say('شرح', 'Detail'), from: say('از', 'From') };
  const row = ({ at, by, what, target, detail, from }: JournalEntry): Markup => {
    const name = Object.hasOwn(EVENT_NAMES, what) ? EVENT_NAMES[what] : undefined;
    return markup`<tr><td data-label="${heads.at}">${momentOf(voice, at)}</td><td data-label="${heads.what}">${name ? voice.text(name) : code(what)}</td><td data-label="${heads.by}">${by === null ? say('بی‌ورود', 'not signed in') : bdi(by)}</td><td data-label="${heads.target}">${bdi(target)}</td><td data-label="${heads.detail}">${isRole(detail) ? voice.text(ROLE_TITLES[detail]) : detail !== '' && bdi(detail)}</td><td data-label="${heads.from}">${from === 'command line' ? say('خط فرمان', 'command line') : code(from)}</td></tr>`;
  };
  return markup`<div class="scroll"><table class="cards pairs"><thead><tr>${Object.values(heads).map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${entries.map(row)}</tbody></table></div>`;
} // prettier-ignore

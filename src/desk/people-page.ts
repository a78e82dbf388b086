/** What the operator sees of the people of the desk. */
import type { Text } from '../core/model.ts';
import { ROLES, type JournalEntry, type Person } from '../core/person.ts';
import { bdi, code, momentOf, named } from '../report/layout.ts';
import { markup, NONE, type Markup, type Part } from '../report/markup.ts';
import type { Voice } from '../report/voice.ts';
import type { Placed } from '../../storage/desk-store.ts';
import { deskPage, field, post, type Flash, type Visit } from './frame.ts';
import { ROLE_SENTENCES, ROLE_TITLES } from './words.ts';

/** What was typed about a person, as it was typed. */
export interface Typed {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly organization: string;
  /** Ids, separated by spaces or commas. */
  readonly ties: string;
}

export interface WrongField {
  readonly field: keyof Typed;
  readonly text: Text;
}

/** The organizations of the newest round. */
export interface Known {
  readonly hasRound: boolean;
  readonly names: ReadonlyMap<string, Text>;
}

const EMPTY: Typed = { id: '', name: '', role: 'evaluator', organization: '', ties: '' };

interface Editing {
  readonly known: Known;
  /** null: nothing was sent yet. */
  readonly typed: Typed | null;
  readonly wrong: WrongField | null;
  readonly flash: Flash;
}

export function peoplePage(
  visit: Visit,
  view: Editing & {
    readonly people: readonly Person[];
    /** Its newest entries, in which the last sign-ins are found. */
    readonly journal: readonly Placed<JournalEntry>[];
  },
): string {
  const { voice, token } = visit;
  const { say } = voice;
  const { people, typed } = view;
  const title = say('افراد', 'People');
  return deskPage(visit, {
    title,
    flash: flashOf(visit, view),
    main: markup`<h1>${title}</h1>
${people.length === 1 && markup`<p class="empty">${say('جز شما کسی نیست. در یک دور دست‌کم دو ارزیاب لازم است، و یک ارزیاب ارشد که اختلافشان را روشن کند؛ آنان را در فرم زیر بیفزایید.', 'There is nobody but you. A round needs at least two evaluators, and a senior who settles what they differ on; add them in the form below.')}</p>`}
${peopleTable(visit, view)}
<section aria-labelledby="add"><h2 id="add">${say('افزودن یک نفر', 'Add a person')}</h2>
${post('/people', token, markup`${field('id', say('نام ورود', 'Name to sign in with'), control(voice, view, 'id', { dir: 'ltr', value: typed?.id ?? '', most: 40, more: markup` required autocapitalize="none" spellcheck="false"` }), say('حروف کوچک لاتین، رقم، نقطه و خط تیره؛ بعداً عوض نمی‌شود.', 'Lower-case Latin letters, digits, dots and hyphens. It cannot be changed later.'))}
${fields(visit, view, typed ?? EMPTY)}
<p class="buttons"><button class="main">${say('بیفزا و نشانی‌اش را نشان بده', 'Add, and show the address')}</button></p>`, 'step')}</section>`,
    help: [
      say('پس از افزودن، نشانی یک‌بارمصرفی نشان داده می‌شود. آن را از راهی امن به همان شخص برسانید؛ با آن گذرواژه می‌گذارد.', 'After adding, an address for one use is shown. Bring it to that person on a safe way; it is where the password is set.'),
      say('کسی حذف نمی‌شود، چون نامش کنار رأی‌هایش می‌ماند؛ حسابش بسته می‌شود.', 'Nobody is removed, since their name stands beside their answers; an account is closed instead.'),
      markup`${say('از خط فرمان هم می‌توان:', 'It can be done from the command line too:')} ${code('rasad people')}`,
      ...ROLES.map((role) => `${voice.text(ROLE_TITLES[role])}: ${voice.text(ROLE_SENTENCES[role])}`),
    ],
  });
} // prettier-ignore

export function personPage(visit: Visit, view: Editing & { readonly person: Person }): string {
  const { voice, token } = visit;
  const { say } = voice;
  const { person, known } = view;
  const isSelf = person.id === visit.person?.id;
  const base = `/people/${person.id}`;
  const typed = view.typed ?? { id: person.id, name: person.name, role: person.role, organization: person.organization ?? '', ties: person.ties.join(' ') };
  const organizations = person.organization === null ? person.ties : [person.organization];
  return deskPage(visit, {
    title: person.name,
    flash: flashOf(visit, view),
    trail: [{ href: '/people', name: say('افراد', 'People') }],
    main: markup`<h1>${bdi(person.name)}</h1>
<p class="under">${code(person.id)} · ${voice.text(ROLE_TITLES[person.role])} · ${stateOf(visit, person)} · ${say('افزوده', 'added')} ${momentOf(voice, person.createdAt)} ${say('به دست', 'by')} ${bdi(person.createdBy)} · <a href="/journal?person=${person.id}">${say('رویدادهایش', 'their journal')}</a></p>
${organizations.length > 0 && markup`<p>${person.role === 'organization' ? say('دستگاه:', 'Organization:') : say('نسبت با:', 'Ties to:')} ${organizationList(visit, organizations, known)}</p>`}
<section aria-labelledby="change"><h2 id="change">${say('تغییر', 'Change')}</h2>
${post(base, token, markup`${fields(visit, view, typed)}<p class="buttons"><button class="main">${say('ثبت کن', 'Keep the changes')}</button></p>`, 'step')}</section>
<section aria-labelledby="address"><h2 id="address">${say('نشانی تازه', 'A new address')}</h2>
${person.isActive ? post(`${base}/address`, token, markup`<p>${say('برای کسی که هنوز گذرواژه ندارد، آن را فراموش کرده یا حسابش قفل است. نشانی پیشین از کار می‌افتد؛ گذرواژه کنونی تا به کار رفتن نشانی تازه برقرار است.', 'For somebody who has no password yet, forgot it, or is locked out. An earlier address ends; the present password holds until the new address is used.')}</p><p class="buttons"><button>${say('نشانی تازه بساز', 'Make a new address')}</button></p>`, 'step') : markup`<p class="empty">${say('حساب بسته است؛ پس از باز کردنش می‌توان نشانی ساخت.', 'The account is closed; an address can be made after it is opened.')}</p>`}</section>
<section aria-labelledby="state"><h2 id="state">${person.isActive ? say('بستن حساب', 'Close the account') : say('باز کردن حساب', 'Open the account')}</h2>
${isSelf ? markup`<p>${say('حساب خودتان را نمی‌توانید ببندید؛ راهبر دیگری باید آن را ببندد.', 'You cannot close your own account; another operator has to.')}</p>` : post(`${base}/state`, token, markup`<input type="hidden" name="active" value="${person.isActive ? 'no' : 'yes'}"><p>${person.isActive ? say('بی‌درنگ بیرون می‌رود و نشانی‌هایش از کار می‌افتد. رأی‌هایش می‌ماند.', 'They are out at once, and their addresses end. Their answers stay.') : say('با گذرواژه پیشین دوباره وارد می‌شود.', 'They sign in with their password as before.')}</p><p class="buttons"><button${person.isActive && markup` class="grave"`}>${person.isActive ? say('ببند', 'Close it') : say('باز کن', 'Open it')}</button></p>`, 'step')}</section>`,
    help: [
      say('نقش و نسبت‌ها از همان لحظه برقرار است، در نشست‌های باز هم.', 'Role and ties hold from that moment, in open sessions too.'),
      say('کارت‌های دستگاهی که با آن نسبت اعلام شده هرگز به این شخص داده نمی‌شود.', 'Cards of an organization to which a tie is declared are never given to this person.'),
      ...ROLES.map((role) => `${voice.text(ROLE_TITLES[role])}: ${voice.text(ROLE_SENTENCES[role])}`),
    ],
  });
} // prettier-ignore

/** The one page on which the address of a person stands. */
export function addressPage(
  visit: Visit,
  { person, isNew, address, expiresAt }: { readonly person: Person; readonly isNew: boolean; readonly address: string; readonly expiresAt: string },
): string {
  const { voice } = visit;
  const { say } = voice;
  const title = say('نشانی یک‌بارمصرف', 'An address for one use');
  return deskPage(visit, {
    title,
    trail: [{ href: '/people', name: say('افراد', 'People') }, { href: `/people/${person.id}`, name: person.name }],
    flash: isNew ? { text: markup`${bdi(person.name)} ${say('افزوده شد.', 'was added.')}`, isWrong: false } : null,
    main: markup`<h1>${title}</h1>
<p class="lead">${say('این نشانی را به', 'Give this address to')} ${bdi(person.name)}${say(' بدهید. با آن گذرواژه می‌گذارد و وارد می‌شود.', '. With it they set their password and sign in.')}</p>
${field('address', say('نشانی', 'Address'), markup`<textarea id="address" readonly rows="3" dir="ltr" spellcheck="false" aria-describedby="address-hint">${address}</textarea>`, say('تنها همین یک بار نشان داده می‌شود: پس از ترک این صفحه باید نشانی تازه ساخت.', 'It is shown this once: after you leave this page, only a new one can be made.'))}
<p>${say('اعتبار تا:', 'Valid until:')} ${momentOf(voice, expiresAt)}</p>
<p class="buttons"><a class="button" href="/people">${say('بازگشت به افراد', 'Back to the people')}</a></p>`,
    help: [
      say('هر که این نشانی را داشته باشد می‌تواند به جای آن شخص وارد شود. آن را از راهی بفرستید که دیگران نمی‌بینند.', 'Whoever has this address can come in as that person. Send it on a way that others do not see.'),
    ],
  });
} // prettier-ignore

function peopleTable(visit: Visit, { people, journal, known }: Parameters<typeof peoplePage>[1]): Markup {
  const { voice } = visit;
  const { say } = voice;
  const last = new Map(journal.toReversed().flatMap(({ value: { what, by, at } }) => ((what === 'sign-in' || what === 'password-set') && by !== null ? [[by, at] as const] : [])));
  const isWhole = journal.length === 0 || journal.at(-1)!.position === 0;
  const heads = { name: say('نام', 'Name'), id: say('نام ورود', 'Signs in as'), role: say('نقش', 'Role'), organizations: say('دستگاه یا نسبت‌ها', 'Organization or ties'), state: say('حساب', 'Account'), last: say('آخرین ورود', 'Last sign-in') };
  const row = (person: Person): Markup => {
    const organizations = person.organization === null ? person.ties : [person.organization];
    const at = last.get(person.id);
    return markup`<tr><th scope="row" class="name"><a href="/people/${person.id}">${bdi(person.name)}</a></th><td data-label="${heads.id}">${code(person.id)}</td><td data-label="${heads.role}">${voice.text(ROLE_TITLES[person.role])}</td><td data-label="${heads.organizations}">${organizations.length === 0 ? '–' : markup`${person.organization === null && markup`<span class="aside">${say('نسبت با', 'ties to')}</span> `}${organizationList(visit, organizations, known)}`}</td><td data-label="${heads.state}">${stateOf(visit, person)}</td><td data-label="${heads.last}">${at !== undefined ? momentOf(voice, at) : isWhole ? say('هنوز نه', 'not yet') : say('نه در این اواخر', 'not lately')}</td></tr>`;
  };
  return markup`<div class="scroll"><table class="cards pairs"><thead><tr>${Object.values(heads).map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${people.map(row)}</tbody></table></div>`;
} // prettier-ignore

const stateOf = ({ voice: { say } }: Visit, { isActive }: Person): Markup =>
  isActive ? markup`${say('باز', 'open')}` : markup`<span class="tag now">${say('بسته', 'closed')}</span>`;

/** A tie that is mistyped keeps nothing from anybody, so one that the newest round does not know is marked. */
function organizationList({ voice }: Visit, ids: readonly string[], { hasRound, names }: Known): Markup {
  const { say } = voice;
  return markup`${ids.map((id, at) => {
    const name = names.get(id);
    return markup`${at > 0 && say('، ', ', ')}${name ? named(voice, name, id) : code(id)}${!name && hasRound && markup` <span class="tag now">${say('در آخرین دور نیست', 'not in the newest round')}</span>`}`;
  })}`;
} // prettier-ignore

/** All but the id, which is never changed. */
function fields({ voice }: Visit, view: Editing, typed: Typed): Markup {
  const { say } = voice;
  const { known } = view;
  return markup`${field('name', say('نام، آن گونه که کنار رأی‌هایش خوانده می‌شود', 'Name, as it is read beside their answers'), control(voice, view, 'name', { dir: 'auto', value: typed.name, most: 80, more: markup` required` }))}
${field('role', say('نقش', 'Role'), markup`<select id="role" name="role"${marks(view, 'role', false)}>${ROLES.map((role) => markup`<option value="${role}"${role === typed.role && markup` selected`}>${voice.text(ROLE_TITLES[role])} – ${voice.text(ROLE_SENTENCES[role])}</option>`)}</select>${faultAt(voice, view, 'role')}`)}
${field('organization', say('شناسه دستگاه', 'Id of the organization'), control(voice, view, 'organization', { dir: 'ltr', value: typed.organization, most: 100, more: markup` list="organizations" autocapitalize="none" spellcheck="false"` }), say('تنها برای نماینده دستگاه؛ برای دیگران نادیده گرفته می‌شود.', 'Only for who speaks for an organization; it is left out for others.'))}
${field('ties', say('نسبت با دستگاه‌ها', 'Ties to organizations'), control(voice, view, 'ties', { dir: 'ltr', value: typed.ties, most: 2000, more: markup` list="organizations" autocapitalize="none" spellcheck="false"` }), say('شناسه‌ها، جدا با فاصله یا ویرگول: دستگاه‌هایی که این شخص در آن‌ها کار یا خویشاوندی یا قراردادی دارد.', 'Ids, separated by spaces or commas: organizations in which this person has work, family or a contract.'))}
<datalist id="organizations">${[...known.names].map(([id, name]) => markup`<option value="${id}">${voice.text(name)}</option>`)}</datalist>`;
} // prettier-ignore

function control(
  voice: Voice,
  view: Editing,
  id: keyof Typed,
  { dir, value, most, more }: { readonly dir: 'ltr' | 'auto'; readonly value: string; readonly most: number; readonly more: Part },
): Markup {
  return markup`<input id="${id}" name="${id}" value="${value}" maxlength="${most}" dir="${dir}" autocomplete="off"${more}${marks(view, id)}>${faultAt(voice, view, id)}`;
} // prettier-ignore

/** Joins a field with its hint, and says that it is wrong. */
function marks({ wrong }: Editing, id: keyof Typed, hasHint = id !== 'name'): Markup {
  const isWrong = wrong?.field === id;
  const by = [...(isWrong ? ['said'] : []), ...(hasHint ? [`${id}-hint`] : [])];
  return markup`${isWrong && markup` aria-invalid="true" autofocus`}${by.length > 0 ? markup` aria-describedby="${by.join(' ')}"` : NONE}`;
}

/** Stands at its field, since on a phone nobody sees what stands above the page. */
const faultAt = (voice: Voice, { wrong }: Editing, id: keyof Typed): Part =>
  wrong?.field === id && markup`<strong class="fault" id="said">${voice.text(wrong.text)}</strong>`;

const flashOf = ({ voice: { say } }: Visit, { flash, wrong }: Editing): Flash =>
  wrong
    ? {
        text: say('چیزی ثبت نشد؛ آنچه نشان شده را درست کنید.', 'Nothing was kept; mend what is marked.'),
        isWrong: true,
      }
    : flash;

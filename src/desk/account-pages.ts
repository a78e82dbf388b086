/** Coming in, setting a password, and one's own account. */
import type { Person } from '../core/person.ts';
import { bdi, code } from '../report/layout.ts';
import { markup, type Markup, type Part } from '../report/markup.ts';
import { plural, type Voice } from '../report/voice.ts';
import { PASSWORD_LENGTH, type ChangeResult, type SignedIn } from './accounts.ts';
import { deskPage, field, post, type Flash, type Visit } from './frame.ts';
import { ROLE_TITLES } from './words.ts';

/** Why a password was not taken. */
export type Wrong =
  | Exclude<ChangeResult, SignedIn>
  /** The two fields are not the same. */
  | { readonly kind: 'differ' };

/** Whether a new password was written twice alike in the fields of `newPassword`. */
export const differing = (form: Readonly<Record<string, string>>): Wrong | null =>
  form['password'] === form['again'] ? null : { kind: 'differ' };

export function signInPage(
  visit: Visit,
  { back, name = '', wrong }: { readonly back: string; readonly name?: string; readonly wrong: Wrong | null },
): string {
  const { voice } = visit;
  const { say } = voice;
  const title = say('ورود', 'Sign in');
  const refused = say('نام یا گذرواژه درست نیست، یا حساب بسته است. کوچک و بزرگ بودن حروف و زبان صفحه‌کلید را ببینید.', 'The name or the password is not right, or the account is closed. Look at capital letters and at the language of the keyboard.');
  return deskPage(visit, {
    title,
    flash: flashOf(voice, wrong, refused),
    main: markup`<div class="sign-in"><h1>${title}</h1>
<form method="post" action="/sign-in" class="step"><input type="hidden" name="back" value="${back}">
${field('name', say('نام ورود', 'Name'), markup`<input id="name" name="name" value="${name.slice(0, 80)}" required maxlength="80" dir="ltr" autocomplete="username" autocapitalize="none" spellcheck="false"${name === '' && markup` autofocus`}>`)}
${field('password', say('گذرواژه', 'Password'), markup`<input id="password" name="password" type="password" required maxlength="${PASSWORD_LENGTH.most}" dir="ltr" autocomplete="current-password"${name !== '' && markup` autofocus`}>`)}
<p class="buttons"><button class="main">${title}</button></p></form>
<h2>${say('حساب ندارید؟', 'No account yet?')}</h2>
<p>${say('راهبر در بخش «افراد» برایتان حساب می‌سازد و نشانی یک‌بارمصرفی می‌دهد که با آن گذرواژه می‌گذارید. اگر گذرواژه را فراموش کرده‌اید هم از او نشانی تازه بخواهید.', 'The operator makes one under “People” and gives you an address, good for one use, where you set your password. If you forgot your password, ask for a new address.')}</p>
<p>${say('راهبر هستید؟ نخستین نشانی را', 'Are you the operator? Your first address is printed by')} ${code('rasad desk')} ${say('هنگام آغاز در پایانه نشان می‌دهد؛ نشانی تازه و حساب‌های دیگر را', 'in the terminal when it starts; a new one, and other accounts, come from')} ${code('rasad people')}${say(' می‌سازد.', '.')}</p></div>`,
    help: [
      say('نام ورود با حروف لاتین است و بزرگ و کوچک آن فرقی ندارد؛ در گذرواژه فرق دارد.', 'Capital letters make no difference in the name; in the password they do.'),
      say('پس از پنج گذرواژه نادرست، آن نام تا یک ربع ساعت بسته می‌ماند. نشست پس از دوازده ساعت بی‌کاری پایان می‌یابد.', 'After five wrong passwords a name stays closed for a quarter of an hour. A session ends after twelve hours without use.'),
    ],
  });
} // prettier-ignore

/** Where a person who was given an address sets a password. */
export function enterPage(
  visit: Visit,
  { person, secret, wrong }: { readonly person: Person; readonly secret: string; readonly wrong: Wrong | null },
): string {
  const { voice } = visit;
  const { say } = voice;
  const title = say('گذرواژه بگذارید', 'Set your password');
  return deskPage(visit, {
    title,
    flash: flashOf(voice, wrong, ''),
    main: markup`<div class="sign-in"><h1>${title}</h1>
<p class="lead">${say('این نشانی برای', 'This address is for')} ${bdi(person.name)} (${voice.text(ROLE_TITLES[person.role])})${say(' است و تنها یک بار به کار می‌رود. پس از آن با این نام وارد می‌شوید:', ' and works once. After that you sign in with the name')} ${code(person.id)}</p>
<form method="post" action="/enter/${secret}" class="step">${usernameOf(person)}
${newPassword(voice)}
<p class="buttons"><button class="main">${say('بگذار و وارد شو', 'Set it and sign in')}</button></p></form></div>`,
    help: [
      say('گذرواژه هیچ‌جا به صورت خوانا نگه داشته نمی‌شود؛ اگر فراموش شود، راهبر نشانی تازه‌ای می‌سازد.', 'The password is nowhere kept in a readable form; if it is forgotten, the operator makes a new address.'),
    ],
  });
} // prettier-ignore

export function accountPage(
  visit: Visit,
  person: Person,
  { flash, wrong }: { readonly flash: Flash; readonly wrong: Wrong | null },
): string {
  const { voice, token } = visit;
  const { say } = voice;
  const title = say('حساب من', 'My account');
  const refused = say('گذرواژه کنونی درست نیست؛ چیزی عوض نشد.', 'The present password is not right; nothing was changed.');
  const entry = (term: string, value: Part): Markup => markup`<div><dt>${term}</dt><dd>${value}</dd></div>`;
  return deskPage(visit, {
    title,
    flash: flash ?? flashOf(voice, wrong, refused),
    main: markup`<h1>${title}</h1>
<dl class="facts">${entry(say('نام', 'Name'), bdi(person.name))}${entry(say('نام ورود', 'Name to sign in with'), code(person.id))}${entry(say('نقش', 'Role'), voice.text(ROLE_TITLES[person.role]))}${person.organization !== null && entry(say('دستگاه', 'Organization'), code(person.organization))}${person.role !== 'organization' && entry(say('نسبت با دستگاه‌ها', 'Ties to organizations'), person.ties.length === 0 ? say('هیچ', 'none') : person.ties.map((tie, at) => markup`${at > 0 && say('، ', ', ')}${code(tie)}`))}</dl>
<section aria-labelledby="password-part"><h2 id="password-part">${say('عوض کردن گذرواژه', 'Change the password')}</h2>
${post('/account/password', token, markup`${usernameOf(person)}
${field('present', say('گذرواژه کنونی', 'Present password'), markup`<input id="present" name="present" type="password" required maxlength="${PASSWORD_LENGTH.most}" dir="ltr" autocomplete="current-password">`)}
${newPassword(voice)}
<p class="buttons"><button class="main">${say('عوض کن', 'Change it')}</button></p>`, 'step')}</section>
<section aria-labelledby="end-part"><h2 id="end-part">${say('پایان کار', 'When you are done')}</h2>${post('/sign-out', token, markup`<button>${say('خروج از میز', 'Sign out')}</button>`, 'step')}</section>`,
    help: [
      say('با عوض کردن گذرواژه، نشست‌های شما در دستگاه‌های دیگر پایان می‌یابد.', 'Changing the password ends your sessions on other devices.'),
      ...(person.role === 'organization' ? [] : [say('اگر با دستگاهی نسبتی دارید (کار، خویشاوندی، قرارداد) به راهبر بگویید تا ثبت کند؛ کارت‌های آن دستگاه دیگر به شما داده نمی‌شود.', 'If you have a tie to an organization (work, family, a contract), tell the operator, who declares it here; its cards are not given to you then.')]),
    ],
  });
} // prettier-ignore

/** Two fields for a new password, with its rules. */
function newPassword({ say, count }: Voice): Markup {
  const { least, most } = PASSWORD_LENGTH;
  const control = (id: string): Markup =>
    markup`<input id="${id}" name="${id}" type="password" required minlength="${least}" maxlength="${most}" dir="ltr" autocomplete="new-password"${id === 'password' && markup` aria-describedby="password-hint"`}>`;
  return markup`${field('password', say('گذرواژه تازه', 'New password'), control('password'), say(`دست‌کم ${count(least)} نویسه، از هر نوع، و نه همان نام. چند واژه بی‌ربط کنار هم خوب است و به یاد می‌ماند.`, `At least ${count(least)} characters of any kind, and not your name. A few unrelated words are good, and easy to remember.`))}
${field('again', say('یک بار دیگر', 'Once more'), control('again'))}`;
} // prettier-ignore

/** For programs that keep passwords: they store a password under the name that the form has. */
const usernameOf = ({ id }: Person): Markup =>
  markup`<input type="text" name="username" value="${id}" autocomplete="username" readonly hidden>`;

const flashOf = (voice: Voice, wrong: Wrong | null, refused: string): Flash =>
  wrong && { text: reasonOf(voice, wrong, refused), isWrong: true };

function reasonOf({ say, count, text }: Voice, wrong: Wrong, refused: string): string {
  switch (wrong.kind) {
    case 'refused':
      return refused;
    case 'weak':
      return text(wrong.fault);
    case 'differ':
      return say('دو گذرواژه یکی نیستند؛ هر دو را دوباره بنویسید.', 'The two passwords are not the same; write both again.');
    case 'locked':
      return say(`تلاش‌های نادرست زیاد بود. ${count(wrong.minutes)} دقیقه صبر کنید و دوباره بیازمایید؛ تا آن زمان گذرواژه درست هم پذیرفته نمی‌شود. راهبر می‌تواند با نشانی تازه‌ای زودتر راه بدهد.`, `There were too many wrong attempts. Wait ${count(wrong.minutes)} ${plural(wrong.minutes, 'minute', 'minutes')} and try again; until then not even the right password is taken. The operator can let you in sooner with a new address.`);
    case 'busy':
      return say('در این لحظه کسان زیادی وارد می‌شوند؛ کمی بعد دوباره بیازمایید.', 'Too many are signing in at this moment; try again in a little while.');
  }
} // prettier-ignore

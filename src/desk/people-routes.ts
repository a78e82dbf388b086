/** The people of the desk and its journal: the operator adds persons, lets them in, and shuts them out. */
import { registryOfRound } from '../audit/round.ts';
import type { Text } from '../core/model.ts';
import { isPersonId, ROLES, type Person } from '../core/person.ts';
import { invite } from './accounts.ts';
import { addPerson, changePerson } from './people.ts';
import { Refused, type Desk, type Request } from './desk.ts';
import { journalPage, readJournal } from './journal-page.ts';
import { addressPage, peoplePage, personPage, type Known, type Typed, type WrongField } from './people-page.ts';

const NAME_LENGTH = 80;
/** Longer than any id of a registry. */
const ORGANIZATION = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u;

export function peopleRoutes(desk: Desk): void {
  const { tools, accounts } = desk;
  const inTurn = oneAtATime();

  const known = async (): Promise<Known> => {
    const [newest] = await tools.store.listRounds();
    const registry = newest ? await registryOfRound(tools.store, newest) : null;
    return { hasRound: newest !== undefined, names: new Map(registry?.organizations.map(({ id, names }) => [id, names])) };
  };
  const personOf = async ({ context }: Request): Promise<Person> => {
    const person = await tools.desk.getPerson(context.req.param('person') ?? '');
    if (!person) throw new Refused(404, { fa: 'کسی با این نام ورود نیست.', en: 'There is nobody with this name.' });
    return person;
  };
  /** Changes of people one after the other, by one who is still an operator when it is their turn: two operators cannot shut each other out. */
  const asOperator = <T>({ person }: Request, act: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      const now = await tools.desk.getPerson(person.id);
      if (now?.role !== 'operator' || !now.isActive) throw new Refused(403, { fa: 'شما دیگر راهبر نیستید.', en: 'You are not an operator any more.' });
      return act();
    });

  const list = async ({ visit, flash }: Request, typed: Typed | null = null, wrong: WrongField | null = null): Promise<string> =>
    peoplePage(visit, { people: await tools.desk.listPeople(), journal: await tools.desk.listJournal(LOOKED_BACK, null), known: await known(), typed, wrong, flash });
  const show = async ({ visit, flash }: Request, person: Person, typed: Typed | null = null, wrong: WrongField | null = null): Promise<string> =>
    personPage(visit, { person, known: await known(), typed, wrong, flash });
  /** Shows an address once: it stands on this page only, in no cookie, no journal and no address bar. */
  const invited = async ({ context, visit, person: { id: by } }: Request, person: Person, isNew: boolean): Promise<Response> => {
    const invitation = await invite(accounts, { person: person.id, by, from: desk.from(context) });
    if (!invitation) throw new Refused(409, { fa: 'این حساب بسته است؛ نخست بازش کنید.', en: 'This account is closed; open it first.' });
    return context.html(addressPage(visit, { person, isNew, address: `${desk.origin(context)}/enter/${invitation.secret}`, expiresAt: invitation.expiresAt }));
  };

  desk.get('/people', ['operator'], (request) => list(request));
  desk.post('/people', ['operator'], async (request) => {
    const { context, form, person: by } = request;
    const typed = typedIn(form);
    const wrong = faultOf(typed, true);
    if (wrong) return context.html(await list(request, typed, wrong), 400);
    const person = await asOperator(request, async () =>
      (await tools.desk.getPerson(typed.id)) ? null : addPerson(accounts, { ...personFrom(typed), id: typed.id }, { by: by.id, from: desk.from(context) }),
    );
    if (!person)
      return context.html(await list(request, typed, { field: 'id', text: { fa: `نام ورود «${typed.id}» از آن کس دیگری است؛ نام دیگری بگذارید.`, en: `The name “${typed.id}” is somebody else’s; choose another one.` } }), 409);
    return invited(request, person, true);
  });

  desk.get('/people/:person', ['operator'], async (request) => show(request, await personOf(request)));
  desk.post('/people/:person', ['operator'], async (request) => {
    const { context, form, person: by } = request;
    const typed = typedIn(form);
    const before = await personOf(request);
    const wrong = faultOf(typed, false) ?? (before.id === by.id && typed.role !== 'operator' ? OWN_ROLE : null);
    if (wrong) return context.html(await show(request, before, typed, wrong), 400);
    const after = await asOperator(request, () => changePerson(accounts, before.id, personFrom(typed), { by: by.id, from: desk.from(context) }));
    return desk.go(context, `/people/${after.id}`, { text: { fa: 'تغییرها ثبت شد و از همین حالا برقرار است.', en: 'The changes are kept, and hold from this moment.' } });
  });
  desk.post('/people/:person/address', ['operator'], async (request) => {
    const person = await personOf(request);
    return asOperator(request, () => invited(request, person, false));
  });
  desk.post('/people/:person/state', ['operator'], async (request) => {
    const { context, form, person: by } = request;
    const isActive = form['active'] === 'yes';
    const { id } = await personOf(request);
    if (id === by.id) throw new Refused(409, { fa: 'حساب خودتان را نمی‌توانید ببندید؛ راهبر دیگری باید آن را ببندد.', en: 'You cannot close your own account; another operator has to.' });
    await asOperator(request, () => changePerson(accounts, id, { isActive }, { by: by.id, from: desk.from(context) }));
    const text: Text = isActive
      ? { fa: 'حساب باز شد. گذرواژه پیشین برقرار است؛ اگر گذرواژه‌ای ندارد نشانی تازه بسازید.', en: 'The account is open. Its password holds as before; make a new address if there is none.' }
      : { fa: 'حساب بسته شد و نشست‌ها و نشانی‌هایش پایان یافت.', en: 'The account is closed; its sessions and addresses are over.' };
    return desk.go(context, `/people/${id}`, { text });
  });

  desk.get('/journal', ['operator'], async ({ context, visit }) => {
    const [person, what, before] = ['person', 'what', 'before'].map((name) => (context.req.query(name) ?? '').trim());
    const filter = { person: person!.toLowerCase().slice(0, NAME_LENGTH), what: what!.slice(0, NAME_LENGTH) };
    const from = /^\d{1,15}$/.test(before!) ? Number(before) : null;
    return journalPage(visit, { filter, isNewest: from === null, ...(await readJournal(tools.desk, filter, from)) });
  });
} // prettier-ignore

/** Entries of the journal in which the last sign-ins are looked for. */
const LOOKED_BACK = 2000;

const OWN_ROLE: WrongField = {
  field: 'role',
  text: { fa: 'نقش خودتان را نمی‌توانید پایین بیاورید؛ راهبر دیگری باید آن را عوض کند.', en: 'You cannot take the role of operator from yourself; another operator has to.' },
}; // prettier-ignore

const typedIn = (form: Readonly<Record<string, string>>): Typed => ({
  id: (form['id'] ?? '').trim().toLowerCase(),
  name: (form['name'] ?? '').trim().replace(/\s+/g, ' '),
  role: form['role'] ?? '',
  organization: (form['organization'] ?? '').trim(),
  ties: form['ties'] ?? '',
});

const tiesOf = ({ ties }: Typed): string[] => [...new Set(ties.split(/[\s,،;؛]+/).filter((one) => one !== ''))];

/** The first thing that cannot be kept as it was typed; null when all can. */
function faultOf(typed: Typed, isNew: boolean): WrongField | null {
  const { id, name, role, organization } = typed;
  if (isNew && !isPersonId(id))
    return { field: 'id', text: { fa: 'نام ورود از حروف کوچک لاتین، رقم، نقطه و خط تیره است، حداکثر ۴۰ نویسه، و با حرف یا رقم آغاز و تمام می‌شود؛ مانند s.ahmadi', en: 'The name to sign in with has lower-case Latin letters, digits, dots and hyphens, at most 40, and begins and ends with a letter or digit, like s.ahmadi' } };
  if (name === '' || name.length > NAME_LENGTH)
    return { field: 'name', text: { fa: `نام باید از ۱ تا ۸۰ نویسه باشد.`, en: `The name must have from 1 to ${NAME_LENGTH} characters.` } };
  if (!ROLES.some((one) => one === role)) return { field: 'role', text: { fa: 'یکی از نقش‌ها را برگزینید.', en: 'Choose one of the roles.' } };
  if (role === 'organization' && organization === '')
    return { field: 'organization', text: { fa: 'برای نماینده دستگاه، شناسه دستگاهش را هم بنویسید.', en: 'Who speaks for an organization needs the id of that organization.' } };
  if (role === 'organization' && !ORGANIZATION.test(organization))
    return { field: 'organization', text: { fa: `«${organization}» شناسه دستگاه نیست؛ شناسه فاصله ندارد، مانند post یا health-ministry`, en: `“${organization}” is no id of an organization; ids have no spaces, like post or health-ministry` } };
  const tie = tiesOf(typed).find((one) => !ORGANIZATION.test(one));
  if (tie !== undefined)
    return { field: 'ties', text: { fa: `«${tie}» شناسه دستگاه نیست؛ شناسه‌ها را با فاصله یا ویرگول از هم جدا کنید.`, en: `“${tie}” is no id of an organization; separate ids by spaces or commas.` } };
  return null;
} // prettier-ignore

/** Of what `faultOf` found nothing wrong with. */
function personFrom(typed: Typed): Pick<Person, 'name' | 'role' | 'organization' | 'ties'> {
  const role = ROLES.find((one) => one === typed.role)!;
  const isOrganization = role === 'organization';
  return {
    name: typed.name,
    role,
    organization: isOrganization ? typed.organization : null,
    // they read no cards, so there is nothing to keep from them
    ties: isOrganization ? [] : tiesOf(typed),
  };
}

/** Runs works one after the other. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

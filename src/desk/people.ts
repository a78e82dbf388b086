/** People who are added and changed, by the command line or at the desk; each change is a line of the journal. */
import { persian, UserError } from '../core/errors.ts';
import { isPersonId, type Person } from '../core/person.ts';
import { PERSON_ROLE_NAMES } from '../report/words.ts';
import { note, type Accounts } from './accounts.ts';

export type NewPerson = Pick<Person, 'id' | 'name' | 'role' | 'organization' | 'ties'>;
export type PersonChange = Partial<Pick<Person, 'name' | 'role' | 'organization' | 'ties' | 'isActive'>>;

/** Who does it, and from where. */
export interface By {
  readonly by: string;
  readonly from: string;
}

/** Adds a person, who has no password yet. Throws a UserError for what cannot be one, and when the id is taken. */
export async function addPerson(accounts: Accounts, added: NewPerson, { by, from }: By): Promise<Person> {
  const at = new Date(accounts.now()).toISOString();
  const person = checked({ ...added, isActive: true, createdAt: at, createdBy: by });
  if (!(await accounts.desk.addPerson(person))) {
    const taken = await personOf(accounts, person.id);
    throw new UserError({
      fa: persian`نام ورود «${person.id}» از آن کس دیگری است (${taken.name}، ${PERSON_ROLE_NAMES[taken.role].fa}). نام ورود دیگری بگذارید، یا همان را تغییر دهید: ${`rasad people change ${person.id}`}`,
      en: `There is a person "${person.id}" already (${taken.name}, ${taken.role}). Choose another id, or change that one: rasad people change ${person.id}`,
    });
  }
  const { id, name, role, organization, ties } = person;
  await note(accounts, { by, what: 'person-added', target: id, detail: [name, role, organization, ...ties].filter(Boolean).join(' '), from }); // prettier-ignore
  return person;
}

/**
 * Changes what is given. A person who becomes inactive is signed out everywhere; one who leaves the role organization
 * speaks for none. Throws a UserError when there is no such person, and for what cannot be.
 */
export async function changePerson(
  accounts: Accounts,
  id: string,
  change: PersonChange,
  { by, from }: By,
): Promise<Person> {
  const before = await personOf(accounts, id);
  const role = change.role ?? before.role;
  const organization = change.organization ?? (role === 'organization' ? before.organization : null);
  const person = checked({ ...before, ...change, organization });
  const changes = CHANGEABLE.flatMap((field) => {
    const [was, is] = [before[field], person[field]].map((value) => (Array.isArray(value) ? value.join(' ') : value));
    return was === is ? [] : [`${field}: ${was || '–'} → ${is || '–'}`];
  });
  if (person.isActive !== before.isActive) {
    await accounts.desk.changePerson(person);
    await note(accounts, { by, what: person.isActive ? 'person-enabled' : 'person-disabled', target: id, from });
  }
  if (changes.length > 0) {
    await accounts.desk.changePerson(person);
    await note(accounts, { by, what: 'person-changed', target: id, detail: changes.join('; '), from });
  }
  return person;
}

const CHANGEABLE = ['name', 'role', 'organization', 'ties'] as const;

/** The person with this id. Throws a UserError that names who there is. */
export async function personOf({ desk }: Accounts, id: string): Promise<Person> {
  const person = await desk.getPerson(id);
  if (person) return person;
  const people = await desk.listPeople();
  const some = `${people.slice(0, 10).map((known) => known.id).join(', ')}${people.length > 10 ? ', …' : ''}`; // prettier-ignore
  const there =
    people.length === 0
      ? { fa: persian`هنوز کسی اضافه نشده است: ${'rasad people add'}`, en: 'Nobody was added yet: rasad people add' }
      : { fa: persian`این‌ها هستند: ${some}.`, en: `There are: ${some}.` };
  throw new UserError({
    fa: `${persian`کسی با نام ورود «${id}» نیست.`} ${there.fa}`,
    en: `There is no person "${id}". ${there.en}`,
  });
}

/** Characters of a name, which stands beside decisions. */
const NAME_LENGTH = 100;

/** The same person, blanks and doubles aside. Throws a UserError for one who cannot be. */
function checked(person: Person): Person {
  const { id, role, organization } = person;
  const name = person.name.replace(/\s+/g, ' ').trim();
  if (!isPersonId(id))
    throw new UserError({
      fa: persian`نام ورود از حرف کوچک لاتین، رقم، نقطه و خط تیره است، با حرف یا رقم آغاز و تمام می‌شود و دست‌بالا ${40} نویسه دارد؛ آنچه آمده: ${JSON.stringify(id)}.`,
      en: `The id of a person, to sign in with, has lower-case letters, digits, dots and hyphens, begins and ends with a letter or digit, and is at most 40 long; found ${JSON.stringify(id)}.`,
    });
  if (name === '' || name.length > NAME_LENGTH || /\p{Cc}/u.test(name))
    throw new UserError({
      fa: persian`نام شخص، چنان‌که کنار تصمیم‌ها می‌آید، یک سطر از ${1} تا ${NAME_LENGTH} نویسه است؛ آنچه آمده: ${JSON.stringify(person.name)}.`,
      en: `The name of a person is a line of 1 to ${NAME_LENGTH} characters, as it is to be read beside decisions; found ${JSON.stringify(person.name)}.`,
    });
  if (role === 'organization' && !organization)
    throw new UserError({
      fa: persian`نماینده دستگاه (نقش ${'organization'}) از سوی یکی از دستگاه‌های دفتر ثبت سخن می‌گوید و نام آن نیامده است. آن را نام ببرید: ${'--organization ORG'}`,
      en: 'A person of the role organization speaks for one of the registry; found none. Name it: --organization ORG',
    });
  if (role !== 'organization' && organization)
    throw new UserError({
      fa: persian`تنها نماینده دستگاه (نقش ${'organization'}) از سوی دستگاهی سخن می‌گوید؛ آنچه آمده نقش ${role} با دستگاه «${organization}» است. دستگاهی که این شخص نباید کارت‌هایش را ببیند با نسبت نوشته می‌شود: ${`--tie ${organization}`}`,
      en: `Only the role organization speaks for one; found the role ${role} with the organization "${organization}". An organization of which a person must not see cards is a tie: --tie ${organization}`,
    });
  const ties = [...new Set(person.ties.map((tie) => tie.trim()).filter((tie) => tie !== ''))];
  return { ...person, name, ties };
}

/** People who are added and changed, by the command line or at the desk; each change is a line of the journal. */
import { UserError } from '../core/errors.ts';
import { isPersonId, type Person } from '../core/person.ts';
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
    throw new UserError(`There is a person "${person.id}" already (${taken.name}, ${taken.role}). Choose another id, or change that one: rasad people change ${person.id}`); // prettier-ignore
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
  throw new UserError(
    `There is no person "${id}". ${people.length === 0 ? 'Nobody was added yet: rasad people add' : `There are: ${people.slice(0, 10).map((known) => known.id).join(', ')}${people.length > 10 ? ', …' : ''}.`}`,
  ); // prettier-ignore
}

/** Characters of a name, which stands beside decisions. */
const NAME_LENGTH = 100;

/** The same person, blanks and doubles aside. Throws a UserError for one who cannot be. */
function checked(person: Person): Person {
  const { id, role, organization } = person;
  const name = person.name.replace(/\s+/g, ' ').trim();
  if (!isPersonId(id))
    throw new UserError(`The id of a person, to sign in with, has lower-case letters, digits, dots and hyphens, begins and ends with a letter or digit, and is at most 40 long; found ${JSON.stringify(id)}.`); // prettier-ignore
  if (name === '' || name.length > NAME_LENGTH || /\p{Cc}/u.test(name))
    throw new UserError(`The name of a person is a line of 1 to ${NAME_LENGTH} characters, as it is to be read beside decisions; found ${JSON.stringify(person.name)}.`); // prettier-ignore
  if (role === 'organization' && !organization)
    throw new UserError('A person of the role organization speaks for one of the registry; found none. Name it: --organization ORG'); // prettier-ignore
  if (role !== 'organization' && organization)
    throw new UserError(`Only the role organization speaks for one; found the role ${role} with the organization "${organization}". An organization of which a person must not see cards is a tie: --tie ${organization}`); // prettier-ignore
  const ties = [...new Set(person.ties.map((tie) => tie.trim()).filter((tie) => tie !== ''))];
  return { ...person, name, ties };
}

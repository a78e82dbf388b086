import type { Argv, CommandModule } from 'yargs';
import { persian, UserError } from '../../core/errors.ts';
import { ROLES, type Person, type Role } from '../../core/person.ts';
import { INVITATION_HOURS, invite, type Accounts } from '../../desk/accounts.ts';
import { addPerson, changePerson, personOf, type By } from '../../desk/people.ts';
import { peopleText, type ListedPerson } from '../../report/people-terminal.ts';
import { voiceOf, type Lang } from '../../report/voice.ts';
import { PERSON_ROLE_NAMES } from '../../report/words.ts';
import { withData, type Data } from '../compose.ts';
import { DONE } from '../exit-codes.ts';
import { notice } from '../notice.ts';
import { doerOf } from '../rounds.ts';

interface Common {
  lang: 'fa' | 'en';
  json: boolean;
  data: string;
}

interface OfPerson extends Common {
  id: string;
  by: string | undefined;
}

interface Properties {
  name: string | undefined;
  role: Role | undefined;
  organization: string | undefined;
  tie: string[] | undefined;
}

const doneBy = {
  by: { type: 'string', describe: 'Who does it (default: RASAD_BY, else the user of this machine)' },
} as const;

const properties = {
  name: { type: 'string', describe: 'As it is read beside decisions' },
  role: {
    choices: ROLES,
    describe: 'operator: everything; senior: reads cards and settles disputes; evaluator: reads cards; organization: its own verdicts; reader: only looks',
  },
  organization: { type: 'string', describe: 'For which a person of the role organization speaks' },
  tie: { type: 'string', array: true, describe: 'Organizations to which the person is tied: their cards are never shown to them' },
} as const; // prettier-ignore

/** `rasad people …`: who may sign in at the desk, and as what. */
export function command(done: (code: number) => void, lang: 'fa' | 'en'): CommandModule<object, object> {
  const within = <T extends Common>(run: (data: Data, args: T) => Promise<number>) => async (args: unknown): Promise<void> =>
    done(await withData((args as T).data, (data) => run(data, args as T))); // prettier-ignore
  const person = (y: Argv<object>): Argv<object> =>
    y.positional('id', { type: 'string', demandOption: true, describe: 'The name to sign in with' }).options(doneBy);
  return {
    command: 'people <action>',
    describe: 'Add, list, change and disable the people of the desk',
    builder: (y: Argv<object>) =>
      y
        .command(
          'add <id>',
          'Add a person, and print the path of a one-time address to set the password',
          (o) =>
            person(o)
              .options(properties)
              .demandOption(['name', 'role'])
              .example('$0 people add sara --name "Sara Karimi" --role evaluator --tie tax post', 'sees no cards of these two')
              .example('$0 people add tax-office --name "Tax office" --role organization --organization tax', 'sees its own verdicts'),
          within(add),
        )
        .command('list', 'Everybody, with role and state', (o) => o, within(list))
        .command(
          'invite <id>',
          `Print the path of a new one-time address to set the password, valid for ${INVITATION_HOURS} hours; earlier ones end`,
          (o) => person(o).example('$0 people invite sara', 'who forgot the password, or locked the name'),
          within(inviteAgain),
        )
        .command(
          'change <id>',
          'Change name, role or ties',
          (o) =>
            person(o)
              .options({ ...properties, untie: { type: 'string', array: true, describe: 'Ties that are over' } })
              .example('$0 people change sara --role senior', 'from the next page on')
              .example('$0 people change sara --tie health --untie post', 'one more tie, and one that is over'),
          within(change),
        )
        .command(
          'disable <id>',
          'Sign a person out everywhere, and let them in no more; what they decided stays',
          (o) => person(o).example('$0 people disable sara', ''),
          within(setActive(false)),
        )
        .command(
          'enable <id>',
          'Let a person in again, with the password that they had',
          (o) => person(o).example('$0 people enable sara', ''),
          within(setActive(true)),
        )
        .example('$0 people add sara --name "Sara Karimi" --role evaluator', 'prints /enter/…')
        .demandCommand(1, lang === 'fa' ? persian`بگویید با حساب‌ها چه شود؛ ${'rasad people --help'} را ببینید.` : 'Name what to do with people; see rasad people --help.')
        .strict(),
    handler: () => undefined,
  }; // prettier-ignore
}

const accountsOf = ({ desk }: Data): Accounts => ({ desk, now: Date.now });
const byOf = ({ by }: { readonly by: string | undefined }): By => ({ by: doerOf({ by }).by, from: 'command line' });

async function add(data: Data, args: OfPerson & Properties & { name: string; role: Role }): Promise<number> {
  const { id, name, role, organization = null, tie = [] } = args;
  const person = await addPerson(accountsOf(data), { id, name, role, organization, ties: tie }, byOf(args));
  await warnOfUnknown(data, person, args.lang);
  if (!args.json) tell(args, `${person.name} اضافه شد: ${roleName(person, 'fa')}.`, `${person.name} is added as ${roleName(person, 'en')}.`); // prettier-ignore
  return inviteAgain(data, args);
}

async function inviteAgain(data: Data, args: OfPerson): Promise<number> {
  const accounts = accountsOf(data);
  const person = await personOf(accounts, args.id);
  const invitation = await invite(accounts, { person: person.id, ...byOf(args) });
  if (!invitation)
    throw new UserError({
      fa: persian`حساب ${person.id} غیرفعال است و برایش نشانی ورود ساخته نمی‌شود. نخست: ${`rasad people enable ${person.id}`}`,
      en: `${person.id} is disabled and cannot be invited. First: rasad people enable ${person.id}`,
    });
  const path = `/enter/${invitation.secret}`;
  if (args.json) print({ person, path, expiresAt: invitation.expiresAt });
  else
    tell(
      args,
      `نشانی یک‌بارمصرف برای تعیین گذرواژه، تا ${voiceOf('fa', 'gregorian').count(INVITATION_HOURS)} ساعت؛ پس از نشانی میز کار نوشته می‌شود:\n${path}`,
      `One-time address to set the password, for ${INVITATION_HOURS} hours; it goes after the address of the desk:\n${path}`,
    );
  return DONE;
}

async function list(data: Data, args: Common): Promise<number> {
  const people = await Promise.all((await data.desk.listPeople()).map((person) => listed(data, person)));
  if (args.json) print(people);
  else if (people.length === 0)
    tell(args, 'هنوز کسی اضافه نشده است: rasad people add', 'Nobody was added yet: rasad people add');
  else process.stdout.write(peopleText(people, args.lang));
  return DONE;
}

async function change(data: Data, args: OfPerson & Properties & { untie: string[] | undefined }): Promise<number> {
  const { name, role, organization, tie, untie } = args;
  if ([name, role, organization, tie, untie].every((given) => given === undefined))
    throw new UserError({
      fa: persian`بگویید چه چیزی تغییر کند: ${'--name'}، ${'--role'}، ${'--organization'}، ${'--tie'} یا ${'--untie'}؛ هیچ‌یک نیامده است.`,
      en: 'Name what is to change: --name, --role, --organization, --tie or --untie; found none of them.',
    });
  const accounts = accountsOf(data);
  const before = await personOf(accounts, args.id);
  const foreign = (untie ?? []).filter((one) => !before.ties.includes(one));
  if (foreign.length > 0)
    throw new UserError({
      fa: persian`${'--untie'}: باید از نسبت‌های ${before.id} باشد (${before.ties.join(', ') || 'نسبتی ندارد'})؛ آنچه آمده: ${foreign.join(', ')}.`,
      en: `--untie: expected ties of ${before.id} (${before.ties.join(', ') || 'there are none'}), found ${foreign.join(', ')}.`,
    });
  const person = await changePerson(
    accounts,
    args.id,
    {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(organization === undefined ? {} : { organization }),
      ties: [...before.ties.filter((one) => !untie?.includes(one)), ...(tie ?? [])],
    },
    byOf(args),
  );
  await warnOfUnknown(data, person, args.lang);
  return show(data, args);
}

const setActive =
  (isActive: boolean) =>
  async (data: Data, args: OfPerson): Promise<number> => {
    await changePerson(accountsOf(data), args.id, { isActive }, byOf(args));
    return show(data, args);
  };

async function show(data: Data, args: OfPerson): Promise<number> {
  const person = await listed(data, await personOf(accountsOf(data), args.id));
  if (args.json) print(person);
  else process.stdout.write(peopleText([person], args.lang));
  return DONE;
}

async function listed({ desk }: Data, person: Person): Promise<ListedPerson> {
  const hasPassword = (await desk.getPasswordHash(person.id)) !== null;
  return { ...person, state: !person.isActive ? 'disabled' : hasPassword ? 'active' : 'invited' };
}

/** A tie may be declared before its organization is in any round; one that is misspelt hides nothing, so it is said. */
async function warnOfUnknown({ store }: Data, { organization, ties }: Person, lang: Lang): Promise<void> {
  const known = new Set<string>();
  for (const { auditId } of await store.listRounds())
    for (const { id } of (await store.getRegistry(auditId))?.organizations ?? []) known.add(id);
  const unknown = [...(organization === null ? [] : [organization]), ...ties].filter((id) => !known.has(id));
  if (known.size > 0 && unknown.length > 0)
    notice(lang, {
      fa: persian`در هیچ دوری دستگاهی به نام ${unknown.join(', ')} نیست؛ همان‌گونه که نوشته شد نگه داشته می‌شود.`,
      en: `no round has an organization ${unknown.map((id) => `"${id}"`).join(', ')}; it is kept as it was written.`,
    });
}

const roleName = ({ role }: Person, lang: 'fa' | 'en'): string => PERSON_ROLE_NAMES[role][lang];
const tell = ({ lang }: Common, fa: string, en: string): void => void process.stdout.write(`${lang === 'fa' ? fa : en}\n`); // prettier-ignore
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

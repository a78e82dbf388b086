/**
 * Who comes in at the desk: passwords, sessions, and addresses with a secret in them. What a visitor does wrong is a
 * value, never an exception; secrets leave here once, and only their hashes are kept.
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import PQueue from 'p-queue';
import type { DeskStore } from '../../storage/desk-store.ts';
import type { Text } from '../core/model.ts';
import { isPersonId, type Pass, type Person, type Session } from '../core/person.ts';

export interface Accounts {
  readonly desk: DeskStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Binary logarithm of scrypt's N; 17 unless tests want to be quick. */
  readonly cost?: number;
}

export type SignedIn = {
  readonly kind: 'signed-in';
  /** For the cookie. */
  readonly secret: string;
  readonly session: Session;
  readonly person: Person;
};
/** `busy`: too many wait to have a password compared; the visitor may try again in a moment. */
export type Busy = { readonly kind: 'busy' };
export type SignInResult =
  | SignedIn
  | Busy
  /** The name, the password or both are wrong, or the person is not active; which of them is not told. */
  | { readonly kind: 'refused' }
  /** Too many attempts were refused; none is looked at until they are `minutes` old. */
  | { readonly kind: 'locked'; readonly minutes: number };
export type RedeemResult =
  | SignedIn
  | Busy
  /** The address was used before, is too old, or never was one. */
  | { readonly kind: 'gone' }
  /** The password cannot be taken; `fault` says what was expected. */
  | { readonly kind: 'weak'; readonly fault: Text };

/** As for signing in, or the new password cannot be taken. */
export type ChangeResult = SignInResult | { readonly kind: 'weak'; readonly fault: Text };

const MINUTE = 60_000; // milliseconds
const HOUR = 60 * MINUTE;

/** Refused attempts within so many minutes after which a name is locked: a person mistypes, a program guesses. */
export const ATTEMPTS = 5;
export const LOCK_MINUTES = 15;
/** A working day and its breaks, from the last use. */
export const SESSION_HOURS = 12;
/** An invitation outlives a day off, and not a week in a mailbox. */
export const INVITATION_HOURS = 48;
/** Characters of a password. The upper limit keeps a visitor from having megabytes hashed. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

/**
 * Signs in with a name and a password. A name that nobody has costs as much time as a wrong password, and is locked
 * like any other, so that neither tells which names there are.
 */
export async function signIn(
  accounts: Accounts,
  visitor: { readonly id: string; readonly password: string; readonly from: string },
): Promise<SignInResult> {
  const id = visitor.id.trim().toLowerCase();
  const { password, from } = visitor;
  return inTurn(async () => {
    // What is no name may be a password in the wrong field: it is neither counted nor written down.
    const isName = isPersonId(id);
    const count = isName ? await countAttempt(accounts, id) : 1;
    if (count > ATTEMPTS) return { kind: 'locked', minutes: LOCK_MINUTES };
    const kept = isName ? await accounts.desk.getPasswordHash(id) : null;
    const isRight = await matches(password, kept, costOf(accounts));
    const person = isRight ? await accounts.desk.getPerson(id) : null;
    // a password that was replaced while this one was compared does not sign in any more
    if (!person?.isActive || (await accounts.desk.getPasswordHash(id)) !== kept) {
      const detail = count === ATTEMPTS ? `locked for ${LOCK_MINUTES} minutes` : '';
      await note(accounts, { by: null, what: 'sign-in-refused', target: isName ? id : '', detail, from });
      return { kind: 'refused' };
    }
    await accounts.desk.forgetRefused(id);
    await note(accounts, { by: id, what: 'sign-in', target: id, from });
    return startSession(accounts, person);
  });
}

/** Counts it as refused beforehand, so that attempts at the same time cannot outrun the count; more than ATTEMPTS when locked. */
async function countAttempt({ desk, now }: Accounts, id: string): Promise<number> {
  const since = iso(now() - LOCK_MINUTES * MINUTE);
  // attempts on a locked name do not keep it locked
  if ((await desk.refusedSince(id, since)) >= ATTEMPTS) return ATTEMPTS + 1;
  return desk.countRefused(id, iso(now()), since);
}

export async function signOut(accounts: Accounts, secret: string, from: string): Promise<void> {
  const signedIn = await sessionOf(accounts, secret);
  if (!signedIn) return;
  await accounts.desk.endSession(signedIn.session.hash);
  await note(accounts, { by: signedIn.person.id, what: 'sign-out', target: signedIn.person.id, from });
}

/** The session of a cookie with its person, its end moved on; null when there is none that holds. */
export async function sessionOf(
  { desk, now }: Accounts,
  secret: string,
): Promise<{ readonly session: Session; readonly person: Person } | null> {
  if (!isSecret(secret)) return null;
  const found = await desk.getSession(hashOf(secret), iso(now()));
  // a page has several requests: the end is written once a minute at most
  if (!found || now() - Date.parse(found.session.seenAt) < MINUTE) return found;
  const moved = { seenAt: iso(now()), expiresAt: iso(now() + SESSION_HOURS * HOUR) };
  await desk.keepSession(found.session.hash, moved.seenAt, moved.expiresAt);
  return { person: found.person, session: { ...found.session, ...moved } };
}

export interface Invitation {
  readonly secret: string;
  /** UTC, ISO 8601. */
  readonly expiresAt: string;
}

/** A secret with which a person sets a password, once; earlier ones end. null: there is no such active person. */
export async function invite(
  accounts: Accounts,
  { person, by, from }: { readonly person: string; readonly by: string; readonly from: string },
): Promise<Invitation | null> {
  const { desk, now } = accounts;
  if (!(await desk.getPerson(person))?.isActive) return null;
  for (const pass of await desk.listPasses())
    if (pass.kind === 'password' && pass.person === person) await desk.usePass(pass.hash);
  const secret = newSecret();
  const expiresAt = iso(now() + INVITATION_HOURS * HOUR);
  await desk.addPass({ kind: 'password', person, hash: hashOf(secret), createdAt: iso(now()), createdBy: by, expiresAt }); // prettier-ignore
  await note(accounts, { by, what: 'person-invited', target: person, from });
  return { secret, expiresAt };
}

/** Sets the password of the person who was invited, which ends their sessions, uses the invitation up, and signs in. */
export async function redeem(
  accounts: Accounts,
  visitor: { readonly secret: string; readonly password: string; readonly from: string },
): Promise<RedeemResult> {
  const { desk } = accounts;
  const pass = await passOf(accounts, visitor.secret);
  const person = pass?.kind === 'password' ? await desk.getPerson(pass.person) : null;
  if (!pass || !person?.isActive) return { kind: 'gone' };
  const fault = passwordFault(visitor.password, person);
  if (fault) return { kind: 'weak', fault };
  return inTurn(async () => {
    const hash = await hashPassword(visitor.password, costOf(accounts));
    if (!(await desk.usePass(pass.hash))) return { kind: 'gone' };
    await desk.setPassword(person.id, hash);
    await desk.forgetRefused(person.id);
    await note(accounts, { by: person.id, what: 'password-set', target: person.id, from: visitor.from });
    return startSession(accounts, person);
  });
}

/**
 * A new password for one who knows the present one, which ends all their sessions and begins a new one. Refused attempts
 * count like those of signing in: a session that somebody else has must not become a place to guess.
 */
export async function changePassword(
  accounts: Accounts,
  visitor: { readonly person: Person; readonly present: string; readonly password: string; readonly from: string },
): Promise<ChangeResult> {
  const { desk } = accounts;
  const { person, present, password, from } = visitor;
  const fault = passwordFault(password, person);
  if (fault) return { kind: 'weak', fault };
  return inTurn(async () => {
    if ((await countAttempt(accounts, person.id)) > ATTEMPTS) return { kind: 'locked', minutes: LOCK_MINUTES };
    const kept = await desk.getPasswordHash(person.id);
    const isRight = await matches(present, kept, costOf(accounts));
    const hash = isRight ? await hashPassword(password, costOf(accounts)) : null;
    // replaced, or shut out, while it was compared
    const isStill = (await desk.getPasswordHash(person.id)) === kept && (await desk.getPerson(person.id))?.isActive;
    if (hash === null || !isStill) {
      await note(accounts, { by: person.id, what: 'password-refused', target: person.id, from });
      return { kind: 'refused' };
    }
    await desk.setPassword(person.id, hash);
    await desk.forgetRefused(person.id);
    await note(accounts, { by: person.id, what: 'password-changed', target: person.id, from });
    return startSession(accounts, person);
  });
}

/** A secret with which an organization sees its own verdicts until `until` (UTC, ISO 8601). */
export async function previewPass(
  accounts: Accounts,
  preview: {
    readonly round: string;
    readonly organization: string;
    readonly until: string;
    readonly by: string;
    readonly from: string;
  },
): Promise<Invitation> {
  const { round, organization, until, by, from } = preview;
  const secret = newSecret();
  const expiresAt = iso(Date.parse(until));
  await accounts.desk.addPass({ kind: 'preview', round, organization, hash: hashOf(secret), createdAt: iso(accounts.now()), createdBy: by, expiresAt }); // prettier-ignore
  await note(accounts, { by, what: 'preview-invited', target: `${round} ${organization}`, detail: expiresAt, from });
  return { secret, expiresAt };
}

/** What the secret of an address opens; null when it opens nothing any more. */
export async function passOf({ desk, now }: Accounts, secret: string): Promise<Pass | null> {
  return isSecret(secret) ? desk.getPass(hashOf(secret), iso(now())) : null;
}

async function startSession({ desk, now }: Accounts, person: Person): Promise<SignedIn> {
  const secret = newSecret();
  const at = iso(now());
  const session = { hash: hashOf(secret), person: person.id, startedAt: at, seenAt: at, expiresAt: iso(now() + SESSION_HOURS * HOUR) }; // prettier-ignore
  await desk.addSession(session);
  return { kind: 'signed-in', secret, session, person };
}

/** Writes a line of the journal with the present time. */
export async function note(
  { desk, now }: Accounts,
  entry: {
    readonly by: string | null;
    readonly what: string;
    readonly target: string;
    readonly detail?: string;
    readonly from: string;
  },
): Promise<void> {
  await desk.addJournal({ detail: '', ...entry, at: iso(now()) });
}

const iso = (time: number): string => new Date(time).toISOString();

// ---------------------------------------------------------------- secrets

const newSecret = (): string => randomBytes(32).toString('base64url');
const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);
/** Without salt and stretching: nobody guesses 32 random bytes. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

// ---------------------------------------------------------------- passwords

/** What is wrong with a new password; null when it can be taken. */
export function passwordFault(password: string, { id, name }: Pick<Person, 'id' | 'name'>): Text | null {
  const { least, most } = PASSWORD_LENGTH;
  const length = [...password].length;
  if (length < least || length > most)
    return {
      fa: `گذرواژه باید از ${least} تا ${most} نویسه داشته باشد؛ این ${length} نویسه دارد.`,
      en: `A password must have from ${least} to ${most} characters; this one has ${length}.`,
    };
  const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  if ([id, name].map(folded).includes(folded(password)))
    return {
      fa: 'گذرواژه نباید همان نام باشد؛ چند واژه بی‌ربط کنار هم گذرواژه خوبی است.',
      en: 'A password must not be the name itself; a few unrelated words make a good one.',
    };
  return null;
}

/** OWASP's first choice for scrypt: N = 2^17, r = 8, p = 1, which takes 128 MB. */
const DEFAULT_COST = 17;
const BLOCK = 8;
const PARALLEL = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const costOf = ({ cost }: Accounts): number => cost ?? DEFAULT_COST;

/** As `scrypt$17$8$1$salt$hash`, so that passwords can be compared when the cost has changed since. */
async function hashPassword(password: string, cost: number): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, { cost, block: BLOCK, parallel: PARALLEL });
  return ['scrypt', cost, BLOCK, PARALLEL, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Without a kept hash it takes as long, and is wrong. */
async function matches(password: string, kept: string | null, cost: number): Promise<boolean> {
  // nobody's password is so long or empty, and hashing starts with all of it
  const text = password.length > 2 * PASSWORD_LENGTH.most ? '' : password;
  if (kept === null) {
    await hashPassword(text, cost);
    return false;
  }
  const [kind, n, block, parallel, salt = '', hash = ''] = kept.split('$');
  if (kind !== 'scrypt') throw new Error(`expected a password hash of the kind scrypt, found "${kind}"`);
  const parameters = { cost: Number(n), block: Number(block), parallel: Number(parallel) };
  const found = await derive(text, Buffer.from(salt, 'base64url'), parameters);
  return timingSafeEqual(found, Buffer.from(hash, 'base64url'));
}

function derive(
  password: string,
  salt: Buffer,
  { cost, block, parallel }: { readonly cost: number; readonly block: number; readonly parallel: number },
): Promise<Buffer> {
  const N = 2 ** cost;
  // keyboards write one Persian letter in several ways
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    // the limit is on 128·N·r bytes and a little more
    scrypt(text, salt, HASH_BYTES, { N, r: block, p: parallel, maxmem: 256 * N * block }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

/** Memory is the process's, so one queue serves all who hash in it: two at once take 256 MB. */
const hashing = new PQueue({ concurrency: 2 });
/** Who comes after so many would wait half a minute; a flood is turned away instead of kept. */
const MAX_WAITING = 100;

async function inTurn<T>(work: () => Promise<T>): Promise<T | Busy> {
  if (hashing.size >= MAX_WAITING) return { kind: 'busy' };
  return hashing.add(work);
}

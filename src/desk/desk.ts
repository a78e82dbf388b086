/** What the routes of the desk share: who asks, and what they may use. `app.ts` makes it. */
import type { Context } from 'hono';
import type { Text } from '../core/model.ts';
import type { Person, Role } from '../core/person.ts';
import type { FindingKey } from '../core/rating.ts';
import type { Voice } from '../report/voice.ts';
import type { Accounts } from './accounts.ts';
import type { Board, RoundBoard } from './board.ts';
import type { Flash, Visit } from './frame.ts';
import type { Starting, Tasks } from './tasks.ts';
import type { DeskTools } from './tools.ts';

/** What a route works with. */
export interface Request {
  readonly context: Context;
  readonly visit: Visit;
  readonly person: Person;
  readonly flash: Flash;
  /** Fields of a form that was sent; empty for others. */
  readonly form: Readonly<Record<string, string>>;
}

/** What routes of other files are given. */
export interface Desk {
  readonly tools: DeskTools;
  readonly board: Board;
  readonly accounts: Accounts;
  readonly tasks: Tasks;
  /** Only for these roles; everybody else is told so. */
  get(path: string, roles: readonly Role[], show: (request: Request) => Promise<string | Response>): void;
  post(path: string, roles: readonly Role[], act: (request: Request) => Promise<string | Response>): void;
  /** Without signing in. `form` is null for a GET. */
  open(method: 'GET' | 'POST', path: string, show: (visit: Visit, context: Context, form: Readonly<Record<string, string>>) => Promise<string | Response>): void;
  /** The round of the path, up to date; throws what becomes the page that says that there is none. */
  roundOf(request: { readonly context: Context }): Promise<RoundBoard>;
  /** Answers with a redirect, and a sentence on the page that it leads to. */
  go(context: Context, to: string, flash?: { readonly text: Text; readonly isWrong?: boolean }): Response;
  journal(request: { readonly context: Context; readonly person: Person | null }, what: string, target: string, detail?: string): Promise<void>;
  /** Address of the client, for what keeps a journal of its own. */
  from(context: Context): string;
  /** The address under which the desk is being asked: `http://127.0.0.1:8788`. */
  origin(context: Context): string;
  /** Starts something long, and leads to the page that shows it. */
  task(request: Request, task: Omit<Starting, 'by'>): Response;
  /**
   * A stored page of one verdict as a document; null: there is none. `place` is `0`, `1` … of the evidence, `s0` … of
   * what was searched. `audit`: of that audit’s verdict, where it is not the one that the round stands on.
   */
  stored(voice: Voice, board: RoundBoard, key: FindingKey, place: string, audit?: string): Promise<string | null>;
} // prettier-ignore

export const STAFF: readonly Role[] = ['operator', 'senior', 'evaluator', 'reader'];
export const READERS: readonly Role[] = ['operator', 'senior', 'evaluator'];

/** Becomes a page with this status; nothing is logged. */
export class Refused extends Error {
  readonly status: 400 | 403 | 404 | 409;
  readonly said: Text;
  constructor(status: 400 | 403 | 404 | 409, said: Text) {
    super(said.en);
    this.status = status;
    this.said = said;
  }
}

export const NOT_FOUND: Text = { fa: 'چنین صفحه‌ای نیست.', en: 'There is no such page.' };

/** The verdict that the query of an address names. */
export const keyIn = ({ req }: Context): FindingKey => ({
  organization: req.query('organization') ?? '',
  service: req.query('service') ?? null,
  rule: req.query('rule') ?? '',
});

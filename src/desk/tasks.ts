/** Work that takes longer than a request: it goes on by itself, and a page shows how far it is. */
import { UserError } from '../core/errors.ts';
import type { Text } from '../core/model.ts';

export interface Task {
  readonly id: string;
  readonly title: Text;
  /** Where it belongs, and what to look at when it is over. */
  readonly back: string;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly lines: readonly { readonly at: number; readonly text: Text }[];
  readonly state: 'running' | 'done' | 'failed';
  /** What a person can mend, or that it is a fault of ours. */
  readonly failure: Text | null;
  /** What there is to see when it is done. */
  readonly result: { readonly href: string; readonly text: Text } | null;
}

export interface Tasks {
  /** null: one of the same kind is under way for the same thing; its id is in `running`. */
  start(task: Starting): { readonly started: string | null; readonly running: string | null };
  get(id: string): Task | null;
  running(): readonly Task[];
  /** Asks all to stop, and waits for them. */
  close(): Promise<void>;
}

export interface Starting {
  /** Only one of a key runs at a time. */
  readonly key: string;
  readonly title: Text;
  readonly back: string;
  readonly by: string;
  readonly work: (say: (line: Text) => void, signal: AbortSignal) => Promise<Task['result']>;
}

/** Lines that are kept of a task, and tasks that are kept. */
const LINES = 400;
const KEPT = 50;

export function openTasks(now: () => number, newId: () => string, onFault: (error: unknown) => void): Tasks {
  const tasks = new Map<string, { -readonly [K in keyof Task]: Task[K] } & { readonly key: string }>();
  const working = new Set<Promise<void>>();
  const stop = new AbortController();
  return {
    start({ key, title, back, by, work }) {
      const same = [...tasks.values()].find((task) => task.key === key && task.state === 'running');
      if (same) return { started: null, running: same.id };
      const lines: { at: number; text: Text }[] = [];
      const task = { id: newId(), key, title, back, startedBy: by, startedAt: now(), lines, state: 'running' as Task['state'], failure: null as Text | null, result: null as Task['result'] };
      tasks.set(task.id, task);
      for (const [id, { state }] of tasks) if (tasks.size > KEPT && state !== 'running') tasks.delete(id);
      const say = (text: Text): void => {
        lines.push({ at: now(), text });
        if (lines.length > LINES) lines.shift();
      };
      const done = work(say, stop.signal).then(
        (result) => {
          task.result = result;
          task.state = 'done';
        },
        (error: unknown) => {
          task.state = 'failed';
          task.failure = error instanceof UserError ? error.said : null;
          if (!(error instanceof UserError)) onFault(error);
        },
      );
      working.add(done);
      void done.finally(() => working.delete(done));
      return { started: task.id, running: task.id };
    },
    get: (id) => tasks.get(id) ?? null,
    running: () => [...tasks.values()].filter(({ state }) => state === 'running'),
    async close() {
      stop.abort(new Error('stopped'));
      await Promise.all(working);
    },
  };
} // prettier-ignore

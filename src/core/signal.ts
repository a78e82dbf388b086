/** A signal: one fact about one page alone, as a visitor reads it. */
import type { Spot } from './look.ts';
import type { Text } from './model.ts';
import type { PageView } from './page-view.ts';

export type SignalVerdict = 'present' | 'absent' | 'unclear';

export interface Signal<C extends string = string> {
  /** As in the vocabulary of signals. */
  readonly name: string;
  readonly title: Text;
  /** The element that shows it; null when the page does not have it; `unclear` when only a person can say. */
  readonly find: (page: PageView<C>) => Spot | 'unclear' | null;
}

export interface SignalAnswer {
  readonly verdict: SignalVerdict;
  readonly spot: Spot | null;
}

/**
 * What a page answers to each signal. An answer is looked for when it is first asked for: rules want a few signals of most
 * pages, and many of the first page alone.
 */
export interface SignalAnswers extends Iterable<[name: string, answer: SignalAnswer]> {
  get(name: string): SignalAnswer | undefined;
}

/** Words below which a page that is built by scripts says nothing yet: "absent" would be a guess. */
const EMPTY_PAGE_WORDS = 12;

/** The answers of a page to the signals. A page without content answers `unclear` for what it does not show. */
export function detectSignals<C extends string>(page: PageView<C>, signals: readonly Signal<C>[]): SignalAnswers {
  return new Answers(page, signals);
}

class Answers<C extends string> implements SignalAnswers {
  private readonly page: PageView<C>;
  private readonly signals: readonly Signal<C>[];
  private readonly found = new Map<string, SignalAnswer>();

  constructor(page: PageView<C>, signals: readonly Signal<C>[]) {
    this.page = page;
    this.signals = signals;
  }

  get(name: string): SignalAnswer | undefined {
    const known = this.found.get(name);
    if (known) return known;
    const signal = this.signals.find((candidate) => candidate.name === name);
    return signal && this.look(signal);
  }

  *[Symbol.iterator](): Generator<[string, SignalAnswer]> {
    for (const signal of this.signals) yield [signal.name, this.found.get(signal.name) ?? this.look(signal)];
  }

  private look({ name, find }: Signal<C>): SignalAnswer {
    const spot = find(this.page);
    const answer: SignalAnswer =
      spot === 'unclear' || (spot === null && !STRUCTURAL.has(name) && isEmpty(this.page))
        ? UNCLEAR
        : spot === null
          ? ABSENT
          : { verdict: 'present', spot };
    this.found.set(name, answer);
    return answer;
  }
}

const isEmpty = ({ runs, words, links, scripts }: PageView): boolean =>
  runs.length === 0 || (words < EMPTY_PAGE_WORDS && links.length < 3 && scripts.length > 0);

const ABSENT: SignalAnswer = { verdict: 'absent', spot: null };
const UNCLEAR: SignalAnswer = { verdict: 'unclear', spot: null };
/** Signals that an empty page answers as well as a full one. */
const STRUCTURAL = new Set(['html_lang', 'rtl_dir', 'mobile_viewport']);

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

export type SignalAnswers = ReadonlyMap<string, SignalAnswer>;

/** Words below which a page that is built by scripts says nothing yet: "absent" would be a guess. */
const EMPTY_PAGE_WORDS = 12;

/** Answers every signal for a page. A page without content answers `unclear` for what it does not show. */
export function detectSignals<C extends string>(page: PageView<C>, signals: readonly Signal<C>[]): SignalAnswers {
  const answers = new Map<string, SignalAnswer>();
  const empty =
    page.runs.length === 0 || (page.words < EMPTY_PAGE_WORDS && page.links.length < 3 && page.scripts.length > 0);
  for (const signal of signals) {
    const found = signal.find(page);
    if (found === null) answers.set(signal.name, empty && !STRUCTURAL.has(signal.name) ? UNCLEAR : ABSENT);
    else if (found === 'unclear') answers.set(signal.name, UNCLEAR);
    else answers.set(signal.name, { verdict: 'present', spot: found });
  }
  return answers;
}

const ABSENT: SignalAnswer = { verdict: 'absent', spot: null };
const UNCLEAR: SignalAnswer = { verdict: 'unclear', spot: null };
/** Signals that an empty page answers as well as a full one. */
const STRUCTURAL = new Set(['html_lang', 'rtl_dir', 'mobile_viewport']);

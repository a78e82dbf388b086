import { copyOf } from './copy-of.ts';

/** What was last met, by text; it forgets what has not come again for long. */
export interface Recent<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

/**
 * Keeps `most` values at most: when half of them are new, the older half is forgotten but for what was asked for since.
 * To forget everything at once would have what comes again on every page made anew, each time that a page of many texts
 * has filled the rest.
 */
export function recent<Value>(most: number): Recent<Value> {
  const half = Math.max(1, most >> 1);
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (text: string, value: Value): void => {
    if (young.size >= half) {
      old = young;
      young = new Map();
    }
    // asked for may be a part of a page, which would keep the whole page
    young.set(copyOf(text, 0, text.length), value);
  };
  return {
    get(text) {
      const value = young.get(text);
      if (value !== undefined) return value;
      const older = old.get(text);
      if (older !== undefined) set(text, older);
      return older;
    },
    set,
  };
}

/**
 * The same answers as the function gives, kept for texts that come again: the pages of a site repeat their addresses,
 * hosts and class names. Nothing is kept of texts with more than `longest` letters, and no more than `most` answers,
 * since a hostile page has as many and as long texts as it likes. The function must be pure.
 */
export function remember<Value extends NonNullable<unknown> | null>(
  most: number,
  longest: number,
  answer: (text: string) => Value,
): (text: string) => Value {
  const known = recent<Value>(most);
  return (text) => {
    if (text.length > longest) return answer(text);
    let value = known.get(text);
    if (value === undefined) {
      value = answer(text);
      known.set(text, value);
    }
    return value;
  };
}

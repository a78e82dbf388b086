/** Shapes of what a person writes, which say in both languages what they expected. */
import type { z } from 'zod';
import { persian } from '../core/errors.ts';
import type { Text } from '../core/model.ts';

/** Chooses the words of one language. */
export type Say = (fa: string, en: string) => string;

export interface Mistake {
  readonly path: readonly PropertyKey[];
  /** Settings that there are not. */
  readonly strangers: readonly string[];
  readonly expected: Text;
}

/** The same in each language, but for its words. */
export const inBoth = <T>(make: (say: Say) => T): { readonly fa: T; readonly en: T } => ({
  fa: make((fa) => fa),
  en: make((_, en) => en),
});

/** What the shape in English complained of in the value, with what the same shape in Persian says of it. */
export function mistakesOf({ issues }: z.ZodError, inPersian: z.ZodType, value: unknown): Mistake[] {
  const told = inPersian.safeParse(value, { error: persianOf }).error!.issues;
  return issues.map((issue, at) => ({
    path: issue.path,
    strangers: issue.code === 'unrecognized_keys' ? issue.keys : [],
    expected: { fa: told[at]!.message, en: issue.message },
  }));
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'متن',
  array: 'فهرست',
  object: 'چند تنظیم با نام',
  record: 'چند نام با مقدار',
};

/** Where a shape has no words of its own. */
const persianOf: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? persian`${issue.expected}`;
    case 'invalid_value':
      return persian`یکی از ${issue.values.join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? 'فهرستی که خالی نباشد' : 'متنی که خالی نباشد';
    case 'unrecognized_keys':
      return persian`تنظیم‌های شناخته، بی ${issue.keys.join(', ')}`;
    default:
      return 'مقداری دیگر';
  }
};

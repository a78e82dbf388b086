import type { Text } from './model.ts';

/** A mistake of the user, told in both languages: printed without a stack, exit code 2. Its `message` is the English. */
export class UserError extends Error {
  readonly said: Text;

  constructor(said: Text, options?: ErrorOptions) {
    super(said.en, options);
    this.name = 'UserError';
    this.said = said;
  }
}

/**
 * Tag of a Persian text: paths, names and commands are isolated in it, so that they keep their order, and numbers are
 * written in its digits.
 */
export const persian = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  String.raw(
    { raw: parts },
    ...values.map((value) => (typeof value === 'number' ? value.toLocaleString('fa-IR') : `\u2068${value}\u2069`)),
  );

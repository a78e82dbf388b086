/**
 * HTML that is safe by construction: what is put into a template is escaped, and only what a template made is not.
 * The one place where text becomes markup.
 */

/** Markup that `markup` made. Nothing else makes one, so a string from a website never passes for it. */
export class Markup {
  readonly text: string;
  private constructor(text: string) {
    this.text = text;
  }
  /** For literals of this program only: style sheets, the fixed frame of a page. */
  static literal(text: string): Markup {
    return new Markup(text);
  }
  toString(): string {
    return this.text;
  }
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** A template whose values are escaped, as content and as quoted attribute alike. Lists are joined, nothing is dropped but null and false. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let out = literals[0]!;
  for (let i = 0; i < parts.length; i++) out += render(parts[i]) + literals[i + 1]!;
  return Markup.literal(out);
}

export const NONE = Markup.literal('');

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') {
    let out = '';
    for (const one of part) out += render(one);
    return out;
  }
  return escapeText(String(part));
}

/**
 * Controls that HTML forbids, and those that turn the reading direction around: with these a quotation could show other
 * words than it has. Joiners and the two plain direction marks stay, Persian needs them.
 */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]|\p{Noncharacter_Code_Point}/gu;
const HALF_PAIRS = /\p{Surrogate}/gu;
const SPECIAL = /[&<>"'`]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }; // prettier-ignore

/** Text without what could disturb a line: for the terminal and for plain files. */
export const plainText = (text: string): string => text.replace(FORBIDDEN, '').replace(HALF_PAIRS, '\ufffd');

export function escapeText(text: string): string {
  return plainText(text).replace(SPECIAL, (char) => ENTITIES[char]!);
}

/** The address when it is one that may be linked to; null for scripts, data and what is not an address at all. */
export function webAddress(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url)) return null;
  try {
    return new URL(url).href;
  } catch {
    return null;
  }
}

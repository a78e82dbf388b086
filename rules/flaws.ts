/** How a page sends and takes its parts, as every visitor's browser sees it: what goes without encryption. */
import { spotOfNode } from '../src/core/look.ts';
import type { Snapshot } from '../src/core/model.ts';
import type { Seen, Shown } from './define.ts';

/** Cookies that stand for a log-in; those of languages and counters may travel as they like. */
const SESSION_COOKIE = /sess|auth|token|(?:^|[._-])sid|^\.asp/i;

export interface Flaw {
  readonly proof: Shown;
  readonly action: string;
}

/** A password that would leave the page without encryption. */
export function plainPassword(seen: Seen): Flaw | null {
  const { page } = seen;
  for (const { type, node, form, label, name } of page.fields) {
    if (type !== 'password') continue;
    const action = [page.forms[form]?.action ?? page.url, page.url].find((url) => url.startsWith('http:'));
    if (action) return { proof: { seen, spot: spotOfNode(node, label || name) }, action };
  }
  return null;
}

/** Any form that would. */
export function plainForm(seen: Seen): Flaw | null {
  const form = seen.page.forms.find(({ action }) => action.startsWith('http:'));
  return form ? { proof: { seen, spot: spotOfNode(form.node, form.label || form.action) }, action: form.action } : null;
}

/** A part of a secure page that is taken without encryption and could change the rest. */
export function mixedContent(seen: Seen): Flaw | null {
  const { page } = seen;
  if (!page.url.startsWith('https:')) return null;
  const frame = page.frames.find(({ src }) => src.startsWith('http:'));
  if (frame) return { proof: { seen, spot: spotOfNode(frame.node, frame.title || frame.src) }, action: frame.src };
  const script = page.scripts.find((src) => src.startsWith('http:'));
  return script ? { proof: { seen, spot: spotOfNode(page.body, script) }, action: script } : null;
}

/** Names of session cookies that may travel without encryption. */
export function openCookies({ headers }: Snapshot): string[] {
  return headers
    .filter(
      ([name, value]) =>
        name.toLowerCase() === 'set-cookie' && SESSION_COOKIE.test(value.split('=')[0]!) && !/;\s*secure/i.test(value),
    )
    .map(([, value]) => value.split('=')[0]!);
}

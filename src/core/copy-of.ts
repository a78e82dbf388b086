/** Letters from which on V8 lets a part of a text point into the whole, and so keeps the whole page for a link. */
const SLICED = 13;

/** A part of a text without the text: two parts put together are written anew when one of their letters is read. */
export function copyOf(text: string, from: number, to: number): string {
  if (to - from < SLICED) return text.slice(from, to);
  const copy = text.slice(from, from + 1) + text.slice(from + 1, to);
  return copy.charCodeAt(1) === text.charCodeAt(from + 1) ? copy : '';
}

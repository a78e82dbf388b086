/** The people of the desk as plain text. */
import type { Person, PersonState } from '../core/person.ts';
import { plainText } from './markup.ts';
import { cellWidth, GAP, mark, oneLine } from './table-text.ts';
import { voiceOf, type Lang } from './voice.ts';
import { PERSON_ROLE_NAMES, PERSON_STATE_NAMES } from './words.ts';

export interface ListedPerson extends Person {
  readonly state: PersonState;
}

/** One line a person: id, role, state, name, and the organizations of which they speak or see nothing. */
export function peopleText(people: readonly ListedPerson[], lang: Lang): string {
  const voice = voiceOf(lang, 'gregorian');
  const { say, text } = voice;
  const rows = people.map(({ id, role, state, name, organization, ties }) => [
    id,
    text(PERSON_ROLE_NAMES[role]),
    text(PERSON_STATE_NAMES[state]),
    oneLine(name) +
      (organization === null ? '' : say(`، از سوی ${plainText(organization)}`, `, for ${plainText(organization)}`)) +
      (ties.length === 0 ? '' : `${GAP}${say('بسته به', 'tied to')} ${ties.map(plainText).join(' ')}`),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => cellWidth(row[column]!))));
  return rows
    .map((row) => row.map((cell, column) => mark(voice) + cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cellWidth(cell)))))
    .map((cells) => `${cells.join(GAP).trimEnd()}\n`)
    .join(''); // prettier-ignore
}

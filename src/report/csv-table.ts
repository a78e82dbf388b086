/**
 * A table as CSV that opens in spreadsheets: with a byte order mark, because without it these take UTF-8 for something
 * else, and with an apostrophe before whatever they would run as a formula.
 */
import { stringify } from 'csv-stringify/sync';
import { plainText } from './markup.ts';

export type Cell = string | number | null;

/** Header with the byte order mark; without a header the rows alone, to go on with. */
export function csvTable(head: readonly string[] | null, rows: readonly (readonly Cell[])[]): string {
  const clean = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell)));
  return stringify(head ? [head, ...clean] : clean, {
    bom: head !== null,
    escape_formulas: true,
    cast: { string: dashAsItIs },
  });
}

/** A dash alone is what stands in a cell without a number, and no formula. */
const dashAsItIs = (cell: string): string | { value: string; escape_formulas: false } =>
  cell === '-' ? { value: cell, escape_formulas: false } : cell;

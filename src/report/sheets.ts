/**
 * Sheets of a workbook, right to left in Persian: tables whose numbers, shares and times are of their own types, and whose
 * texts are text cells, so that nothing a page or a registry says is ever taken for a formula.
 */
import { colToLetter, type Cell as SheetCell, type CellStyle, type WriteSheet } from 'hucre/xlsx';
import type { Text } from '../core/model.ts';
import { exact } from '../core/score.ts';
import { plainText } from './markup.ts';
import type { Voice } from './voice.ts';

/** Rows of a sheet and characters of a cell: the limits of Excel. */
export const MAX_ROWS = 1_048_576;
const MAX_CELL_LENGTH = 32_767;

// ---------------------------------------------------------------- tables

export type Value = string | number | Date | null;

/**
 * How a column's cells are typed and shown. Texts: `text` in the language of the workbook, `lines` the same over several
 * lines, `other` in the other language, `quote` in whatever language it was found, `code` what reads from left to right,
 * as addresses and ids do. `number` has whatever decimals it comes with, `difference` a sign.
 */
export type Kind =
  'text' | 'lines' | 'other' | 'quote' | 'code' | 'count' | 'points' | 'difference' | 'number' | 'share' | 'time';

export interface Column<Row> {
  readonly head: string;
  readonly kind: Kind;
  /** In characters. */
  readonly width: number;
  readonly of: (row: Row) => Value;
  /** Draws a bar in each cell, from 0 to this number. */
  readonly bar?: number;
}

export interface Table<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** Columns that stay in sight. */
  readonly frozen: number;
}

/** The name of a row in the language of the workbook, and in the other one. */
export const namesOf = <Row>(voice: Voice, head: string, of: (row: Row) => Text): [Column<Row>, Column<Row>] => [
  { head, kind: 'text', width: 38, of: (row) => voice.text(of(row)) },
  { head: `${head} (${voice.say('انگلیسی', 'Persian')})`, kind: 'other', width: 30, of: (row) => of(row)[voice.lang === 'fa' ? 'en' : 'fa'].trim() }, // prettier-ignore
];

// ---------------------------------------------------------------- the sheet of the method

/** A line of the sheet on the method; without a value it begins a section. */
export interface Entry {
  readonly item: string;
  readonly value?: Value;
  readonly kind?: Kind;
  readonly remark?: string | null;
}

/** The sheet on the method. Kinds differ from row to row here, so that the cells have styles and not the columns. */
export function methodSheet(voice: Voice, entries: readonly Entry[], remarkHead: string): WriteSheet {
  const { say } = voice;
  const table: Table<Entry> = {
    name: say('روش', 'Method'),
    frozen: 0,
    columns: [
      { head: say('موضوع', 'Item'), kind: 'text', width: 34, of: ({ item }) => item },
      { head: say('مقدار', 'Value'), kind: 'lines', width: 78, of: ({ value = null }) => value },
      { head: remarkHead, kind: 'lines', width: 46, of: ({ remark = null }) => remark },
    ],
  }; // prettier-ignore
  const sheet = sheetOf(voice, table, entries);
  const start = { horizontal: startOf(voice.dir), indent: 1 };
  entries.forEach(({ kind, value, remark }, index) => {
    const isSection = value === undefined;
    const lines = Math.max(linesOf(value, table.columns[1]!), linesOf(remark, table.columns[2]!));
    if (lines > 1) sheet.rowDefs!.set(index + 1, { height: lines * LINE_HEIGHT });
    for (const column of isSection ? table.columns.keys() : kind ? [1] : []) {
      const own = isSection ? sectionStyle(voice) : styleOf(voice, kind!);
      const style = { ...own, alignment: { ...own.alignment, ...start } };
      const key = `${index + 1},${column}`;
      sheet.cells!.set(key, { ...sheet.cells!.get(key), style });
    }
  });
  const { autoFilter: _, ...plain } = sheet;
  return plain;
}

/** Not every program finds out by itself how high a row has to be. */
const linesOf = (value: Value | undefined, { width }: Column<Entry>): number =>
  typeof value === 'string' ? Math.ceil(value.length / width) : 1;

// ---------------------------------------------------------------- sheets

const LINE_HEIGHT = 15; // points
const ACCENT = '0D5166';
const TINT = 'B9D3DA';
const BAR = '6FA8B8';

/** Fonts with good Persian, or that every office program has a stand-in for. */
export const fontOf = ({ lang }: Voice): { name: string; size: number } =>
  lang === 'fa' ? { name: 'Tahoma', size: 10 } : { name: 'Calibri', size: 11 };

/** `@` is the format of texts: a cell keeps being one when somebody edits it, whatever its first character is. */
const FORMATS: Readonly<Record<Kind, string>> = { text: '@', lines: '@', other: '@', quote: '@', code: '@', count: '#,##0', points: '0.00', difference: '+0.00;-0.00;0.00', number: 'General', share: '0.0%', time: 'yyyy-mm-dd hh:mm' }; // prettier-ignore

function styleOf(voice: Voice, kind: Kind): CellStyle {
  return { numFmt: FORMATS[kind], alignment: { vertical: 'top', ...alignmentOf(voice, kind), ...(kind === 'lines' ? { wrapText: true } : {}) } }; // prettier-ignore
}

/** A long address is cut off at its end, so it begins at the left also where everything else begins at the right. */
function alignmentOf({ dir }: Voice, kind: Kind): NonNullable<CellStyle['alignment']> {
  if (FORMATS[kind] !== '@') return { horizontal: 'right', readingOrder: 'ltr' };
  const readingOrder = kind === 'code' ? 'ltr' : kind === 'quote' ? 'context' : kind === 'other' ? (dir === 'rtl' ? 'ltr' : 'rtl') : dir; // prettier-ignore
  return { horizontal: kind === 'code' ? 'left' : startOf(dir), readingOrder, indent: 1 };
}

const startOf = (dir: Voice['dir']): 'left' | 'right' => (dir === 'rtl' ? 'right' : 'left');

const headStyle = (voice: Voice, kind: Kind): CellStyle => ({
  font: { ...fontOf(voice), bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: ACCENT } },
  alignment: { ...alignmentOf(voice, kind), vertical: 'center', wrapText: true, readingOrder: voice.dir },
  numFmt: '@',
});

const sectionStyle = (voice: Voice): CellStyle => ({
  font: { ...fontOf(voice), bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: TINT } },
  alignment: { ...alignmentOf(voice, 'text'), vertical: 'center' },
  numFmt: '@',
});

/** Words that the library would write as the errors of formulas. */
const ERROR_WORD = /^#[A-Z0-9_/]+[!?]?$/;

/** With `later`, the sheet has one empty row in the place of so many that are written later. */
export function sheetOf<Row>(voice: Voice, table: Table<Row>, rows: readonly Row[], later?: number): WriteSheet {
  const { columns, name, frozen } = table;
  const rowCount = later ?? rows.length;
  const cells = new Map<string, Partial<SheetCell>>(columns.map(({ kind }, column) => [`0,${column}`, { style: headStyle(voice, kind) }])); // prettier-ignore
  const values = rows.map((row, index) =>
    columns.map(({ of }, column) => {
      const value = typed(of(row));
      if (typeof value === 'string' && ERROR_WORD.test(value)) cells.set(`${index + 1},${column}`, { richText: [{ text: value }] }); // prettier-ignore
      return value;
    }),
  );
  if (later !== undefined) values.push(columns.map(() => null));
  const last = colToLetter(columns.length - 1);
  return {
    name,
    columns: columns.map(({ width, kind }) => ({ width, style: styleOf(voice, kind) })),
    rows: [columns.map(({ head }) => cellText(head)), ...values],
    cells,
    rowDefs: new Map([[0, { height: 2.3 * LINE_HEIGHT }]]),
    freezePane: frozen > 0 ? { rows: 1, columns: frozen } : { rows: 1 },
    autoFilter: { range: `A1:${last}${rowCount + 1}` },
    conditionalRules: columns.flatMap(({ bar }, column) => {
      const letter = colToLetter(column);
      return bar === undefined || rowCount === 0
        ? []
        : [{ type: 'dataBar' as const, priority: column + 1, range: `${letter}2:${letter}${rowCount + 1}`, dataBar: { cfvo: [{ type: 'num' as const, value: '0' }, { type: 'num' as const, value: String(bar) }], color: `FF${BAR}` } }]; // prettier-ignore
    }),
    view: { rightToLeft: voice.dir === 'rtl' },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

function typed(value: Value): Value {
  if (typeof value !== 'string') return value;
  return cellText(value) || null;
}

/**
 * A text as a cell may hold it: without controls, one kind of line break, no longer than Excel takes. What looks like an
 * escape of the format (`_x003D_` would be shown as an equals sign) is escaped itself.
 */
export function cellText(text: string): string {
  const plain = plainText(text.replace(/\r\n?/g, '\n'));
  const cut = plain.length > MAX_CELL_LENGTH ? `${plain.slice(0, MAX_CELL_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…` : plain; // prettier-ignore
  return cut.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

// ---------------------------------------------------------------- rows that the library never sees

/** A row for `finished`, its cells in the styles that the sheet gives its columns. */
export function rowXml(row: number, values: readonly Value[], styles: readonly string[]): string {
  let xml = `<row r="${row}">`;
  values.forEach((value, column) => {
    const own = typed(value);
    if (own === null || (typeof own === 'number' && !Number.isFinite(own))) return;
    const start = `<c r="${COLUMN_LETTERS[column]}${row}" s="${styles[column]}"`;
    xml +=
      typeof own === 'string'
        ? `${start} t="inlineStr"><is><t xml:space="preserve">${xmlText(own)}</t></is></c>`
        : `${start}><v>${typeof own === 'number' ? own : serialOf(own)}</v></c>`;
  });
  return `${xml}</row>`;
}

const COLUMN_LETTERS = Array.from({ length: 40 }, (_, column) => colToLetter(column));

const xmlText = (text: string): string =>
  text.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'));

/** Days since the last day of 1899, as spreadsheets count them. */
const serialOf = (time: Date): number => exact(time.getTime() / 86_400_000 + 25_569);

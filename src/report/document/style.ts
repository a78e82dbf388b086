/** The look of the printed document: A4, one family of type in two weights, thin rules, and nothing told by colour alone. */
import { CHART_STYLE } from '../charts/chart.ts';
import { plainText } from '../markup.ts';
import type { Voice } from '../voice.ts';

/** The two weights of the document's font as WOFF2 files. Static ones: a variable font would be drawn and not embedded. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** What stands at the head of the pages of a part of the document. */
export interface RunningHead {
  /** Name of the pages in the style sheet. */
  readonly page: string;
  readonly text: string;
}

/** Millimetres. */
const MARGIN = { top: 29, side: 24, bottom: 25 } as const;
/** Of the line at the head, what the name of the part may take; the rest is the document's. */
const PART_SHARE = 52; // percent

export interface StyleParts {
  readonly fonts: Fonts;
  /** The document's title, on each page. */
  readonly title: string;
  readonly heads: readonly RunningHead[];
}

export const documentStyle = (voice: Voice, parts: StyleParts): string =>
  `${fontFaces(parts.fonts)}${pageRules(voice, parts)}${BASE}${CHART_STYLE}@media print{${CHARTS_IN_PRINT}}`;

const fontFaces = ({ regular, bold }: Fonts): string =>
  ([[regular, 400], [bold, 700]] as const)
    .map(([bytes, weight]) => `@font-face{font-family:Vazirmatn;font-weight:${weight};src:url(data:font/woff2;base64,${Buffer.from(bytes).toString('base64')}) format("woff2")}\n`)
    .join(''); // prettier-ignore

/** Heads and page numbers are margin boxes of the pages: only there do page counters know the digits of the language. */
function pageRules({ dir, lang, say }: Voice, { title, heads }: StyleParts): string {
  const [start, end] = dir === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const digits = lang === 'fa' ? 'persian' : 'decimal';
  const box = `font:7.6pt/1.3 Vazirmatn;color:#444;direction:${dir}`;
  const head = `${box};vertical-align:bottom;padding-bottom:2mm;border-bottom:.5pt solid #8a8a8a;margin-bottom:6mm;white-space:nowrap;overflow:hidden`;
  return `
@page{size:A4;margin:${MARGIN.top}mm ${MARGIN.side}mm ${MARGIN.bottom}mm;
@top-${start}{content:"";width:${PART_SHARE}%;text-align:${start};${head}}
@top-${end}{content:${cssText(title)};width:${100 - PART_SHARE}%;text-align:${end};${head}}
@bottom-center{content:"${say('صفحه ', 'Page ')}" counter(page,${digits}) "${say(' از ', ' of ')}" counter(pages,${digits});${box};vertical-align:top;padding-top:7mm}}
@page cover{margin:0;@top-left{content:none}@top-right{content:none}@bottom-center{content:none}}
${heads.map(({ page, text }) => `@page ${page}{@top-${start}{content:${cssText(text)}}}`).join('\n')}
`;
}

/** A text as a string of a style sheet; whatever is not a letter, a digit or a space is written as its number. */
export const cssText = (text: string): string =>
  `"${plainText(text).replace(/\s+/gu, ' ').replace(/[^\p{L}\p{M}\p{N} ]/gu, (char) => `\\${char.codePointAt(0)!.toString(16)} `)}"`; // prettier-ignore

const BASE = `
:root{--paper:#fff;--wash:#f3f2ee;--ink:#16191c;--soft:#4d5359;--line:#cdccc7;--strong:#85888a;--accent:#0d5166;--tint:#b9d3da;--point:#16191c}
*,::before,::after{box-sizing:border-box}
html{font-size:9.6pt}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.8 Vazirmatn,Tahoma,sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body:lang(en){line-height:1.55}
h1,h2,h3,h4{margin:0;font-weight:700;line-height:1.45;break-after:avoid;break-inside:avoid;overflow-wrap:anywhere}
p,ul,ol,dl,dd,figure{margin:0}
p{orphans:3;widows:3}
a{color:inherit;text-decoration:none}
.under,.note,.legend,.aside,.source{color:var(--soft)}
.note,.legend,.source{font-size:.86rem;line-height:1.65}
code{font:inherit;font-size:.92em;overflow-wrap:anywhere}
bdi[dir=ltr],code[dir=ltr]{unicode-bidi:isolate}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.url{overflow-wrap:anywhere}

.cover{page:cover;block-size:296mm;padding:34mm 30mm 26mm;display:flex;flex-direction:column;overflow:hidden}
.cover .publisher{font-size:1.25rem;color:var(--soft)}
.cover .publisher::after{content:"";display:block;inline-size:34mm;border-block-end:1.6pt solid var(--accent);margin-block-start:5mm}
.cover h1{font-size:2.7rem;line-height:1.5;margin-block-start:46mm;text-wrap:balance}
.cover .subtitle{font-size:1.35rem;color:var(--soft);margin-block-start:5mm}
.cover .state{font-weight:700;margin-block-start:8mm;border:.8pt solid var(--ink);padding:1mm 4mm;align-self:start}
.cover .imprint{margin-block-start:auto;border-block-start:.5pt solid var(--strong);padding-block-start:4mm;font-size:.95rem;display:grid;grid-template-columns:max-content 1fr;gap:.6mm 6mm}
.cover dt{color:var(--soft)}

.contents h2,.chapter>h2{font-size:1.75rem;padding-block-end:2.4mm;border-block-end:1pt solid var(--accent);margin-block-end:6mm}
.contents h3{font-size:1.1rem;margin-block:7mm 1.5mm}
.contents ol{list-style:none;padding:0}
.contents .lists{break-inside:avoid}
.contents li{break-inside:avoid}
.contents a{display:flex;align-items:baseline;gap:2mm;line-height:1.75}
.contents .top>a{font-weight:700;margin-block-start:2.2mm}
.contents .top:has(+li:not(.top)){break-after:avoid}
.contents .num{flex:none;min-inline-size:9mm}
.contents .of-plates .num{min-inline-size:19mm}
/* a rule and no dots: each dot would be a drawing of its own */
.contents .lead{flex:1;min-inline-size:6mm;border-block-end:.4pt solid var(--line);margin-block-end:.3em}
.contents .page{flex:none;min-inline-size:2.6em;font-variant-numeric:tabular-nums}
[dir=rtl] .contents .page{text-align:left}[dir=ltr] .contents .page{text-align:right}

.chapter{break-before:page}
.chapter>h2 .num,.section>h3 .num{color:var(--accent);margin-inline-end:2.5mm}
.chapter>h3,.chapter>h4{font-size:1.12rem;margin-block:5.5mm 1.5mm}
.chapter>p{text-align:justify;margin-block-end:2.6mm}
.chapter>p:lang(en){hyphens:auto}
.chapter>ul{padding-inline-start:5mm;margin-block-end:3mm}
.chapter>ul>li{margin-block-end:1.2mm;break-inside:avoid}
.section>h3{font-size:1.55rem}
.section>.under{margin-block-end:1mm}
.section>h4{font-size:1.05rem;margin-block:4mm 1.4mm}
.section>p{margin-block-end:1.5mm}

.keys{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;border-block:.6pt solid var(--strong);margin-block:2mm 5mm;break-inside:avoid}
.keys>div{padding:2.4mm 3mm;border-inline-start:.5pt solid var(--line)}
.keys>div:first-child{border-inline-start:0;padding-inline-start:0}
.keys dt{color:var(--soft);font-size:.84rem;line-height:1.45}
.keys dd{font-size:1.5rem;font-weight:700;line-height:1.5}
.keys>div{display:flex;flex-direction:column-reverse;justify-content:flex-end}

.facts{display:grid;grid-template-columns:1fr 1fr;gap:.2mm 8mm;border-block:.6pt solid var(--strong);padding-block:1.8mm;margin-block:2mm 3mm;font-size:.9rem;line-height:1.55;break-inside:avoid}
.facts>div{display:flex;gap:2.2mm;align-items:baseline}
.facts>.long{grid-column:1/-1}
.facts dt{color:var(--soft);flex:none}
.facts dd{min-inline-size:0;overflow-wrap:anywhere}

.plate{margin-block:5mm}
.chapter>table{margin-block-end:4mm}
.caption{font-size:.92rem;font-weight:700;line-height:1.5;margin-block-end:1.4mm;break-after:avoid;break-inside:avoid}
.caption .num{color:var(--accent);margin-inline-end:1.5mm}
.plate>.note,.plate>.legend,.section>.note{margin-block-start:1.3mm;break-before:avoid}
figure.plate{break-inside:avoid}
/* not collapsed: those borders would be drawn anew for the whole table on each of its pages */
table{border-collapse:separate;border-spacing:0;inline-size:100%;font-size:.88rem;line-height:1.5;border-block-end:.8pt solid var(--strong)}
table caption{text-align:start;font-weight:700;font-size:.92rem;padding-block-end:1.4mm}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{text-align:start;vertical-align:baseline;padding:.85mm 1.6mm;font-weight:400}
th:first-child,td:first-child{padding-inline-start:0}
th:last-child,td:last-child{padding-inline-end:0}
thead th,thead td{font-weight:700;vertical-align:bottom;line-height:1.35;border-block:.8pt solid var(--strong)}
tbody tr+tr>*{border-block-start:.4pt solid var(--line)}
tbody tr.strong>*,tfoot tr>*{border-block-start:.8pt solid var(--strong)}
tr.strong th,tr.strong td,tfoot th,tfoot td{font-weight:700}
tr.band{break-after:avoid}
table tr.band th:first-child{background:var(--wash);padding-inline:1.6mm;line-height:1.55}
.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
/* digits run from left to right in both directions, so units stand below units at the right */
[dir=rtl] .n{text-align:right}[dir=ltr] .n{text-align:right}
thead .n{white-space:normal}
/* digits of one width are far apart in Persian; nothing but digits is in these cells */
.d:lang(fa){letter-spacing:-.06em}
table.dense{font-size:.82rem}
table.dense :is(th,td){padding-inline:1mm}
table.dense :is(th,td):first-child{padding-inline-start:0}
table.dense :is(th,td):last-child{padding-inline-end:0}
table.dense thead th{font-size:.9em}
table.dense .withheld{white-space:normal}
table.dense .flag{display:inline;white-space:nowrap;margin-inline-start:1.5mm}
sup{font-size:.7em;line-height:0;font-weight:400}
.none{color:var(--soft)}
.range{display:block;color:var(--soft);font-size:.82em;white-space:nowrap;font-weight:400}
.withheld{color:var(--soft);white-space:nowrap;font-weight:400}
.flag{display:block;color:var(--soft);font-size:.86em}
.bar{display:block;inline-size:100%;block-size:2.6mm}
.bar .track{fill:var(--wash);stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.bar .sure{fill:var(--accent)}.bar .open{fill:var(--tint)}.bar .point{fill:var(--point)}
/* kinds of verdicts by lightness, parted by white: they stay apart in grey */
.bar rect[class^=k-]{stroke:#fff;stroke-width:1.5;vector-effect:non-scaling-stroke}
.bar .k-pass{fill:#0d3b4a}.bar .k-partial{fill:#5b93a3}.bar .k-fail{fill:#a8a39a}.bar .k-na{fill:#e9e7e1}.bar .k-open{fill:#c9dbe0}
.key{display:inline-block;inline-size:1.3rem;block-size:.6rem}
.keyed{margin-inline-end:4mm}
.key.sure{background:var(--accent)}.key.open{background:var(--tint);outline:.5pt solid var(--strong)}.key.point{inline-size:.2rem;block-size:.8rem;background:var(--point)}
.key.k-pass{background:#0d3b4a}.key.k-partial{background:#5b93a3}.key.k-fail{background:#a8a39a}.key.k-na{background:#e9e7e1}.key.k-open{background:#c9dbe0}
.signs{position:absolute}
.v{white-space:nowrap}
.v svg{inline-size:1em;block-size:1em;vertical-align:-.12em;margin-inline-end:1mm;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
symbol .full{fill:currentColor;stroke:none}
.notes{list-style:none;padding:0;font-size:.84rem;line-height:1.6;color:var(--soft);margin-block-start:1.4mm;break-before:avoid}
.notes li{display:flex;gap:1.5mm;break-inside:avoid}
.notes .mark{flex:none;min-inline-size:4mm}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8mm;break-inside:avoid;margin-block:3mm 0}
.pair>div{min-inline-size:0}
.pair.late{grid-template-columns:minmax(0,9fr) minmax(0,11fr)}
.pair+.block{margin-block-start:3mm}
.whole,.block{break-inside:avoid}
.whole table{font-size:.84rem;line-height:1.35}
.whole :is(th,td){padding-block:.75mm}
.gains{padding-inline-start:6mm;font-size:.92rem;line-height:1.6}
.gains:lang(fa){list-style-type:persian}
.gains li{break-inside:avoid;margin-block-end:.8mm}
.two{columns:2;column-gap:9mm}
.columns{columns:2;column-gap:8mm;padding-inline-start:4mm;font-size:.9rem}
.columns li{break-inside:avoid}
.quoted{border-inline-start:1.6pt solid var(--accent);padding-inline-start:4mm;break-inside:avoid}
`;

/** The page says how wide a drawing may be, and each takes the size that it has room for. */
const CHARTS_IN_PRINT = `
.chart,.chart.small{margin-block:1mm;max-inline-size:none}
.pair .chart{margin-block:0}
`;

/** The look of the report and its one script: a page of print that also works on a phone. */
import { CHART_STYLE } from './charts/chart.ts';
import { Markup } from './markup.ts';

/** Colours, light and dark. Each text colour has at least 4.5 : 1 on both `paper` and `wash`. */
const COLOURS = `
:root{color-scheme:light dark;
--paper:#fff;--wash:#f5f4f0;--ink:#1b2126;--soft:#545d65;--line:#dbd8d0;--strong:#8b8f92;
--accent:#0d5166;--tint:#b9d3da;--point:#1b2126;
--pass:#1c6a3c;--partial:#855500;--fail:#a52a20;--na:#545d65;--open:#41509a;--error:#7a2d72;
--mark:#ffe08a;--mark-ink:#1b2126}
@media (prefers-color-scheme:dark){:root{
--paper:#14181b;--wash:#1c2226;--ink:#e7e5df;--soft:#a9b1b6;--line:#343c41;--strong:#6f7a80;
--accent:#86c5d6;--tint:#2c5562;--point:#fff;
--pass:#82cd9f;--partial:#e2b762;--fail:#f29b8f;--na:#a9b1b6;--open:#b1bbf3;--error:#dca0d6;
--mark:#6a5410;--mark-ink:#fff6dc}}
@media print{:root{--paper:#fff;--wash:#fff;--ink:#000;--soft:#333;--line:#bbb;--strong:#777;--accent:#0d5166;--tint:#b9d3da;--point:#000;
--pass:#1c6a3c;--partial:#855500;--fail:#a52a20;--na:#444;--open:#41509a;--error:#7a2d72}}`;

const fonts = (folder: string): string =>
  [
    ['Regular', 400],
    ['Bold', 700],
  ]
    .map(
      ([name, weight]) =>
        `@font-face{font-family:Vazirmatn;font-weight:${weight};font-display:swap;src:url(${folder}Vazirmatn-${name}.woff2) format("woff2")}`,
    )
    .join('\n');

const BASE = `
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-block-start:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.75 Vazirmatn,"Segoe UI",Tahoma,"Noto Sans Arabic",system-ui,sans-serif;font-variant-numeric:tabular-nums}
[lang=en] body,body:lang(en){line-height:1.6}
a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:.18rem solid var(--accent);outline-offset:.15rem;border-radius:.1rem}
main:focus,section:focus{outline:none}
h1,h2,h3,h4{line-height:1.4;margin:0;font-weight:700;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:clamp(1.5rem,1.2rem + 1.5vw,2.1rem)}
h2{font-size:1.35rem}h3{font-size:1.1rem}h4{font-size:1rem}
p,ul,ol,dl{margin:0}
code,kbd{font:400 .86em/1.5 ui-monospace,"Cascadia Mono","DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
.url{overflow-wrap:anywhere}
bdi[dir=ltr],code[dir=ltr]{unicode-bidi:isolate}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;padding:.4rem 1rem;background:var(--accent);color:var(--paper);z-index:2}
.skip:focus{inset-block-start:.5rem}
.note,.legend,.source,.aside{color:var(--soft);font-size:.9rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:.35rem 2rem;font-size:.92rem}
.facts>div{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline;align-content:start;min-inline-size:0}
.facts>.long{grid-column:1/-1}
.facts dt{color:var(--soft);flex:none}
.facts dd{margin:0;flex:1 1 7rem;min-inline-size:0;overflow-wrap:anywhere}
`;

export const REPORT_STYLE = `${fonts('')}${COLOURS}${BASE}
.wide{max-inline-size:78rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
.top{border-block-end:1px solid var(--line);border-block-start:.3rem solid var(--accent)}
.top .wide{display:flex;flex-wrap:wrap;gap:.2rem 2.5rem;justify-content:space-between;align-items:baseline;padding-block:.9rem}
.brand a{color:inherit;text-decoration:none}
.brand b{font-size:1.15rem}
.brand span{color:var(--soft);font-size:.92rem;margin-inline-start:.5rem}
.top ul{display:flex;gap:.4rem 1.6rem;list-style:none;padding:0}
.top li a{display:inline-block;padding-block:.2rem;text-decoration:none;border-block-end:.15rem solid transparent}
.top li a:hover,.top li a[aria-current]{border-color:currentColor}
.top li a[aria-current]{color:var(--ink)}
main{padding-block:1.6rem 3.5rem}
main>section,main>div>section{margin-block-start:3rem}
main section>h2{margin-block-end:.7rem}
.trail{margin-block-end:1.4rem;font-size:.9rem}
.trail ol{display:flex;flex-wrap:wrap;list-style:none;padding:0;gap:.1rem .55rem}
.trail li+li::before{content:"/";color:var(--strong);margin-inline-end:.55rem}
.trail li[aria-current]{color:var(--soft)}
h1+.lead,h1+.under{margin-block-start:.4rem}
.under{color:var(--soft)}
.lead{max-inline-size:46rem;margin-block-start:.6rem}
.lead+.lead{margin-block-start:.8rem}
.text{max-inline-size:46rem}
.cards+.text{margin-block-start:1rem}
.text p+p,.text ul,.text p+h3{margin-block-start:.8rem}
.text li+li{margin-block-start:.3rem}
.facts.head{margin-block-start:1.4rem;padding-block:.9rem;border-block:1px solid var(--line)}
.end{border-block-start:1px solid var(--line);color:var(--soft);font-size:.86rem;padding-block:1.2rem 2.5rem}
.end p+p{margin-block-start:.2rem}

table{border-collapse:collapse;inline-size:100%;font-size:.94rem;line-height:1.5}
caption{text-align:start;color:var(--soft);font-size:.9rem;padding-block-end:.6rem}
th,td{text-align:start;padding:.5rem .6rem;vertical-align:baseline}
thead th,thead td{font-size:.84rem;font-weight:700;color:var(--soft);border-block-end:2px solid var(--strong);vertical-align:bottom;line-height:1.35}
tbody tr{border-block-end:1px solid var(--line)}
tfoot tr{border-block-start:2px solid var(--strong)}
tbody th,tfoot th{font-weight:400}
tfoot th,tfoot b{font-weight:700}
.n{text-align:end;white-space:nowrap}
/* digits run from left to right in both directions, so units stand below units at the right */
[dir=rtl] .n{text-align:start}
.none{color:var(--soft)}
.range{display:block;color:var(--soft);font-size:.82rem;white-space:nowrap}
.withheld{color:var(--soft);font-size:.88rem;white-space:nowrap;border-block-end:1px dashed var(--strong)}
.legend{margin-block-start:.7rem;max-inline-size:60rem}
.legend+.legend{margin-block-start:.1rem}
.key{display:inline-block;inline-size:1.4rem;block-size:.65rem;vertical-align:baseline}
.keyed{display:inline-block;margin-inline-end:1rem}
.key.sure{background:var(--accent)}.key.open{background:var(--tint);outline:1px solid var(--strong);outline-offset:-1px}.key.point{inline-size:.22rem;block-size:.9rem;background:var(--point)}
.bar,.plot{display:block;inline-size:100%;forced-color-adjust:none}
.bar{block-size:.8rem}.plot{block-size:1.1rem}
.bar .track{fill:var(--wash);stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.bar .sure{fill:var(--accent)}.bar .open{fill:var(--tint)}.bar .point{fill:var(--point)}
.plot .grid{fill:var(--line)}.plot .span{fill:var(--accent);opacity:.55}.plot .point{fill:var(--ink)}
.bar .k-pass{fill:var(--pass)}.bar .k-partial{fill:var(--partial)}.bar .k-fail{fill:var(--fail)}.bar .k-na{fill:var(--line)}.bar .k-open{fill:var(--open);opacity:.55}
.stages .graph{inline-size:40%;vertical-align:middle}
.stages .score b{font-size:1.05rem}

.signs{position:absolute}
.v{white-space:nowrap;font-size:.9em;font-weight:700}
.v svg{inline-size:1em;block-size:1em;vertical-align:-.12em;margin-inline-end:.3em;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
symbol .full{fill:currentColor;stroke:none}
.v-pass{color:var(--pass)}.v-partial{color:var(--partial)}.v-fail{color:var(--fail)}.v-not-applicable{color:var(--na)}
.v-unclear,.v-not-visible,.v-blocked{color:var(--open)}.v-error{color:var(--error)}

.filter{display:flex;gap:.6rem;align-items:center;margin-block-end:.8rem}
.filter[hidden]{display:none}
.filter input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--strong);padding:.25rem .6rem;inline-size:min(20rem,100%)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;min-block-size:1.5rem;cursor:pointer;text-align:inherit}
th button::after{content:"";display:inline-block;inline-size:.9em;text-align:center;font-weight:400}
th[aria-sort=ascending] button::after{content:"↑"}th[aria-sort=descending] button::after{content:"↓"}
th button:hover{color:var(--ink);text-decoration:underline}
.ranking .name{min-inline-size:13rem}
.ranking .total{min-inline-size:7rem}
.ranking .total b{font-size:1.08rem}
.ranking .graph{inline-size:9rem;vertical-align:middle}
.ranking .plot{inline-size:8.5rem}
.ranking td.n,.ranking th.n{padding-inline:.45rem}
.ranking .rank{font-weight:700;font-size:1.08rem}
.ranking tbody+tbody{border-block-start:2px solid var(--strong)}
.ranking .band th{font-size:.84rem;color:var(--soft);background:var(--wash);padding-block:.3rem}
.flag{display:block;color:var(--soft);font-size:.82rem}

.finding{border-block-end:1px solid var(--line)}
.finding>summary{padding-block:.5rem;cursor:pointer;display:grid;grid-template-columns:1rem minmax(7.2rem,auto) 1fr;gap:.1rem .7rem;align-items:baseline;list-style:none}
.finding>summary::-webkit-details-marker{display:none}
.finding>summary::before{content:"+";color:var(--soft);font-weight:700;text-align:center}
.finding[open]>summary::before{content:"−"}
.finding>summary:hover .what{text-decoration:underline}
.finding .what{font-weight:700;min-inline-size:0;overflow-wrap:anywhere}
.finding .what:is(h4){font-size:inherit}
.finding .sentence{grid-column:3;min-inline-size:0;overflow-wrap:anywhere}
.finding>:not(summary){margin-inline-start:1.7rem}
.finding>:last-child{margin-block-end:1rem}
.finding .facts{padding-block:.2rem .5rem}
.label{font-weight:700;font-size:.9rem;margin-block-start:.3rem}
.evidence,.searched{padding-inline-start:1.1rem;font-size:.94rem}
.evidence li,.searched li{margin-block:.25rem;overflow-wrap:anywhere}
.evidence q{font-style:normal;quotes:none;border-inline-start:.2rem solid var(--tint);padding-inline-start:.6rem;display:block}
.stage{margin-block-start:2.2rem}
.stage>h3{border-block-end:2px solid var(--strong);padding-block-end:.35rem;display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap;align-items:baseline}
.stage>h3 .aside{font-weight:400}
.group{border-block-end:1px solid var(--line);padding-block:.6rem}
.group h4{margin-inline-start:1.7rem}
.group>p,.group>ul{margin-inline-start:1.7rem;font-size:.94rem}
.group>.finding:last-child{border:0}
.group>.finding{margin-inline-start:1.7rem;border-block-start:1px solid var(--line);border-block-end:0}
.tally{display:flex;flex-wrap:wrap;gap:.1rem 1.3rem}
.by-verdict{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 2.4rem;align-items:baseline}
.by-verdict>li{display:flex;gap:.5rem;align-items:baseline}
.by-verdict>li>span:first-child{flex:none}
.endings{list-style:none;padding:0;max-inline-size:60rem}
.endings>li{margin-block:.3rem;display:grid;grid-template-columns:minmax(8.5rem,max-content) 1fr;gap:.7rem}
.numbers{display:flex;flex-wrap:wrap;gap:.1rem 0}
.numbers a{padding:.1rem .4rem;min-inline-size:1.7rem;min-block-size:1.6rem;text-align:center;text-decoration-color:var(--tint)}
.contents{margin-block-start:.9rem;font-size:.94rem}
.contents ul{display:flex;flex-wrap:wrap;list-style:none;padding:0;gap:.1rem 1.6rem}
[lang=fa] .gains{list-style-type:persian}
.tally,.bar+.tally{margin-block:.5rem .3rem}
section>.bar{max-inline-size:46rem;margin-block-start:.2rem;block-size:.6rem}
.gains{margin-block-start:.6rem;padding-inline-start:2rem;max-inline-size:60rem}
.gains li{margin-block:.4rem}
.gains b{white-space:nowrap}
.plain{list-style:none;padding:0}
.columns{margin-block-start:.8rem;columns:22rem auto;column-gap:2.5rem;padding-inline-start:1.1rem;font-size:.94rem}
.columns li{break-inside:avoid;margin-block-end:.3rem}
.pages li{margin-block:.25rem}
.looks details{margin-block:.2rem}
.fold>summary{cursor:pointer;padding-block:.4rem;color:var(--accent);font-weight:700}
.fold[open]>summary{margin-block-end:.4rem}
.looks td:first-child{color:var(--soft)}
.looks .url{display:inline-block}
.indicators .what{min-inline-size:16rem}
.indicators code{color:var(--soft)}
.indicators td.n{padding-inline:.35rem}
.indicators thead .v{white-space:normal;display:inline-block;max-inline-size:6.2em;font-size:1em}
.indicators .graph{inline-size:9rem;vertical-align:middle}
.indicators .bar{inline-size:8.5rem;block-size:.55rem}
.indicators thead th.n{inline-size:5rem}
.indicators td.zero{color:var(--soft)}
.scroll{overflow-x:auto;position:relative}
dl.words{display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.5rem;max-inline-size:56rem}
dl.words dd{margin:0}
dl.words+.text{margin-block-start:1rem}

${CHART_STYLE}
figure{margin:0}
section>h3{margin-block-start:2rem}
section>h3+figure{margin-block-start:.6rem}
figure+table,.legend+table{margin-block-start:1.4rem}
.noted{position:relative;color:inherit;text-decoration:underline dotted var(--strong);text-underline-offset:.25em;display:inline-block;min-inline-size:1.5rem;min-block-size:1.5rem;text-align:inherit}
.noted.gap{text-decoration:none;color:var(--soft);min-inline-size:0}
.noted.gap::after{content:"";position:absolute;inset:-.1rem -.5rem}
.noted:hover{color:var(--accent)}
.noted sup{position:absolute;inset-inline-start:100%;inset-block-start:-.1rem;padding-inline-start:.12rem;font-size:.74rem;line-height:1.15;color:var(--accent);white-space:nowrap}
.notes{padding-inline-start:2rem;max-inline-size:60rem;font-size:.94rem}
[lang=fa] .notes{list-style-type:persian}
.notes li{margin-block:.3rem}
.notes li:target{background:var(--mark);color:var(--mark-ink);outline:.2rem solid var(--mark)}
.legend+.notes{margin-block-start:.6rem}
.caution{border-inline-start:.3rem solid var(--partial);padding-inline-start:.8rem;max-inline-size:46rem;margin-block:.4rem .8rem}
.rounds td.total{font-weight:700}.rounds .range{font-weight:400}
.published .graph{inline-size:8rem}
.published .total{min-inline-size:5rem}
.listed{max-inline-size:60rem}
.listed .graph{inline-size:30%;vertical-align:middle}
.near{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 2rem}
.spaced li{margin-block:.5rem;max-inline-size:60rem}.spaced .aside{display:block}
.corrections .band th{font-weight:400;background:var(--wash);font-size:.9rem;color:var(--soft);padding-block:.4rem}
.fits{padding-block:.4rem}
.why{margin-block:.3rem .9rem;max-inline-size:60rem;font-size:.94rem}
.why ul{columns:20rem auto;column-gap:2rem;padding-inline-start:1.1rem}

@media screen and (max-width:64rem){
.ranking .graph,.ranking thead td{display:none}
}
@media screen and (max-width:46rem){
.brand span{display:block;margin:0}
.top ul{column-gap:1.1rem}
main>section{margin-block-start:2.4rem}
.cards thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
.cards,.cards tbody,.cards tfoot,.cards tr,.cards td,.cards th{display:block}
.cards caption{display:block}
.cards tbody tr,.cards tfoot tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.35rem 1rem;padding-block:.8rem}
.cards td,.cards th,[dir=rtl] .cards .n{padding:0;text-align:start;white-space:normal;min-inline-size:0}
.cards .name,.cards .what{grid-column:1/-1;font-size:1.02rem;min-inline-size:0}
.cards td[data-label]::before{content:attr(data-label);display:block;font-size:.78rem;line-height:1.4;color:var(--soft);font-weight:400}
.cards td:empty,.cards td.graph:empty{display:none}
.ranking td.n,.ranking th.n,.indicators td.n{padding:0}
.ranking .range,.range{white-space:normal}
.cards .name{order:-1}
.cards .late{order:1}
.filter{flex-direction:column;align-items:stretch;gap:.2rem}
.cards .band{display:block;padding:0}
.cards .band th{padding:.3rem .6rem}
.ranking .total{grid-column:span 1}
.indicators .graph{grid-column:1/-1;inline-size:auto}
.indicators td.zero{display:none}
.stages .graph,.stages thead td,.stages+.legend{display:none}
.stages tbody th,.stages tfoot th{font-weight:700}
.stages thead th:nth-child(2),.stages td:nth-child(2){display:none}
.stages th,.stages td{padding-inline:.3rem}
.stages .range{white-space:nowrap}
.indicators .aside{grid-column:span 2}
.finding>summary{grid-template-columns:1rem 1fr}
.finding .v{grid-column:2}.finding .what{grid-column:2}.finding .sentence{grid-column:2}
.finding>:not(summary){margin-inline-start:1.7rem}
.group>p,.group>ul,.group h4,.group>.finding{margin-inline-start:0}
.endings>li{grid-template-columns:1fr;gap:.1rem}
dl.words{grid-template-columns:1fr;gap:.1rem}
dl.words dd{margin-block-end:.7rem}
}
@media print{
@page{margin:16mm 14mm}
html{font-size:8.4pt}
body{line-height:1.5}
.skip,.top nav,.filter,.trail,.contents{display:none}
.wide{max-inline-size:none;padding:0}
.top{border-block-start:0}
main{padding-block-end:0}
main>section{margin-block-start:1.8rem}
thead{display:table-header-group}
tfoot{display:table-row-group}
.scroll{overflow:visible}
/* a head with a control in it would not be repeated on the next sheet */
th button{display:contents}
th,td{padding:.25rem .3rem}
.ranking .graph,.ranking thead td,.indicators .graph,.indicators thead td{display:none}
.ranking .name,.indicators .what{min-inline-size:13rem}
.ranking .total,.ranking .range,.withheld{min-inline-size:0}
.ranking .range,.ranking .withheld{font-size:.76rem}
.indicators thead th.n{inline-size:auto}
tr,.finding,.group h4,.gains li,figure,.why li,.notes li{break-inside:avoid}
.checks details::details-content{content-visibility:visible;block-size:auto}
h2,h3,h4{break-after:avoid}
.finding:not([open])>summary::before{content:""}
a{color:inherit;text-decoration:none}
.bar,.plot,.v{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

export const EVIDENCE_STYLE: Markup = Markup.literal(`${fonts('../assets/')}${COLOURS}${BASE}
body>header,main{max-inline-size:62rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
body>header{padding-block:.9rem;font-size:.92rem}
main{padding-block-end:4rem}
main>section{margin-block-start:2rem}
main h2{margin-block-end:.5rem}
.at{color:var(--soft);margin-block:.2rem 1rem}
.chain{list-style:none;padding:0}
.chain li+li::before{content:"↳ ";color:var(--soft)}
.marks{list-style:none;padding:0;font-size:.94rem}
.marks li{margin-block:.2rem}
.missing{border-inline-start:.3rem solid var(--fail);padding-inline-start:.8rem;font-weight:700}
.copy{border:1px solid var(--line);background:var(--wash);padding:clamp(.8rem,3vw,1.6rem);margin-block-start:.8rem;font-size:.95rem;overflow-x:auto}
pre.copy,.copy pre{white-space:pre-wrap;font-size:.86rem;overflow-wrap:anywhere}
.copy :is(div,p,li,td,th,h3,h4,h5,h6,caption){unicode-bidi:plaintext;text-align:start}
.copy li{text-align:match-parent}
.copy:lang(fa) ol{list-style-type:persian}
.copy :is(h3,h4,h5,h6){margin-block:.5rem .2rem;font-size:1.05rem}
.copy h3{font-size:1.2rem}
.copy p{margin-block:.3rem}
.copy ul,.copy ol{padding-inline-start:1.4rem}
.copy table{border-collapse:collapse;margin-block:.5rem}
.copy th,.copy td{border:1px solid var(--line);padding:.2rem .5rem;vertical-align:top}
.copy .box{display:inline-block;max-inline-size:100%;margin-inline:.15rem;border:1px solid var(--strong);color:var(--soft);padding:0 .4rem;font-size:.86rem;overflow-wrap:anywhere}
.copy .to,.copy .gap{color:var(--soft);font-size:.8rem;overflow-wrap:anywhere}
.copy .to{margin-inline:.15rem}
mark{background:var(--mark);color:var(--mark-ink);outline:.12rem solid var(--partial);outline-offset:.1rem;scroll-margin-block:30vh}
mark.b{display:block}
.copy mark[data-n]::before{content:attr(data-n);display:inline-block;background:var(--partial);color:var(--paper);font-size:.72rem;line-height:1;padding:.1em .4em;margin-inline-end:.4em;font-weight:700}
.copy mark :is(.box,.to,.gap){color:inherit}
mark:target{outline-width:.25rem}
img{max-inline-size:100%;border:1px solid var(--line)}
@media print{.skip{display:none}mark{print-color-adjust:exact}}
`);

/**
 * Sorting and filtering of the ranking, added by a script where there is one. Everything can be read without it; it
 * asks for nothing and keeps nothing.
 */
export const RANKING_SCRIPT = `'use strict';
(() => {
  const table = document.querySelector('table.ranking');
  if (!table) return;
  const original = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
  const rows = original.flatMap(({ rows }) => rows).filter((row) => !row.classList.contains('band'));
  const section = table.closest('section');
  const status = section.querySelector('[role=status]');

  const restore = () => {
    for (const { body, rows } of original) { body.append(...rows); table.append(body); }
  };
  const sortBy = (column, descending) => {
    const value = (row) => row.cells[column].dataset.value ?? '';
    const number = rows.every((row) => value(row) === '' || !Number.isNaN(Number(value(row))));
    const order = [...rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === '' || y === '') return (x === '') - (y === '');
      const order = number ? Number(x) - Number(y) : x.localeCompare(y, document.documentElement.lang);
      return descending ? -order : order;
    });
    for (const { body } of original.slice(1)) body.remove();
    const [first] = original;
    first.body.replaceChildren(...order);
  };
  for (const head of table.tHead.querySelectorAll('th[data-sort]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const before = head.getAttribute('aria-sort');
      const start = head.dataset.sort;
      const next = before === null ? start : before === start ? (start === 'descending' ? 'ascending' : 'descending') : null;
      for (const other of table.tHead.querySelectorAll('[aria-sort]')) other.removeAttribute('aria-sort');
      if (next === null) return restore();
      head.setAttribute('aria-sort', next);
      sortBy(head.cellIndex, next === 'descending');
    });
  }

  const filter = section.querySelector('.filter');
  if (!filter) return;
  filter.hidden = false;
  const plain = (text) => text.toLowerCase().replace(/ي/g, 'ی').replace(/ك/g, 'ک').replace(/[\\u200c\\s]+/g, ' ');
  filter.querySelector('input').addEventListener('input', (event) => {
    const wanted = plain(event.target.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !plain(row.querySelector('.name').textContent).includes(wanted);
      if (!row.hidden) shown++;
    }
    for (const band of table.querySelectorAll('.band')) band.hidden = wanted !== '';
    status.textContent = wanted === '' ? '' : shown.toLocaleString(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');
  });
})();
`;

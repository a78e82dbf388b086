/** The look of the desk, on top of that of the report, and its one script. */
import { EVIDENCE_STYLE, REPORT_STYLE } from '../report/style.ts';

export const DESK_STYLE = `${REPORT_STYLE}
.top .who{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline;font-size:.92rem}
.top form,.inline{display:inline}
.top .wide{align-items:center}
button,.button{font:inherit;font-weight:700;color:var(--accent);background:var(--paper);border:1px solid var(--accent);border-radius:.3rem;padding:.3rem .9rem;min-block-size:2.4rem;cursor:pointer;text-decoration:none;display:inline-block}
button:hover,.button:hover{background:var(--wash)}
button.main,.button.main{background:var(--accent);color:var(--paper)}
button.link{border:0;background:none;padding:0;min-block-size:1.5rem;font-weight:400;text-decoration:underline;text-underline-offset:.2em}
button.grave{color:var(--fail);border-color:var(--fail)}
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--strong);border-radius:.3rem;padding:.35rem .6rem;max-inline-size:100%;min-block-size:2.4rem}
textarea{inline-size:100%;min-block-size:4.5rem}
input[type=checkbox],input[type=radio]{min-block-size:0;inline-size:1.15rem;block-size:1.15rem;vertical-align:-.15rem}
.field{display:grid;grid-template-columns:minmax(0,1fr);gap:.2rem;max-inline-size:34rem;margin-block:.9rem}
.field .hint{color:var(--soft);font-size:.88rem}
.field .fault{color:var(--fail)}
[aria-invalid=true]{border-color:var(--fail)}
.fields{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end}
.fields .field{margin-block:0}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin-block-start:1rem;align-items:center}
h1+.scroll,h1+form,h1+dl,.fields+.scroll,.under+p,.under+.scroll,.note+.scroll,p+.scroll,form+.scroll,.scroll+p{margin-block-start:1rem}
.fields select{max-inline-size:min(17rem,100%)}
.brief{max-inline-size:44rem}
.opens{white-space:nowrap}
.opens a{display:inline-block;padding-block:.15rem;margin-inline-end:.7rem}
.quote{border-inline-start:.2rem solid var(--tint);padding-inline-start:.6rem;margin:.3rem 0;overflow-wrap:anywhere}
.objection{border-block-start:1px solid var(--line);padding-block:1rem}
.objection>:is(p,div){margin-block-start:.4rem}
fieldset{border:1px solid var(--line);padding:.4rem .9rem .7rem;margin:1rem 0 0;max-inline-size:46rem}
legend{font-weight:700;padding-inline:.3rem}
.step p{max-inline-size:46rem}
.flash{border:1px solid var(--line);border-inline-start:.3rem solid var(--pass);background:var(--wash);padding:.55rem .9rem;margin-block-end:1.2rem}
.flash.wrong{border-inline-start-color:var(--fail)}
.help{margin-block-start:2.5rem;border-block-start:1px solid var(--line);padding-block-start:.6rem;max-inline-size:52rem}
.help>summary:focus-visible{outline-offset:-.15rem}
.help>summary{cursor:pointer;font-weight:700;color:var(--accent);padding-block:.3rem}
.help ul{padding-inline-start:1.2rem}
.help li{margin-block:.25rem}
.empty{border:1px dashed var(--strong);padding:1.2rem;max-inline-size:46rem;margin-block:1rem}
.numbers-of{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1rem;margin-block:1rem}
.numbers-of>div{border-block-start:.2rem solid var(--tint);padding-block-start:.4rem}
.numbers-of dt{color:var(--soft);font-size:.88rem}
.numbers-of dd{margin:0;font-size:1.5rem;font-weight:700;line-height:1.3}
.numbers-of .aside{display:block;font-size:.82rem;font-weight:400}
.done{block-size:.6rem;inline-size:100%;max-inline-size:46rem;display:block;accent-color:var(--accent)}
meter,progress{inline-size:100%;max-inline-size:46rem}
.queue td,.queue th{vertical-align:top}
.queue .what{min-inline-size:14rem}
.tag{display:inline-block;border:1px solid var(--line);border-radius:.25rem;padding:0 .45rem;font-size:.82rem;color:var(--soft);white-space:nowrap}
.tag.now{color:var(--partial);border-color:currentColor}
.steps{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin-block:.8rem 1.2rem}
.steps li{color:var(--soft)}
.steps li[aria-current]{color:var(--ink);font-weight:700;border-block-end:.2rem solid var(--accent)}
.log{list-style:none;padding:0;font-size:.92rem;overflow-wrap:anywhere}
.buttons+.log{margin-block-start:1.2rem}
.log li{padding-block:.15rem;border-block-end:1px solid var(--line)}

/* the card: everything that a decision needs on one screen */
.card{display:grid;grid-template-columns:minmax(19rem,25rem) minmax(0,1fr);gap:.6rem 1.6rem;align-items:start}
.card .ask{grid-column:1/-1}
.card .ask h1{font-size:clamp(1.15rem,1rem + .8vw,1.5rem)}
.card .ask .under{font-size:.95rem}
.card .said{min-inline-size:0;font-size:.95rem}
.card .seen{min-inline-size:0;display:flex;flex-direction:column;gap:.6rem}
.card .frames{display:grid;gap:.6rem}
.card .frames.many{grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr))}
.card .seen figure{min-inline-size:0;border:1px solid var(--line)}
.card .seen figcaption{padding:.25rem .6rem;background:var(--wash);border-block-end:1px solid var(--line);font-size:.86rem;display:flex;flex-wrap:wrap;gap:.1rem .8rem;justify-content:space-between}
.card .seen iframe{inline-size:100%;block-size:20rem;border:0;display:block;background:var(--wash)}
.card .seen svg{display:block;inline-size:100%;block-size:auto}
.card h2{font-size:.9rem;margin-block:.7rem .1rem;color:var(--soft)}
.card h2:first-child{margin-block-start:0}
.answers{grid-column:1/-1;position:sticky;inset-block-end:0;background:var(--paper);border-block-start:2px solid var(--strong);padding-block:.6rem;display:grid;gap:.5rem}
.answers .row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
kbd{display:inline-block;min-inline-size:1.4em;text-align:center;border:1px solid currentColor;border-radius:.2rem;padding-inline:.25em;font-size:.8rem}
.answers kbd{margin-inline-end:.45rem}
.help .keys{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
.answers textarea{flex:1 1 14rem;min-block-size:2.4rem;block-size:2.4rem;inline-size:auto;field-sizing:content}
.a-pass{color:var(--pass);border-color:currentColor}.a-partial{color:var(--partial);border-color:currentColor}.a-fail{color:var(--fail);border-color:currentColor}
.a-not-applicable{color:var(--na);border-color:currentColor}.a-unclear{color:var(--open);border-color:currentColor}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:.8rem;margin-block:.6rem}
.sides figure{min-inline-size:0;border:1px solid var(--line);padding:.4rem .6rem}
.sides iframe{inline-size:100%;block-size:20rem;border:0;display:block;background:var(--wash)}
.sign-in{max-inline-size:26rem;margin-inline:auto;padding-block:2rem}
.sign-in form+h2{margin-block:2.5rem .4rem}
.sign-in p+p{margin-block-start:.6rem}
main:has(.sign-in) .help{max-inline-size:26rem;margin-inline:auto}
/* on a screen that has room, the card fills it and only its parts scroll */
@media screen and (min-width:60.01rem) and (min-height:38rem){
body:has(.card){block-size:100dvh;display:flex;flex-direction:column}
body:has(.card) .wide{max-inline-size:112rem}
main:has(.card){flex:1;min-block-size:0;inline-size:100%;display:flex;flex-direction:column;padding-block:.7rem 0}
main:has(.card) .trail,main:has(.card) .flash{margin-block-end:.6rem}
main:has(.card) .help{margin-block:0;padding-block:0;border:0}
main:has(.card) .help[open]{max-block-size:14rem;overflow:auto;flex:none}
.card{flex:1;min-block-size:0;grid-template-rows:auto minmax(0,1fr) auto}
.card .said{block-size:100%;overflow:auto}
.card .seen{block-size:100%;min-block-size:0}
.card .frames{flex:1;min-block-size:0;grid-auto-rows:minmax(0,1fr)}
.card .seen>.fold[open]{max-block-size:45%;overflow:auto}
.card .seen figure{min-block-size:0;display:flex;flex-direction:column}
.card .seen figure.crop{overflow:hidden;justify-content:center}
.card .seen figure.crop a{min-block-size:0;flex:1;display:grid}
.card .seen svg{block-size:100%;min-block-size:0}
.card .seen iframe{flex:1;block-size:auto;min-block-size:0}
}
@media screen and (max-width:60rem){
.card{grid-template-columns:minmax(0,1fr)}
.card .seen{order:-1}
.card .ask{order:-2}
.card .seen iframe{block-size:16rem}
/* only the answers stay in sight; note and pages stand above them */
.answers{display:contents}
.answers .row{grid-column:1/-1}
.answers .say{position:sticky;inset-block-end:0;order:1;background:var(--paper);border-block-start:2px solid var(--strong);padding-block:.5rem}
}
@media screen and (max-width:46rem){
.answers .say{gap:.35rem}
.answers .say button{flex:1 1 28%;padding-inline:.3rem}
kbd{display:none}
.cards .tag{white-space:normal}
.cards td.n[data-label]:first-child{display:none}
.cards.pairs tbody tr{grid-template-columns:repeat(2,minmax(0,1fr))}
.cards.pairs .what{order:-1}
.numbers-of{grid-template-columns:repeat(2,minmax(0,1fr));gap:.7rem 1rem}
}
`;

/** Of a stored page, which is mostly read in a small frame. */
export const STORED_STYLE = `${EVIDENCE_STYLE.text.replaceAll('../assets/', '')}
main{padding:.4rem .8rem 2rem}
.at{font-size:.8rem;margin-block:0 .4rem}
.copy{padding:.6rem .9rem;margin-block-start:.4rem}
`;

/** Keys of a card and of long lists. Everything can be done without it. */
export const DESK_SCRIPT = `'use strict';
(() => {
  const digits = '۰۱۲۳۴۵۶۷۸۹';
  const named = { u: 'U', l: 'L', f: 'F', n: 'N', 'ع': 'U', 'م': 'L', 'ب': 'F', 'د': 'N', '؟': '?' };
  const busy = () => document.body.hasAttribute('aria-busy');
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || busy()) return;
    const at = event.target;
    if (event.key === 'Escape' && at instanceof HTMLElement) return at.blur();
    if (at instanceof HTMLElement && at.closest('input:not([type=checkbox]):not([type=radio]),textarea,select')) return;
    // what has the focus is what Enter means
    if (event.key === 'Enter' && at instanceof HTMLElement && at.closest('a,button,summary,input')) return;
    const digit = digits.indexOf(event.key);
    const key = digit < 0 ? named[event.key.toLowerCase()] ?? event.key : String(digit);
    const target = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (!target.matches('textarea')) target.click();
  });
  addEventListener('submit', (event) => {
    if (busy()) return event.preventDefault();
    document.body.setAttribute('aria-busy', 'true');
  });
  // something long goes on: its parts are renewed in their places, so that neither focus nor what is being read is lost
  const renew = async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-live]')) {
        const newer = page.getElementById(part.id);
        if (!newer) return location.reload();
        if (newer.innerHTML === part.innerHTML) continue;
        part.dataset.live = newer.dataset.live;
        part.replaceChildren(...newer.childNodes);
      }
    }
    if (document.querySelector('[data-live=running]')) setTimeout(renew, 2000);
  };
  if (document.querySelector('[data-live=running]')) setTimeout(renew, 2000);
  addEventListener('pageshow', () => document.body.removeAttribute('aria-busy'));
})();
`;

/** An eye on a horizon. */
export const DESK_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0d5166"/><path d="M4 17c4-6 8-8 12-8s8 2 12 8c-4 5-8 7-12 7s-8-2-12-7z" fill="#fff"/><circle cx="16" cy="16.5" r="4.5" fill="#0d5166"/></svg>`;

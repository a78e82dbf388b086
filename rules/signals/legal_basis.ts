import { fold } from '../../src/core/fold.ts';
import { mentions, spotOfRun } from '../../src/core/look.ts';
import { says } from '../lexicon/says.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Letters of a line that are read for the name of a law. */
const CITED_LENGTH = 600;

/** Laws by their full names, as English and Italian write them. */
const CITED =
  /(?:[A-Z][\w'’&-]+,? (?:and |of |the |for |to |\([A-Z][\w ]*\) )?){1,7}(?:Act|Code|Regulations?|Rules|Ordinance|Bye-?laws?|Bylaws?|Order|Statutes?),? (?:\(?(?:19|20)\d\d|§|[Ss]ections?\b|[Cc]hapter\b|[Nn]o\.)|\bthe (?:[A-Z][\w'’-]+ (?:of |and |for |to )?){1,6}(?:Act|Regulations|Law)\b|\b[Ss]ections? \d+\w? of the [A-Z]|(?:Code|Statutes?|C\.?F\.?R\.?|U\.?S\.?C\.?) ?§+ ?\d|§ ?\d{1,4}[.-]\d|\b[Cc]ircolare\s(?:\S+ ){0,3}?\S*\d|\b(?:Delibera(?:zione)?|D\.?G\.?R\.?|D\.?C\.?C\.?)\s(?:[^\s]+ ){0,8}?n\. ?\d|\b(?:[Uu]nder|[Bb]y|[Pp]ursuant to|in accordance with) the (?:[A-Z][\w'-]+,? (?:of |and |for |to )?){1,7}(?:Act|Law|Ordinance)\b|\bprevist[oa] (?:dal Decreto|dalla Legge|dal D\.L\.) [A-Z\d]|\bRegolamento\s(?:\S+ ){0,3}?(?:n\. ?)?\d|\b(?:RCW|IC|ORS|KRS|ARS|TCA|O\.C\.G\.A\.) ?§? ?\d|\b(?:Chapter|Title|Article) \d+[\w.-]* of (?:the|its) [A-Z]|\bOrdinance (?:[Nn]o\.? ?|#)?\d|\b(?:Legge|Decreto|D\.? ?Lgs\.?|D\.?P\.?R\.?|D\.?M\.?|L\.?R\.?|L\.)\s(?:[\w.]+,? ){0,6}?(?:n\.? ?\d+|\d+\/(?:19|20)\d\d)/;
/** The laws on personal data, which every notice names. */
const OF_PRIVACY = /679\/2016|2016\/679|196\/2003|gdpr|data protection act/;
const CITED_FA =
  /(?:ماده|مواد|اصل|بند|تبصره)\s(?:\S+\s){0,2}?\(?\d+\)?\s(?:\S+\s){0,3}?(?:قانون|ایین نامه|اساسنامه)|(?:قانون|ایین نامه|دستورالعمل|بخشنامه|تصویب نامه|شیوه نامه)\s(?:\S+\s){1,9}?(?:مصوب|مورخ|شماره|سال)\s|(?:قانون|ایین نامه)\sمربوط به\s/;

/** Capitals tell a name, so that the text is not folded, but for its figures. */
function citesLaw(text: string): boolean {
  // Persian lines mostly have neither a capital nor the sign, and others no figures of another script
  if (!/[A-Z§]/.test(text)) return false;
  return CITED.test(
    /[\u0660-\u0669\u06f0-\u06f9]/.test(text) ? text.replace(/\p{Nd}/gu, (digit) => fold(digit)) : text,
  );
}

/** A law is named by number, article, year or its full name. */
const NAMED_LAW =
  /ماده\s*\(?\d|قانون\s+\S+\s+\S+|مصوب(?:ه)?\s|ایین نامه\s+\S+|\b(?:ordinance|act|section|chapter|code|statute|regulation|title|article|rule|bill)s?\s*(?:no\.?|§|#)?\s*\d|\b[a-z]+ (?:act|code|regulations?) (?:19|20)\d\d|\b\d+ (?:u\.s\.c|cfr)|\b(?:legge|d\.?\s?lgs|d\.?p\.?r|decreto|regolamento|art)\.?\s*(?:n\.?|legislativo|ministeriale|ue|\d)?\s*\d/;

export default defineSignal('legal_basis', 'مستند قانونی', 'Legal basis', (page) => {
  for (const field of fieldsOf(page, 'legal')) {
    const value = fold(field.value);
    if (
      field.label.link < 0 &&
      field.label.region !== 'footer' &&
      value.length > 5 &&
      !isPlaceholder(value) &&
      (field.language !== 'en' || NAMED_LAW.test(value))
    )
      return spotOfRun(page, field.labelIndex);
  }
  // outside of a service's page a law is the background of something else
  if (serviceHints(page) < 1) return null;
  const article = page.runs.findIndex(
    ({ folded, region, link }) =>
      (region === 'main' || region === 'body') &&
      link < 0 &&
      /ماده\s*\(?\d+\)?\s*(?:\S+\s+){0,2}(?:قانون|ایین نامه|ق\s?\.)/.test(folded),
  );
  if (article >= 0) return spotOfRun(page, article);
  if (serviceHints(page) >= SERVICE_PAGE) {
    const cited = page.runs.findIndex(
      ({ folded, text, region }) =>
        (region === 'main' || region === 'body') && (citesLaw(text.slice(0, CITED_LENGTH)) || CITED_FA.test(folded.slice(0, CITED_LENGTH))) && !OF_PRIVACY.test(folded) && !says(folded, 'privacy'),
    ); // prettier-ignore
    if (cited >= 0) return spotOfRun(page, cited);
  }
  for (const { run, index, hit } of mentions(page, 'legal', { regions: ['main', 'body'] })) {
    if (run.link >= 0 && run.folded.length < 40) continue;
    const near = run.folded.slice(Math.max(0, hit.start - 30), hit.end + 80);
    if (NAMED_LAW.test(near)) return spotOfRun(page, index, hit);
  }
  return null;
});

import { headed, named, spotOfLink, type Spot } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal(
  'laws_regulations',
  'قوانین و مقررات',
  'Laws and regulations',
  (page) => named(page, 'laws') ?? headed(page, 'laws') ?? linkedLaw(page),
);

/** Letters of the longest name of a link that is the name of a law. */
const LONG = 160;
/** The name of one law, by its number or its year, or an act by its full name. */
const LAW =
  /\b(?:legge|d\.? ?lgs\.?|decreto legislativo|d\.?p\.?r\.?|l\. ?r\.?|circolare)\s?(?:[a-z]{1,12}\.? ){0,3}(?:n\.? ?)?[\w/-]*\d|^(?:the )?(?:[a-z][\w'-]+ ){1,7}act(?: of)?(?: (?:19|20)\d\d)?\.?$|^قانون (?:\S+ ){1,8}(?:مصوب|اصلاحی|سال)|^قانون (?:مدیریت|انتشار|برنامه|شهرداری|تجارت|کار|اساسی)/;

function linkedLaw(page: Page): Spot | null {
  const law = page.links.findIndex(
    ({ folded, url }) => url !== null && folded.length > 5 && folded.length <= LONG && LAW.test(folded) && !/^how to act|\bto act$/.test(folded),
  ); // prettier-ignore
  return law < 0 ? null : spotOfLink(page, law);
}

import { countWords, spotOfRun } from '../../src/core/look.ts';
import { fold } from '../../src/core/fold.ts';
import { isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** Words from which on a labelled text says something. */
const LABELLED_WORDS = 5;
/** Words of connected prose that describe a service without a label. */
const PROSE_WORDS = 15;

/** In a table, which may only be the frame of a page, the words have to be more. */
const CELL_WORDS = 30;

/** A sentence that says what a service is for: "this service lets you …". */
const PURPOSE =
  /\b(?:this|the|our) (?:online |web |digital )?(?:service|portal|system|tool|facility|application|scheme|programme|program) (?:allows?|enables?|lets|helps|is (?:used|designed|intended) (?:to|for)|can be used|provides?|offers?|gives)\b|\buse this (?:service|form|page|tool|portal|system) to\b|\b(?:il|lo|la|questo|questa) (?:servizio|portale|sistema|sportello|funzione|piattaforma|applicazione|procedura)\b[^.]{0,60}\b(?:consente|permette|serve|offre|fornisce)\b|\b(?:utilizza|usa|utilizzare) (?:questa funzione|questo servizio|questo modulo|questa pagina) per\b|\b(?:inserisci|inserire|indica) [^.]{3,60} per (?:individuare|trovare|conoscere|verificare|consultare|ottenere)\b|(?:این|از طریق این) (?:سامانه|خدمت|سرویس|درگاه|سیستم)[^.]{0,80}(?:امکان|می ?توان|فراهم)|(?:سامانه|درگاه|خدمت)[^.]{0,60}به منظور/;
/** What tells how to fill in a form, or that it was sent. */
const ABOUT_FORM =
  /^[*(]|\*{3}|\b(?:compilazione|campi obbligatori|buon fine|fields marked|has been (?:submitted|received|sent)|successfully|mandatory fields)\b|حساب کاربری|رمز (?:عبور|ورود)|ستاره ?دار|با موفقیت|تکمیل شده است/;

export default defineSignal('service_description', 'شرح خدمت', 'Description of the service', (page) => {
  for (const field of fieldsOf(page, 'description')) {
    const value = fold(field.value);
    if (!isPlaceholder(value) && countWords(value) >= LABELLED_WORDS && !ABOUT_FORM.test(value))
      return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
  }
  const said = purpose(page);
  if (said >= 0) return spotOfRun(page, said);
  if (serviceHints(page) < SERVICE_PAGE) return null;
  // prose is prose by its own: not a cell of a table of names, not one line of a list
  const prose = page.runs.findIndex(
    (run) =>
      (run.region === 'main' || run.region === 'body') &&
      run.heading === 0 &&
      run.link < 0 &&
      (run.cell < 0 || countWords(run.folded) >= CELL_WORDS) &&
      run.item < 0 &&
      countWords(run.folded) >= PROSE_WORDS &&
      !ABOUT_FORM.test(run.folded),
  );
  return prose >= 0 ? spotOfRun(page, prose) : null;
});

function purpose({ runs }: Page): number {
  return runs.findIndex(
    ({ folded, region, link }) =>
      (region === 'main' || region === 'body') &&
      link < 0 &&
      countWords(folded) >= LABELLED_WORDS &&
      PURPOSE.test(folded),
  );
}

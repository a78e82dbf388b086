import { named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

/** "Schedule a blood test appointment" */
const OF_ITS_KIND = /^(?:schedule|book|make|request|manage) (?:\S+ ){1,4}appointments?$/;

export default defineSignal('appointment_booking', 'نوبت‌دهی', 'Booking an appointment', (page) => {
  // the page of the booking itself: its own steps, with a day to choose
  const heading = (page.hits.get('appointment') ?? []).find(
    ({ source, index }) => source === 'run' && page.runs[index]!.heading > 0,
  );
  const choice = page.fields.find(
    ({ type, region }) =>
      (type === 'date' || type === 'radio' || type === 'select') && region !== 'footer' && region !== 'header',
  );
  if (heading && choice) return spotOfNode(choice.node, page.runs[heading.index]!.text, heading.language);
  const control = named(page, 'appointment');
  if (control) return control;
  const own = page.links.findIndex(({ url, folded }) => url !== null && OF_ITS_KIND.test(folded));
  return own >= 0 ? spotOfLink(page, own) : null;
});

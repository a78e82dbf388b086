import { named, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

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
  return named(page, 'appointment');
});

import { headed, named, spotOfNode } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('events_calendar', 'تقویم رویدادها', 'Calendar of events', (page) => {
  const control = named(page, 'events') ?? headed(page, 'events', { plain: true });
  if (control) return control;
  const widget = page.marked.find(
    ({ tokens, tag }) =>
      tag !== 'a' &&
      tag !== 'i' &&
      tag !== 'span' &&
      tag !== 'button' &&
      /(?:^|[\s_-])(?:calendar|events?-?(?:list|calendar)|fullcalendar)(?:[\s_-]|$)/.test(tokens),
  );
  return widget ? spotOfNode(widget.node, widget.label || widget.tokens.trim()) : null;
});

import { headed, named, spotOfLink, spotOfNode } from '../../src/core/look.ts';
import { listed } from '../hosts/national.ts';
import { SURVEY_HOSTS } from '../hosts/networks.ts';
import { defineSignal } from './define.ts';

export default defineSignal('poll', 'نظرسنجی', 'Poll or survey', (page) => {
  const control = named(page, 'poll');
  if (control) return control;
  const survey = page.links.findIndex(({ host }) => host !== '' && listed(SURVEY_HOSTS, host));
  if (survey >= 0) return spotOfLink(page, survey);
  const heading = headed(page, 'poll', { plain: true });
  if (heading) return heading;
  const widget = page.marked.find(({ tokens }) => /(?:^|[\s_-])(?:polls?|voting|vote-?form)(?:[\s_-]|$)/.test(tokens));
  const choices = widget
    ? page.fields.filter(({ type, at }) => type === 'radio' && at >= widget.at && at - widget.at < 12)
    : [];
  return widget && choices.length >= 2 ? spotOfNode(widget.node, choices.map(({ label }) => label).join(' · ')) : null;
});

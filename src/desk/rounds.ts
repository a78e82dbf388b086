/** The first page, rounds with their organizations, and the steps from one state to the next. */
import { roundWork } from '../audit/status.ts';
import { NOT_FOUND, Refused, STAFF, type Desk } from './desk.ts';
import { homePage } from './home-page.ts';
import { organizationPage } from './organization-page.ts';
import { roundPage } from './round-page.ts';
import { taskPage } from './task-page.ts';

export function roundRoutes(desk: Desk): void {
  const { tools } = desk;
  desk.get('/', [...STAFF, 'organization'], async ({ context, visit, person, flash }) => {
    if (person.role === 'organization') return context.redirect('/mine', 303);
    const rounds = await tools.store.listRounds();
    const current = rounds.find(({ state }) => state !== 'published') ?? rounds[0] ?? null;
    const isWorkedOn = current?.state === 'reviewing' || current?.state === 'preview';
    return homePage(visit, tools, { rounds, current, board: isWorkedOn ? await desk.board.round(current.id) : null, flash });
  });
  desk.get('/rounds/:round', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const [work, acts, objections] = await Promise.all([
      roundWork(tools.store, round.round),
      tools.store.listActs(round.round.id),
      tools.desk.listObjections(round.round.id),
    ]);
    return roundPage(request.visit, { board: round, work, acts, objections, flash: request.flash });
  });
  desk.get('/rounds/:round/organizations/:organization', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const organization = round.organization(request.context.req.param('organization') ?? '');
    if (!organization) throw new Refused(404, NOT_FOUND);
    return organizationPage(request.visit, tools, round, organization, await round.findingsOf(organization.id), request.flash);
  });
  const steps = { review: 'beginReview', preview: 'beginPreview', publish: 'publish' } as const;
  for (const step of ['review', 'preview', 'publish'] as const)
    desk.post(`/rounds/:round/${step}`, ['operator'], async (request) => {
      const { round } = await desk.roundOf(request);
      const { form, person } = request;
      if (step === 'publish' && form['sure'] !== 'yes') throw new Refused(400, { fa: 'برای انتشار باید خانه تأیید را بزنید.', en: 'Tick the box to publish.' });
      const doer = { by: person.id, note: (form['note'] ?? '').slice(0, 500), at: new Date(tools.now()).toISOString() };
      const back = `/rounds/${encodeURIComponent(round.id)}`;
      await desk.journal(request, `round-${step}`, round.id);
      return desk.task(request, {
        key: `round ${round.id}`,
        title: { review: { fa: 'آغاز بازبینی', en: 'Beginning the review' }, preview: { fa: 'آماده کردن پیش‌نمایش', en: 'Making the preview' }, publish: { fa: 'انتشار دور', en: 'Publishing the round' } }[step],
        back,
        async work(say) {
          if (step === 'review') await tools.acts.beginReview(round, doer, form['early'] === 'yes', say);
          else await tools.acts[steps[step]](round, doer, say);
          return { href: back, text: { fa: 'صفحه دور', en: 'The round' } };
        },
      });
    });

  desk.get('/tasks/:task', STAFF, async ({ context, visit }) => {
    const task = desk.tasks.get(context.req.param('task') ?? '');
    if (!task) throw new Refused(404, { fa: 'این کار دیگر شناخته نیست: کارساز از آن پس از نو آغاز شده است. نتیجه‌اش اگر به پایان رسیده، در صفحه دور است.', en: 'This work is not known any more: the server was started anew since. If it came to its end, its result is on the page of the round.' });
    return taskPage(visit, task, tools.now());
  });
} // prettier-ignore

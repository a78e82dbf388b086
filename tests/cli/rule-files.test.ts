import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { ROOT } from '../../src/cli/places.ts';
import { ruleSkeleton, rulesIndex, testSkeleton } from '../../src/cli/rule-files.ts';
import { STAGES } from '../../src/core/model.ts';

const order = INDICATORS.map(({ id }) => id);

describe('the list of rules', () => {
  it('is what npm run rules:index makes of the files', () => {
    const ids = STAGES.flatMap((stage) =>
      readdirSync(join(ROOT, 'rules', stage)).map((file) => `${stage}/${file.replace(/\.ts$/, '')}`),
    );
    expect(readFileSync(join(ROOT, 'rules/index.ts'), 'utf8')).toBe(rulesIndex(ids, order));
  });
  it('keeps rules of one name in two stages apart', () => {
    const text = rulesIndex(['transaction/faq', 'interaction/faq'], ['interaction/faq', 'transaction/faq']);
    expect(text).toContain("import interactionFaq from './interaction/faq.ts';\nimport transactionFaq from");
  });
});

describe('a rule that was begun', () => {
  const portal = INDICATORS.find(({ scope }) => scope === 'portal')!;
  const service = INDICATORS.find(({ scope }) => scope === 'service')!;
  it('has the kind, the places and the titles of its entry', () => {
    expect(ruleSkeleton(portal, 9)).toContain("needs: ['home', 'site']");
    expect(ruleSkeleton(service, 1)).toMatch(
      /defineServiceRule\(\{\n {2}id: 'presence\/home-link-to-system'[\s\S]*needs: \['service-page'\]/,
    );
    expect(ruleSkeleton(service, 1)).toContain(service.title.fa);
    expect(testSkeleton(service)).toContain("from '../../../rules/presence/home-link-to-system.ts'");
  });
});

describe('npm run new-rule', () => {
  const copy = mkdtempSync(join(tmpdir(), 'rasad-new-rule-'));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/new-rule.ts', ...args], { cwd: copy, encoding: 'utf8' });
  beforeAll(() => {
    for (const folder of ['rules', 'src', 'tests/rules'])
      cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
    for (const file of ['package.json', 'tests/variants.ts', 'tsconfig.json'])
      cpSync(join(ROOT, file), join(copy, file));
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    mkdirSync(join(copy, 'tests/rules/presence'), { recursive: true });
    rmSync(join(copy, 'rules/presence/tls-valid.ts'));
    rmSync(join(copy, 'tests/rules/presence/tls-valid.test.ts'));
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  it('explains what it cannot begin', () => {
    expect(run('presence/none')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('rules/catalogue.ts has no indicator "presence/none"'),
    });
    expect(run('presence/none').stderr).toContain('Without a rule are: presence/tls-valid');
    expect(run('presence/freshness')).toMatchObject({ status: 2, stderr: expect.stringContaining('is there already') });
  }, 60_000);

  it('begins a rule that is listed, compiles, and decides nothing', async () => {
    const before = readFileSync(join(copy, 'rules/index.ts'), 'utf8');
    expect(run('presence/tls-valid')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('tests/rules/presence/tls-valid.test.ts'),
    });
    expect(readFileSync(join(copy, 'rules/index.ts'), 'utf8')).toBe(before);
    writeFileSync(
      join(copy, 'ask.ts'),
      `import { RULES } from './rules/index.ts';\nconst rule = RULES.find(({ id }) => id === 'presence/tls-valid')!;\nprocess.stdout.write(Object.values(rule.outcomes).map(({ verdict }) => verdict).join(' ') + '\\n');\ntry { rule.run(null as never, {}); } catch (error) { process.stdout.write(String(error)); }\n`,
    );
    const asked = spawnSync(process.execPath, ['--import', 'tsx', 'ask.ts'], { cwd: copy, encoding: 'utf8' });
    expect(asked.stdout).toContain(
      'pass partial fail\nError: rules/presence/tls-valid.ts is only begun: say why it matters',
    );
  }, 60_000);
});

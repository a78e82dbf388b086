/**
 * Makes a fresh clone ready: dependencies, build, a browser. Plain JavaScript, because it runs before anything is
 * installed. Each step is skipped when its result is there already, says what it does, and why it may take long.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const marks = join(root, '.cache', 'setup');
const say = (text) => process.stderr.write(`rasad set-up: ${text}\n`);

const MINIMUM_NODE = [20, 19];

/** Does whatever is missing. Ends the process with code 2 when the machine cannot run Rasad at all. */
export function setUp() {
  checkNode();
  installDependencies();
  build();
  provideBrowser();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  stop(
    `Node ${MINIMUM_NODE.join('.')} or newer is needed, this is ${process.versions.node}. Install a newer Node and start again.`,
  );
}

function installDependencies() {
  const lock = digest([join(root, 'package-lock.json')]);
  if (marked('dependencies') === lock && existsSync(join(root, 'node_modules', 'better-sqlite3'))) return;
  if (
    existsSync(join(root, 'node_modules', '.package-lock.json')) &&
    marked('dependencies') === null &&
    opensDatabase()
  )
    return mark('dependencies', lock);
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    stop(
      `${folder} is a link, and installing would empty the folder to which it leads. Remove the link and start again.`,
    );
  say('installing dependencies (npm ci). The database library is compiled here from its source: about two minutes.');
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci failed. It needs the npm registry, python3, make and g++; its own message stands above.',
  );
  mark('dependencies', lock);
}

function opensDatabase() {
  return (
    spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], {
      cwd: root,
      stdio: 'ignore',
    }).status === 0
  );
}

function build() {
  const sources = digest(
    ['src', 'rules', 'storage', 'seeds']
      .flatMap((folder) => listSources(join(root, folder)))
      .concat(join(root, 'tsconfig.build.json')),
  );
  if (marked('build') === sources && existsSync(join(root, 'dist', 'src', 'cli', 'main.js'))) return;
  say('building (a few seconds)');
  run(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    'the build failed; the message of the compiler stands above.',
  );
  mark('build', sources);
}

/** A browser is wanted, not needed: without one pages that scripts build are reported as not seen. */
function provideBrowser() {
  if (findBrowser() || marked('browser') === 'none') return;
  say('looking for a browser: pages that scripts build need one. Trying Playwright’s own Chromium …');
  const own = spawnSync(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], {
    cwd: root,
    stdio: 'ignore',
    timeout: 180_000,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '8000' },
  });
  if (own.status === 0 && findBrowser()) return say('Chromium of Playwright installed.');
  const apt = aptCommand();
  if (apt) {
    say('… not to be had here. Installing Debian’s Chromium with a font for Persian (apt-get, a minute or two).');
    spawnSync(apt[0], [...apt.slice(1), 'update', '-qq'], { stdio: 'ignore' });
    const installed = spawnSync(
      apt[0],
      [...apt.slice(1), 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core'],
      { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
    );
    if (installed.status === 0 && findBrowser()) return say('Chromium installed.');
  }
  mark('browser', 'none');
  say('no browser could be installed. Rasad works without one and says which pages it could not see.');
  say('later: install chromium, or set RASAD_CHROMIUM to its path; `rasad doctor` shows whether it is found.');
}

function aptCommand() {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n', 'apt-get'] : null;
}

function findBrowser() {
  if (process.env.RASAD_CHROMIUM) return existsSync(process.env.RASAD_CHROMIUM);
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) =>
      ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some((name) =>
        existsSync(join(folder, name)),
      ),
    );
  if (onPath) return true;
  const path = spawnSync(
    process.execPath,
    ['-e', "process.stdout.write(require('playwright').chromium.executablePath())"],
    { cwd: root, encoding: 'utf8' },
  ).stdout;
  return Boolean(path) && existsSync(path);
}

function listSources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file.slice(root.length)).update(statSync(file).size > 0 ? readFileSync(file) : '');
  return hash.digest('hex');
}

const marked = (name) => (existsSync(join(marks, name)) ? readFileSync(join(marks, name), 'utf8') : null);

function mark(name, value) {
  mkdirSync(marks, { recursive: true });
  writeFileSync(join(marks, name), value);
}

function run(command, args, failure) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) stop(failure);
}

function stop(message) {
  say(message);
  process.exit(2);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();

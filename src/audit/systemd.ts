/** Units of systemd that keep the schedule going without a program that runs all the time. */
import { isAbsolute } from 'node:path';
import { persian, UserError } from '../core/errors.ts';

export interface UnitOptions {
  /** The command that starts Rasad and its first arguments; the first of them is an absolute path. */
  readonly exec: readonly string[];
  /** The account that does the work. Without one, the units are for a user's own service manager (systemctl --user). */
  readonly user?: string;
  /** Absolute paths. All but the folder of data is read only. */
  readonly workingDirectory: string;
  readonly scheduleFile: string;
  readonly dataFolder: string;
}

/**
 * A service that does what is due and ends, and a timer that starts it every ten minutes, also once for those that were
 * slept through. Throws a UserError for what cannot be written into a unit.
 */
export function systemdUnits(options: UnitOptions): {
  readonly 'rasad.service': string;
  readonly 'rasad.timer': string;
} {
  const { exec, user, workingDirectory, scheduleFile, dataFolder } = options;
  const [program, ...first] = exec;
  if (program === undefined) throw new RangeError('there is no command to start');
  for (const path of [program, workingDirectory, scheduleFile, dataFolder]) {
    if (!isAbsolute(path))
      throw new UserError({
        fa: persian`برای واحدهای ${'systemd'} مسیر کامل لازم است؛ یافته: ${path}.`,
        en: `Expected an absolute path for the units of systemd, found ${path}.`,
      });
  }
  // an account by name or number, as systemd takes it
  if (user !== undefined && !/^(?:[a-z_][a-z0-9_-]{0,30}|\d{1,10})$/i.test(user)) {
    throw new UserError({
      fa: persian`برای واحدهای ${'systemd'} نام یک حساب لازم است؛ یافته: ${JSON.stringify(user)}.`,
      en: `Expected the name of an account for the units of systemd, found ${JSON.stringify(user)}.`,
    });
  }
  const words = [...first, 'schedule', 'run', '--once', '--file', scheduleFile, '--data', dataFolder];
  const command = [quoted(program), ...words.map(argument)].join(' ');
  const isSystem = user !== undefined;
  return {
    'rasad.service': `[Unit]
Description=Rasad: what the schedule of rounds asks for now
${isSystem ? 'Wants=network-online.target\nAfter=network-online.target\n' : ''}
[Service]
Type=oneshot
${isSystem ? `User=${user}\n` : ''}WorkingDirectory=${plain(workingDirectory)}
ExecStart=${command}
# 1: done, but some organizations could not be looked at
SuccessExitStatus=1
# a night's crawl lasts as long as it lasts; when stopped, what was fetched stays and the next run goes on
TimeoutStartSec=infinity
TimeoutStopSec=2min
Nice=10
UMask=0077

# Everything is read only but the folder of data, which must be there.
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=${quoted(dataFolder)}
PrivateTmp=true
NoNewPrivileges=true
LockPersonality=true
RestrictRealtime=true
RestrictSUIDSGID=true
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
${isSystem ? `${SYSTEM_ONLY}\n` : ''}# Left out on purpose: RestrictNamespaces, PrivateUsers and filters of system calls, since Chromium builds its sandbox
# of user namespaces; MemoryDenyWriteExecute, since JavaScript engines write code and run it.
`,
    'rasad.timer': `[Unit]
Description=Rasad: looks every ten minutes at what the schedule of rounds asks for

[Timer]
OnCalendar=*:0/10
AccuracySec=1min
Persistent=true

[Install]
WantedBy=timers.target
`,
  };
}

/** A user's own service manager may not do these. */
const SYSTEM_ONLY = `CapabilityBoundingSet=
PrivateDevices=true
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true`;

/** Percent signs begin specifiers everywhere. */
function plain(text: string): string {
  // control characters end lines; nobody needs the others in a path, and each setting has its own rules for them
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f"\\]|^\s|\s$/u.test(text)) {
    throw new UserError({
      fa: persian`برای واحدهای ${'systemd'} مسیری بی‌گیومه، بی‌ممیز وارونه، بی‌نویسه کنترلی و بی‌فاصله در دو سرش لازم است؛ یافته: ${JSON.stringify(text)}. آن را جابه‌جا کنید، یا واحدها را خودتان بنویسید.`,
      en: `Expected a path without quotation marks, backslashes, control characters and spaces at its ends for the units of systemd, found ${JSON.stringify(text)}. Move it, or write the units by hand.`,
    });
  }
  return text.replaceAll('%', '%%');
}

const quoted = (text: string): string => `"${plain(text)}"`;

/** Of the words of a command, all but the program itself have their variables filled in. */
const argument = (text: string): string =>
  /^[\w@+=:,./-]+$/.test(text) ? text : quoted(text).replaceAll('$', () => '$$');

import { headed, named, spotOfLink } from '../../src/core/look.ts';
import { defineSignal } from './define.ts';

export default defineSignal('staff_directory', 'ساختار و مدیران', 'Staff and structure', (page) => {
  const control = named(page, 'staff') ?? headed(page, 'staff');
  if (control) return control;
  const address = page.links.findIndex(
    ({ url }) =>
      url !== null &&
      /\/(?:staff-?directory|directory|organi[sz]ation-?chart|staff|personale|organigramma)(?:[/?.]|$)/i.test(url),
  );
  return address >= 0 ? spotOfLink(page, address) : null;
});

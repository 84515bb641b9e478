// Reads the QR code printed in a PDF as a telephone would: from the picture of its page.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the QR code on one of the pages of a PDF says. */
export function readQr(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'xuke-qr-'));
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '200', '-png', join(folder, 'paper.pdf'), join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => join(folder, name));
    // Its status tells of pages without a code; what the others say stands in its output all the same.
    const { stdout, error } = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', ...pages], { encoding: 'utf8' });
    if (error) throw error;
    return stdout.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

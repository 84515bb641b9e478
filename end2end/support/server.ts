// The server under test: the release binary with a folder, a port and a database of its own. It can be stopped, killed and
// started again, as machines are. What it writes to its log is shown when it does not come up.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { day } from './days';

export type Engine = 'sqlite' | 'postgres';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no free port'))));
    });
  });
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with \`make test\` or scripts/browser.sh`);
  return value;
}

export class Server {
  /** Settings for the next start, over those of Leptos.toml. */
  readonly settings: Record<string, string>;
  readonly url: string;
  private child?: ChildProcess;
  /** How many days its clock is ahead. */
  private ahead = 0;

  private constructor(
    private readonly folder: string,
    port: number,
    private readonly dropDatabase: () => void,
    databaseUrl: string,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.settings = {
      XUKE_DATABASE_URL: databaseUrl,
      XUKE_DATA: join(folder, 'data'),
      XUKE_LISTEN: `127.0.0.1:${port}`,
      XUKE_PUBLIC_URL: this.url,
      XUKE_DEMO: '1',
      // All tests come from one address.
      XUKE_RATE_PER_MINUTE: '100000',
    };
  }

  /** A server on an empty, migrated database, not yet started. */
  static async create(engine: Engine): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'xuke-end2end-'));
    const port = await freePort();
    let databaseUrl = ''; // SQLite in the data folder
    let dropDatabase = () => {};
    if (engine === 'postgres') {
      const admin = needed('XUKE_TEST_POSTGRES');
      const name = `end2end_${process.pid}_${port}`;
      const sql = (statement: string) => execFileSync('psql', [admin, '-qc', statement], { stdio: 'pipe' });
      sql(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
      dropDatabase = () => sql(`drop database if exists ${name} with (force)`);
      const url = new URL(admin);
      url.pathname = `/${name}`;
      databaseUrl = url.href;
    }
    const server = new Server(folder, port, dropDatabase, databaseUrl);
    try {
      server.run('migrate');
    } catch (error) {
      server.remove();
      throw error;
    }
    return server;
  }

  /** Runs another subcommand of the binary against the same database. */
  run(...command: string[]): string {
    try {
      return execFileSync(needed('XUKE_BIN'), command, { cwd: project, env: this.environment(), encoding: 'utf8', stdio: 'pipe', timeout: 120_000 });
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`xuke ${command.join(' ')} failed:\n${stdout ?? ''}${stderr ?? String(error)}`);
    }
  }

  /** Starts serving and waits until it is ready. */
  async start(): Promise<void> {
    const log = openSync(this.log, 'a');
    const child = spawn(needed('XUKE_BIN'), ['serve'], { cwd: project, env: this.environment(), stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    await Promise.race([this.ready(child), failed]);
  }

  /** Asks it to finish, as an operator does, and waits for that; the exit code must say that all went well. */
  async stop(): Promise<void> {
    const code = await this.end('SIGTERM', 15_000);
    if (code !== 0) throw new Error(`The server ended with ${code} when asked to stop:\n${this.tail()}`);
  }

  /** Starts it again so many days later. Whoever was signed in is not any more. */
  async later(days: number): Promise<void> {
    await this.stop();
    this.advance(days);
    await this.start();
  }

  /** Sets its clock to a day to come, before it starts. */
  live(on: string): void {
    this.advance((Date.parse(on) - Date.parse(day(0))) / 86_400_000);
  }

  /** A day by its own clock, so many days from its today. */
  day(later: number): string {
    return day(this.ahead + later);
  }

  /** Takes it away at once, as a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL', 5_000);
  }

  /** Ends it and removes all it left behind. */
  async dispose(): Promise<void> {
    await this.kill();
    this.remove();
  }

  /** The last lines of its log. */
  tail(lines = 40): string {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
  }

  private advance(days: number): void {
    this.ahead += days;
    this.settings.XUKE_CLOCK_DAYS = String(this.ahead);
  }

  private get log(): string {
    return join(this.folder, 'server.log');
  }

  private remove(): void {
    this.dropDatabase();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('XUKE_'));
    return { ...Object.fromEntries(inherited), ...this.settings };
  }

  private async ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await wait(50);
    }
    throw new Error(`The server did not become ready on ${this.url}:\n${this.tail()}`);
  }

  private async end(signal: NodeJS.Signals, patience: number): Promise<number | null> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? 0;
    const gone = new Promise<number | null>((done) => child.once('exit', done));
    child.kill(signal);
    const code = await Promise.race([gone, wait(patience).then(() => 'late' as const)]);
    if (code !== 'late') return code;
    child.kill('SIGKILL');
    await gone;
    throw new Error(`The server did not end within ${patience} ms:\n${this.tail()}`);
  }
}

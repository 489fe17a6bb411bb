import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { DatabaseFailure } from "./failure.ts";

const run = promisify(execFile);

/** The user PostgreSQL runs as. It refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** Whether it is another user than this process's, so that it must be switched to. */
  readonly isOther: boolean;
}

/** What `spawn` needs to run something as `account`; a clean environment, so that no `PG…` variable leaks in. */
export function spawnAs(account: Account) {
  const { PATH = "/usr/local/bin:/usr/bin:/bin" } = process.env;
  return {
    // Not ours: it may lie below a directory that the account cannot enter.
    cwd: "/",
    env: { PATH, LC_ALL: "C", TZ: "UTC" },
    ...(account.isOther ? { uid: account.uid, gid: account.gid } : {}),
  };
}

export const isRoot = (): boolean => process.geteuid?.() === 0;

/**
 * Root becomes `postgres`, else `nobody`: users are never created. Anyone else stays who they are.
 * @throws DatabaseFailure when there is no such user, or the current uid has no name (initdb needs one).
 */
export async function findAccount(): Promise<Account> {
  if (isRoot()) {
    for (const name of ["postgres", "nobody"]) {
      const account = await accountNamed(name);
      if (account) return account;
    }
    throw noAccount();
  }
  try {
    const { uid, gid } = userInfo();
    return { uid, gid, isOther: false };
  } catch (cause) {
    throw unnamedUser(cause);
  }
}

async function accountNamed(name: string): Promise<Account | undefined> {
  const id = async (what: "-u" | "-g"): Promise<number> => Number((await run("id", [what, name])).stdout.trim());
  try {
    const [uid, gid] = [await id("-u"), await id("-g")];
    return uid > 0 ? { uid, gid, isOther: true } : undefined;
  } catch {
    return undefined;
  }
}

const noAccount = (): DatabaseFailure =>
  new DatabaseFailure("no_account", {
    fr: "PostgreSQL refuse de tourner sous root, et ce système n'a ni utilisateur postgres ni utilisateur nobody. Créez l'utilisateur postgres (adduser --system postgres), ou lancez Linky Bridge sous un utilisateur ordinaire.",
    en: "PostgreSQL refuses to run as root, and this system has neither a postgres nor a nobody user. Create the user postgres (adduser --system postgres), or run Linky Bridge as an ordinary user.",
  });

const unnamedUser = (cause: unknown): DatabaseFailure =>
  new DatabaseFailure(
    "no_account",
    {
      fr: `L'utilisateur numéro ${process.getuid?.()} n'a pas de nom dans /etc/passwd, et PostgreSQL en exige un. Ajoutez-le, lancez le conteneur sans option --user, ou donnez une base par DATABASE_URL.`,
      en: `User number ${process.getuid?.()} has no name in /etc/passwd, and PostgreSQL needs one. Add it, run the container without --user, or give a database with DATABASE_URL.`,
    },
    { cause },
  );

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Text } from "../shared/language.ts";
import { registerSecret } from "../shared/log.ts";
import { supervisorToken } from "./home-assistant.ts";
import { type ConfigInput, type ConfigResult, loadConfig } from "./load.ts";
import { options } from "./options.ts";
import { describeSettings, type SettingView } from "./page-settings.ts";
import { type Fault, inEnvironment, inFile, onCommandLine, type Place, remark } from "./remark.ts";
import { secretsOf } from "./secrets.ts";
import { type FileContent, namedFiles, type PageValues } from "./sources.ts";

/** Where the Supervisor writes an app's options. */
export const supervisorOptions = "/data/options.json";

/** Whether the Supervisor started this program. */
export const isApp = (env: ReadInput["env"]): boolean => supervisorToken(env) !== null || existsSync(supervisorOptions);

export interface ReadInput extends Pick<ConfigInput, "env" | "overrides" | "requireCredentials"> {
  /** `--options`: passes before LINKY_OPTIONS_FILE. */
  readonly optionsPath?: string;
  /** Relative paths are relative to it. Default: the process's own. */
  readonly workingDirectory?: string;
  /** Read where it exists and nothing else is named. Default: where the Supervisor writes an app's options. */
  readonly usualOptionsPath?: string;
}

/** `loadConfig` with the files read from disk. Every secret it meets is kept out of the logs from here on. */
export const readConfig = (input: ReadInput): ConfigResult => openConfig(input).read();

/** The settings of one start: files are read once, what is set in the page comes and goes. */
export interface ConfigReader {
  read(page?: PageValues): ConfigResult;
  /** Every option with the value that counts; no secret. */
  describe(page: PageValues): readonly SettingView[];
}

export function openConfig(input: ReadInput): ConfigReader {
  const from = input.workingDirectory ?? process.cwd();
  const resolvePath = (path: string): string => resolve(from, path);
  const file = findOptionsFile(input, resolvePath);
  const files = new Map(
    namedFiles(input.env, Object.values(options)).map((path) => [path, readText(resolvePath(path))] as const),
  );
  const whole: ConfigInput = { ...input, files, resolvePath };
  const known =
    file !== null && "text" in file.content
      ? { ...whole, optionsFile: { path: file.path, text: file.content.text } }
      : whole;
  const withPage = (page: PageValues | undefined): ConfigInput => (page === undefined ? known : { ...known, page });
  return {
    read: (page) =>
      file !== null && "problem" in file.content
        ? withoutFile(withPage(page), unreadableOptions(file, file.content.problem))
        : loadAndKeepSecrets(withPage(page)),
    describe: (page) => describeSettings(withPage(page)),
  };
}

/** What the file sets is hidden: nothing can be called missing then. */
function withoutFile(input: ConfigInput, fault: Fault): ConfigResult {
  const rest = loadAndKeepSecrets({ ...input, requireCredentials: false });
  const faults = [fault, ...("faults" in rest ? rest.faults : [])];
  return { faults, language: "faults" in rest ? rest.language : rest.config.language, notices: rest.notices };
}

function loadAndKeepSecrets(input: ConfigInput): ConfigResult {
  secretsOf(input).forEach(registerSecret);
  return loadConfig(input);
}

interface OptionsOnDisk {
  readonly place: Place;
  readonly path: string;
  readonly content: FileContent;
}

function findOptionsFile(
  { env, optionsPath, usualOptionsPath = supervisorOptions }: ReadInput,
  resolvePath: (path: string) => string,
): OptionsOnDisk | null {
  const variable = (env.LINKY_OPTIONS_FILE ?? "").trim();
  const open = (path: string, place: Place): OptionsOnDisk => ({ path, place, content: readText(path) });
  if (optionsPath !== undefined) return open(resolvePath(optionsPath), { option: "--options", where: onCommandLine });
  if (variable !== "") return open(resolvePath(variable), { option: "LINKY_OPTIONS_FILE", where: inEnvironment });
  if (!existsSync(usualOptionsPath)) return null;
  return open(usualOptionsPath, { option: "options", where: inFile(usualOptionsPath) });
}

const unreadableOptions = ({ place, path }: OptionsOnDisk, problem: Text): Fault =>
  remark(place, {
    fr: `le fichier d'options ${path} ne peut pas être lu (${problem.fr}) ; corrigez le chemin ou les droits.`,
    en: `the options file ${path} cannot be read (${problem.en}); correct the path or its permissions.`,
  });

function readText(path: string): FileContent {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return { problem: fileProblem(error instanceof Error && "code" in error ? String(error.code) : "") };
  }
}

function fileProblem(code: string): Text {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { fr: "il n'existe pas", en: "it does not exist" };
    case "EACCES":
    case "EPERM":
      return { fr: "accès refusé", en: "permission denied" };
    case "EISDIR":
      return { fr: "c'est un dossier", en: "it is a directory" };
    default:
      return { fr: `erreur ${code || "inconnue"}`, en: `error ${code || "unknown"}` };
  }
}
